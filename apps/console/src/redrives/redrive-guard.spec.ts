import { describe, expect, it } from '@jest/globals';
import { Pace, objectionTo, waveOf } from './redrive-guard.js';

describe('the waves of a ramp', () => {
  const ramp = [1, 2, 5];

  it('follow each other, and the rest comes as one', () => {
    const waves = [0, 1, 2, 3].map((wave) => waveOf({ ramp, wave, total: 100 }));
    expect(waves).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 3 },
      { from: 3, to: 8 },
      { from: 8, to: 100 },
    ]);
  });

  it('end where the items end', () => {
    expect(waveOf({ ramp, wave: 2, total: 4 })).toEqual({ from: 3, to: 4 });
    expect(waveOf({ ramp, wave: 3, total: 4 })).toEqual({ from: 4, to: 4 });
    expect(waveOf({ ramp: [], wave: 0, total: 4 })).toEqual({ from: 0, to: 4 });
  });
});

describe('the guard', () => {
  it('objects when more than the share failed again, wherever they failed', () => {
    expect(objectionTo(['published', 'parked', 'failed', 'dead-lettered'], 0.5)).toBe('3 of the last 4 failed again');
    expect(objectionTo(['parked'], 0.5)).toBe('the first one failed again');
  });

  it('has nothing against as many as the share, skips, duplicates, or nothing at all', () => {
    expect(objectionTo(['published', 'parked'], 0.5)).toBeUndefined();
    expect(objectionTo(['skipped', 'duplicate', 'gone', 'under-way'], 0)).toBeUndefined();
    expect(objectionTo([], 0)).toBeUndefined();
  });
});

describe('the pace', () => {
  it('gives one at once and then what the rate allows', () => {
    const pace = new Pace();
    expect(pace.take(0, 10, 100)).toBe(1);
    expect(pace.take(250, 10, 100)).toBe(2);
    expect(pace.take(500, 10, 100)).toBe(3);
    expect(pace.take(500, 10, 100)).toBe(0);
  });

  it('saves up no more than a second’s worth', () => {
    const pace = new Pace();
    pace.take(0, 10, 0);
    expect(pace.take(60_000, 10, 100)).toBe(10);
  });

  it('knows rates below one a second', () => {
    const pace = new Pace();
    expect(pace.take(0, 0.5, 100)).toBe(1);
    expect(pace.take(1000, 0.5, 100)).toBe(0);
    expect(pace.take(2000, 0.5, 100)).toBe(1);
  });

  it('takes no more than is wanted', () => {
    expect(new Pace().take(0, 1000, 0)).toBe(0);
  });
});
