import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the politeness rules see it. */
export interface Clock {
  /** Monotonic milliseconds: a wall clock that is set back must not silence a host for an hour. */
  now(): number;
  /** Wall clock, epoch milliseconds, for the dates in HTTP fields. */
  date(): number;
  /** Resolves after so many milliseconds; rejects when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
