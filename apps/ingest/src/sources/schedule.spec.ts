import { describe, expect, it } from '@jest/globals';
import { type PollOutcome, circuitOf, firstInterval, nextPoll } from './schedule.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const middle = (): number => 0.5;

function outcome(changes: Partial<PollOutcome> = {}): PollOutcome {
  return { failed: false, postponed: false, broughtNews: false, unfinished: false, ...changes };
}

describe('nextPoll', () => {
  const state = { intervalMs: 10 * MINUTE, errorStreak: 0 };

  it('given a declared interval, then it is kept from the moment the poll was due, whatever the server asks for', () => {
    const next = nextPoll({ kind: 'feed', intervalSeconds: 90 }, state, outcome({ notBeforeMs: HOUR }), Math.random);
    expect(next).toEqual({ delayMs: 90_000, countFrom: 'due', intervalMs: 90_000, errorStreak: 0 });
  });

  it('given news, then the interval halves; given none, then it grows by a quarter', () => {
    expect(nextPoll({ kind: 'feed' }, state, outcome({ broughtNews: true }), middle).intervalMs).toBe(5 * MINUTE);
    expect(nextPoll({ kind: 'feed' }, state, outcome(), middle).intervalMs).toBe(12.5 * MINUTE);
  });

  it('given news for ever or never, then the interval stays in the bounds of the kind, or in those declared', () => {
    const after = (spec: Parameters<typeof nextPoll>[0], broughtNews: boolean): number => {
      let intervalMs = firstInterval(spec);
      for (let poll = 0; poll < 50; poll++)
        intervalMs = nextPoll(spec, { intervalMs, errorStreak: 0 }, outcome({ broughtNews }), middle).intervalMs;
      return intervalMs;
    };
    expect([after({ kind: 'feed' }, true), after({ kind: 'feed' }, false)]).toEqual([MINUTE, HOUR]);
    const bounded = { kind: 'page' as const, minIntervalSeconds: 10, maxIntervalSeconds: 20 };
    expect([after(bounded, true), after(bounded, false)]).toEqual([10_000, 20_000]);
  });

  it('given an answer that is fresh for longer, then it is not asked for before, up to the longest interval', () => {
    const delayFor = (notBeforeMs: number): number =>
      nextPoll({ kind: 'feed' }, state, outcome({ notBeforeMs }), middle).delayMs;
    expect([delayFor(30 * MINUTE), delayFor(MINUTE), delayFor(90 * HOUR)]).toEqual([30 * MINUTE, 12.5 * MINUTE, HOUR]);
  });

  it('given failures, then each waits twice as long, up to an hour; a success starts over', () => {
    let errorStreak = 0;
    const waits = Array.from({ length: 6 }, () => {
      const next = nextPoll({ kind: 'feed' }, { ...state, errorStreak }, outcome({ failed: true }), middle);
      errorStreak = next.errorStreak;
      return next.delayMs / MINUTE;
    });
    expect(waits).toEqual([10, 20, 40, 60, 60, 60]);
    expect(nextPoll({ kind: 'feed' }, { ...state, errorStreak }, outcome(), middle).errorStreak).toBe(0);
  });

  it('given Retry-After, then a failure waits that long, up to a day', () => {
    const delayFor = (notBeforeMs: number): number =>
      nextPoll({ kind: 'feed' }, state, outcome({ failed: true, notBeforeMs }), middle).delayMs;
    expect([delayFor(3 * HOUR), delayFor(1000), delayFor(1000 * HOUR)]).toEqual([3 * HOUR, 10 * MINUTE, 24 * HOUR]);
  });

  it('given a host to be left alone, then the source comes back when it may and has not failed', () => {
    const next = nextPoll(
      { kind: 'feed' },
      { ...state, errorStreak: 2 },
      outcome({ failed: true, postponed: true, notBeforeMs: 5000 }),
      middle,
    );
    expect(next).toEqual({ delayMs: 5000, countFrom: 'end', intervalMs: state.intervalMs, errorStreak: 2 });
  });

  it('given more to take than one poll does, then it goes on at once; given something held back, then when it may go', () => {
    expect(nextPoll({ kind: 'feed' }, state, outcome({ unfinished: true }), middle).delayMs).toBe(1000);
    expect(nextPoll({ kind: 'agency' }, state, outcome({ heldForMs: 90_000 }), middle).delayMs).toBe(90_000);
  });

  it('given any chance, then an adaptive interval varies by a tenth and a declared one by nothing', () => {
    const delays = [0, 0.5, 0.999].map(
      (chance) => nextPoll({ kind: 'feed' }, state, outcome(), () => chance).delayMs / MINUTE,
    );
    expect(delays.map((delay) => Math.round(delay * 100) / 100)).toEqual([11.25, 12.5, 13.75]);
    const declared = [0, 1].map(
      (chance) => nextPoll({ kind: 'feed', intervalSeconds: 60 }, state, outcome(), () => chance).delayMs,
    );
    expect(declared).toEqual([MINUTE, MINUTE]);
  });
});

describe('circuitOf', () => {
  it('given a streak of failures, then it opens, and is half-open when the next try is due', () => {
    expect([circuitOf(4, true), circuitOf(5, false), circuitOf(5, true)]).toEqual(['closed', 'open', 'half-open']);
  });
});
