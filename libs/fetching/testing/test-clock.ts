import type { Clock } from '../src/clock.js';

interface Sleeper {
  due: number;
  wake: () => void;
}

/** A clock that stands still until a spec moves it. */
export class TestClock implements Clock {
  private at = 0;
  private readonly sleepers = new Set<Sleeper>();

  /** @param start what the wall clock shows at 0 */
  constructor(private readonly start = Date.parse('2026-11-03T08:00:00Z')) {}

  now(): number {
    return this.at;
  }

  date(): number {
    return this.start + this.at;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { due: this.at + ms, wake: resolve };
      this.sleepers.add(sleeper);
      const giveUp = (): void => {
        this.sleepers.delete(sleeper);
        reject(new Error('the sleep was ended'));
      };
      if (signal?.aborted) giveUp();
      else signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Lets time pass, and what waits for it go on at its moment. */
  async pass(ms: number): Promise<void> {
    const until = this.at + ms;
    await settle();
    for (let next = this.nextDue(until); next; next = this.nextDue(until)) {
      this.at = Math.max(this.at, next.due);
      this.sleepers.delete(next);
      next.wake();
      await settle();
    }
    this.at = until;
    await settle();
  }

  private nextDue(until: number): Sleeper | undefined {
    return [...this.sleepers].filter(({ due }) => due <= until).sort((one, other) => one.due - other.due)[0];
  }
}

/** Lets all that is ready run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
