import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.js';

describe('RateLimit', () => {
  it('given a burst, then twice the rate passes and the next is told how long to wait', () => {
    const limit = new RateLimit(5, () => 0);
    const waits = Array.from({ length: 11 }, () => limit.take('harbour'));
    expect(waits).toEqual([...new Array<number>(10).fill(0), 0.2]);
  });

  it('given the time it was told to wait, then it passes again', () => {
    let now = 0;
    const limit = new RateLimit(5, () => now);
    for (let taken = 0; taken < 10; taken++) limit.take('harbour');
    now += limit.take('harbour') * 1000;
    expect(limit.take('harbour')).toBe(0);
    expect(limit.take('harbour')).toBeGreaterThan(0);
  });

  it('given one name at its limit, then another is free', () => {
    const limit = new RateLimit(1, () => 0);
    for (let taken = 0; taken < 3; taken++) limit.take('harbour');
    expect([limit.take('harbour') > 0, limit.take('lighthouse')]).toEqual([true, 0]);
  });

  it('given a long silence, then no more than one burst has gathered', () => {
    let now = 0;
    const limit = new RateLimit(1, () => now);
    limit.take('harbour');
    now = 3_600_000;
    expect([0, 0, 0].map(() => limit.take('harbour') === 0)).toEqual([true, true, false]);
  });

  it('given 0, then there is no limit', () => {
    const limit = new RateLimit(0);
    expect(Array.from({ length: 100 }, () => limit.take('harbour')).every((wait) => wait === 0)).toBe(true);
  });
});
