import { describe, expect, it } from '@jest/globals';
import { clockAtStart, isBareClock } from './clock.js';

describe('clockAtStart', () => {
  it.each([
    ['14:32 – The ferry leaves', '14:32:00'],
    ['14.32 Uhr: Die Fähre legt ab', '14:32:00'],
    ['8h47 - Le ferry part', '08:47:00'],
    ['kl. 14.32', '14:32:00'],
    ['2:32 p.m. The ferry leaves', '14:32:00'],
    ['12:05 am', '00:05:00'],
    ['下午2:30 渡轮离港', '14:30:00'],
    ['14時32分 フェリーが出港', '14:32:00'],
    ['오후 2:30', '14:30:00'],
    ['٢:٣٠ م غادرت العبارة', '14:30:00'],
    ['בשעה 14:30', '14:30:00'],
  ])('of %j is %s', (text, clock) => {
    expect(clockAtStart(text)).toBe(clock);
  });

  it.each([
    '50.59 sec',
    '14.32 percent more',
    '25:10',
    '2. Zeitlauf',
    'The ferry left at 14:32',
    '12.03.2030',
    '1:0 for Seestadt',
  ])('is missing in %j', (text) => {
    expect(clockAtStart(text)).toBeUndefined();
  });
});

describe('isBareClock', () => {
  it.each(['14:32', '14.32 Uhr', 'Monday, 14:32', '12 March 2030, 14:32', '下午2:30', '٢:٣٠ م'])('takes %j', (text) => {
    expect(isBareClock(text)).toBe(true);
  });

  it.each(['14:32 The ferry left the port', '50.59', 'no time', '10.14.32'])('leaves %j', (text) => {
    expect(isBareClock(text)).toBe(false);
  });
});
