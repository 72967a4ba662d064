import { describe, expect, it } from '@jest/globals';
import { nextCheck } from './check-schedule.js';

const HOUR = 3_600_000;
const takenAt = new Date('2026-03-02T08:00:00Z');
const after = (ms: number): Date => new Date(takenAt.getTime() + ms);
const base = { name: 'n', kind: 'feed' as const, address: 'https://n.example/' };

describe('nextCheck', () => {
  it('given a source whose pages are not watched, then there is none', () => {
    expect(nextCheck(base, { takenAt }, takenAt)).toBeUndefined();
  });

  it('given an item that gets older, then the looks get rarer', () => {
    const waits = [0, 8 * HOUR, 40 * HOUR].map((age) => {
      const now = after(age);
      return (nextCheck({ ...base, watchPages: true }, { takenAt }, now)!.getTime() - now.getTime()) / HOUR;
    });
    expect(waits).toEqual([1 / 12, 1, 5]);
  });

  it('given an item past its time, then it is left alone', () => {
    expect(nextCheck({ ...base, watchPages: true, watchHours: 10 }, { takenAt }, after(9.5 * HOUR))).toBeUndefined();
  });
});
