import { describe, expect, it } from '@jest/globals';
import { parseDate } from './parse-date.js';

describe('parseDate', () => {
  it.each([
    ['2026-03-02T09:15:00Z', '2026-03-02T09:15:00.000Z'],
    ['2026-03-02T09:15:00.25-05:00', '2026-03-02T14:15:00.250Z'],
    ['2026-03-02 09:15:00', '2026-03-02T09:15:00.000Z'],
    ['20260302T091500+0100', '2026-03-02T08:15:00.000Z'],
    ['2026-03', '2026-03-01T00:00:00.000Z'],
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['2026-061', '2026-03-02T00:00:00.000Z'],
    ['26-03-02', '2026-03-02T00:00:00.000Z'],
    ['-26-03', '2026-03-01T00:00:00.000Z'],
  ])('reads the ISO form %s', (text, instant) => {
    expect(parseDate(text)).toBe(instant);
  });

  it.each([
    ['Mon, 02 Mar 2026 09:15:00 GMT', '2026-03-02T09:15:00.000Z'],
    ['Mon,2 Mar 26 9:15 +0100', '2026-03-02T08:15:00.000Z'],
    ['Sunday, 2 March 2026 09:15:00', '2026-03-02T09:15:00.000Z'],
    ['Mon, 02 Mar 2026 09:15:00 EDT', '2026-03-02T13:15:00.000Z'],
    ['Mon, 02 Mar 2026 09:15:00 GMT+02:00', '2026-03-02T07:15:00.000Z'],
    ['Mon, 02 Mar 2026 09:15:00 +0100 (CET)', '2026-03-02T08:15:00.000Z'],
    ['Mon Mar  2 09:15:00 2026', '2026-03-02T09:15:00.000Z'],
    ['Mon Mar 02 09:15:00 PST 2026', '2026-03-02T17:15:00.000Z'],
    ['Mon, 2026/03/02 09:15:00 MSK', '2026-03-02T06:15:00.000Z'],
    ['02-Mar-2026 09:15:00', '2026-03-02T09:15:00.000Z'],
    ['March 2nd, 2026 at 5:06 pm', '2026-03-02T17:06:00.000Z'],
    ['Mon, 2 Mar 2026 09:00:00 America/New_York', '2026-03-02T14:00:00.000Z'],
  ])('reads the mail form %s', (text, instant) => {
    expect(parseDate(text)).toBe(instant);
  });

  it.each([
    ['Montag, 2. März 2026 14:05', '2026-03-02T14:05:00.000Z'],
    ['2 de marzo de 2026', '2026-03-02T00:00:00.000Z'],
    ['пн, 02 марта 2026 10:00:00 +0300', '2026-03-02T07:00:00.000Z'],
    ['Δευ, 02 Μαρ 2026 10:00:00 EET', '2026-03-02T08:00:00.000Z'],
    ['2026-március-02T9:15+01:00', '2026-03-02T08:15:00.000Z'],
    ['2026년 03월 02일  10:00:00', '2026-03-02T01:00:00.000Z'],
    ['2026-03-02 오후 10:00:00', '2026-03-02T13:00:00.000Z'],
  ])('reads the local form %s', (text, instant) => {
    expect(parseDate(text)).toBe(instant);
  });

  it('takes a zone that leaves summer open by the calendar', () => {
    expect(parseDate('Wed, 8 Jul 2026 21:40:00 ET')).toBe('2026-07-09T01:40:00.000Z');
    expect(parseDate('Wed, 7 Jan 2026 21:40:00 ET')).toBe('2026-01-08T02:40:00.000Z');
  });

  it('counts a zone nobody knows as UTC', () => {
    expect(parseDate('Mon, 02 Mar 2026 09:15:00 QQQ')).toBe('2026-03-02T09:15:00.000Z');
  });

  it.each([
    undefined,
    '',
    'soon',
    '2026-02-30',
    '2026-13-01',
    '2026-03-02T25:00:00Z',
    'Mon, 99 Mar 2026 09:15:00 GMT',
    'Mon, 02 Mar 2026 9:15:00:00 GMT',
    'Mon, 02 xyz 2026 09:15:00 GMT',
    'Mon, 02 Mar 2026 09:15:00 +zz:00',
    'x'.repeat(500),
  ])('refuses %s', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});
