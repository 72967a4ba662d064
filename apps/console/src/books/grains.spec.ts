import { describe, expect, it } from '@jest/globals';
import { GRAINS, splitPeriod } from './grains.js';

const at = (text: string): Date => new Date(`2026-03-${text}Z`);

describe('a period', () => {
  it('is read in days where it can be, and in finer parts at its ends', () => {
    const stretches = splitPeriod(at('01T22:58:00'), at('04T01:02:00'), ['day', 'hour', 'minute']);
    expect(stretches).toEqual([
      { grain: 'minute', from: at('01T22:58:00'), to: at('01T23:00:00') },
      { grain: 'hour', from: at('01T23:00:00'), to: at('02T00:00:00') },
      { grain: 'day', from: at('02T00:00:00'), to: at('04T00:00:00') },
      { grain: 'hour', from: at('04T00:00:00'), to: at('04T01:00:00') },
      { grain: 'minute', from: at('04T01:00:00'), to: at('04T01:02:00') },
    ]);
  });

  it('within one hour is read in minutes alone', () => {
    expect(splitPeriod(at('01T10:05:00'), at('01T10:50:00'), ['day', 'hour', 'minute'])).toEqual([
      { grain: 'minute', from: at('01T10:05:00'), to: at('01T10:50:00') },
    ]);
  });

  it('that is empty needs no reading', () => {
    expect(splitPeriod(at('01T10:05:00'), at('01T10:05:00'), ['day', 'minute'])).toEqual([]);
  });

  it('is covered once, whatever its ends', () => {
    const start = at('01T00:00:00').getTime();
    for (let seed = 1; seed < 200; seed++) {
      const from = new Date(start + ((seed * 7919) % 5000) * GRAINS.minute);
      const to = new Date(from.getTime() + ((seed * 104_729) % 9000) * GRAINS.minute);
      const stretches = splitPeriod(from, to, ['day', 'hour', 'tenMinutes', 'minute']);
      expect(stretches.reduce((sum, stretch) => sum + stretch.to.getTime() - stretch.from.getTime(), 0)).toBe(
        to.getTime() - from.getTime(),
      );
      for (const [index, { from: next }] of stretches.slice(1).entries()) expect(next).toEqual(stretches[index]!.to);
    }
  });
});
