import { describe, expect, it } from '@jest/globals';
import { isBareDate, parseDate } from './parse-date.js';

describe('parseDate', () => {
  it.each([
    ['2024-05-09', '2024-05-09'],
    ['2024-05-09T11:26:00+02:00', '2024-05-09T11:26:00+02:00'],
    ['2024-05-09T11:26:00.5Z', '2024-05-09T11:26:00.500Z'],
    ['20240509', '2024-05-09'],
    ['2024-05-09 11:26', '2024-05-09T11:26:00'],
    ['Thu, 09 May 2024 11:26:00 +0200', '2024-05-09T11:26:00+02:00'],
    ['Thu, 09 May 2024 11:26:00 GMT', '2024-05-09T11:26:00Z'],
    ['May 9, 2024 at 3:05 pm EDT', '2024-05-09T15:05:00-04:00'],
    ['9th of May 2024', '2024-05-09'],
    ['Sept. 3, 2024', '2024-09-03'],
    ['Donnerstag, 9. Mai 2024, 11.26 Uhr', '2024-05-09T11:26:00'],
    ['9 de mayo de 2024', '2024-05-09'],
    ['1er mars 2024', '2024-03-01'],
    ['le 18 août 2023 à 06h45', '2023-08-18T06:45:00'],
    ['9 września 2024', '2024-09-09'],
    ['9 мая 2024 г., 11:26', '2024-05-09T11:26:00'],
    ['9 Mayıs 2024', '2024-05-09'],
    ['2024年5月9日 11:26', '2024-05-09T11:26:00'],
    ['2024년 5월 9일', '2024-05-09'],
    ['١١ أكتوبر ٢٠٢٣', '2023-10-11'],
    ['9 พฤษภาคม 2567', '2024-05-09'],
    ['9 พฤษภาคม พ.ศ. 2567 11:26 น.', '2024-05-09T11:26:00'],
    ['09.05.2024', '2024-05-09'],
    ['5/13/2024', '2024-05-13'],
    ['13/5/2024', '2024-05-13'],
    ['1715246760', '2024-05-09T09:26:00.000Z'],
    ['31.02.2024', undefined],
    ['no date at all', undefined],
    ['version 2024', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it('reads slash dates in the order of the page', () => {
    expect(parseDate('4/5/2024')).toBe('2024-05-04');
    expect(parseDate('4/5/2024', true)).toBe('2024-04-05');
    expect(parseDate('13/5/2024', true)).toBe('2024-05-13');
    expect(parseDate('04.05.2024', true)).toBe('2024-05-04');
  });

  it('tells a line that is nothing but a date', () => {
    expect(isBareDate('21. November 2023')).toBe(true);
    expect(isBareDate('On 21 November 2023 the ferry sank near the old harbour.')).toBe(false);
  });
});
