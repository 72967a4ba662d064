import { describe, expect, it } from '@jest/globals';
import { pushStateOf } from './push-state.js';
import { type PollOutcome, nextPoll } from './schedule.js';

const NOW = Date.parse('2026-11-03T08:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const pushed = { pushedUntil: new Date(NOW + HOUR) };

describe('pushStateOf', () => {
  it('is none where no hub pushes any more', () => {
    expect(pushStateOf({}, false, NOW)).toBeUndefined();
    expect(pushStateOf({ pushedUntil: new Date(NOW), wokenAt: new Date(NOW) }, false, NOW)).toBeUndefined();
  });

  it('is quiet while the hub has told of nothing, or what it told of was found', () => {
    expect(pushStateOf(pushed, false, NOW)).toBe('quiet');
    expect(pushStateOf({ ...pushed, wokenAt: new Date(NOW - 1) }, true, NOW)).toBe('quiet');
  });

  it('is awaited for five minutes where what it told of was not found', () => {
    expect(pushStateOf({ ...pushed, wokenAt: new Date(NOW - 4 * MINUTE) }, false, NOW)).toBe('awaited');
    expect(pushStateOf({ ...pushed, wokenAt: new Date(NOW - 5 * MINUTE) }, false, NOW)).toBe('quiet');
  });
});

describe('nextPoll, where a hub pushes', () => {
  const outcome: PollOutcome = { failed: false, postponed: false, broughtNews: false, unfinished: false };
  const state = { intervalMs: 5 * MINUTE, errorStreak: 0 };
  const delayOf = (spec: Parameters<typeof nextPoll>[0], more: Partial<PollOutcome>): number =>
    nextPoll(spec, state, { ...outcome, ...more }, () => 0.5).delayMs;

  it('is as late as the kind allows', () => {
    expect(delayOf({ kind: 'feed' }, {})).toBeLessThan(10 * MINUTE);
    expect(delayOf({ kind: 'feed' }, { push: 'quiet' })).toBe(HOUR);
    expect(delayOf({ kind: 'feed', maxIntervalSeconds: 600 }, { push: 'quiet' })).toBe(10 * MINUTE);
  });

  it('is soon where news is awaited, whatever the server calls fresh', () => {
    expect(delayOf({ kind: 'feed' }, { push: 'awaited', notBeforeMs: HOUR })).toBe(MINUTE);
  });

  it('is as declared where that is declared, or after a failure', () => {
    expect(delayOf({ kind: 'feed', intervalSeconds: 30 }, { push: 'quiet' })).toBe(30_000);
    expect(delayOf({ kind: 'feed' }, { push: 'quiet', failed: true })).toBe(5 * MINUTE);
  });
});
