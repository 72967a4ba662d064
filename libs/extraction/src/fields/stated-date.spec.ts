import { describe, expect, it } from '@jest/globals';
import { parseDate } from './parse-date.js';
import { statedChange, statedPublication } from './stated-date.js';

describe('statedPublication', () => {
  it.each([
    ['Published on Tuesday, 5 March 2024, updated 7 March 2024', '2024-03-05'],
    ['Aktualisiert: 7.3.2024, veröffentlicht: 5.3.2024', '2024-03-05'],
    ['Das neue Fährhaus wurde am 5. März 2024 um 23:03 Uhr gepostet und unter Häfen abgelegt', '2024-03-05T23:03:00'],
    ['Pressemitteilung vom 5. März 2024 | Seestadt', '2024-03-05'],
    ['Mise en ligne 5 mars 2024', '2024-03-05'],
    ['Comunicato stampa del 5 marzo 2024', '2024-03-05'],
    ['Опубликовано: 5 марта 2024', '2024-03-05'],
    ['发布时间：2024年3月5日', '2024-03-05'],
    ['입력 2024-03-05 10:20', '2024-03-05T10:20:00'],
    ['פורסם: 05.03.2024', '2024-03-05'],
  ])('reads %s', (text, expected) => {
    expect(parseDate(statedPublication(text) ?? '')).toBe(expected);
  });

  it.each(['Updated 7 March 2024', 'The council met on 5 March 2024', 'Published in paperback', 'posted 3 replies'])(
    'finds none in %s',
    (text) => {
      expect(statedPublication(text)).toBeUndefined();
    },
  );
});

describe('statedChange', () => {
  it.each([
    ['Published on 5 March 2024, last updated 7 March 2024', '2024-03-07'],
    ['Stand: 07.03.2024 18:00 Uhr', '2024-03-07T18:00:00'],
    ['更新日：2024年3月7日', '2024-03-07'],
  ])('reads %s', (text, expected) => {
    expect(parseDate(statedChange(text) ?? '')).toBe(expected);
  });

  it('does not take the publication for a change', () => {
    expect(statedChange('Published on 5 March 2024')).toBeUndefined();
  });
});
