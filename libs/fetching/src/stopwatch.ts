import { FetchEnd } from './fetch-end.js';

/**
 * The total deadline of a fetch (PITFALLS C8): counts what servers take, over all redirects, and stands still while
 * the fetch waits for its turn. It runs on real time, since real sockets are what it ends.
 */
export class Stopwatch {
  private spentMs = 0;

  constructor(private readonly deadlineMs: number) {}

  /** Time counted so far. */
  get tookMs(): number {
    return Math.round(this.spentMs);
  }

  /** Starts counting; `signal` fires at the deadline, or with the caller's. To be stopped in any case. */
  start(callers?: AbortSignal): { signal: AbortSignal; stop: () => void } {
    const controller = new AbortController();
    const began = performance.now();
    let stopped = false;
    const end = (code: 'timeout' | 'aborted', reason: string): void => controller.abort(FetchEnd.failed(code, reason));
    const late = (): void => end('timeout', `not complete within ${this.deadlineMs} ms`);
    const unwanted = (): void => end('aborted', 'the caller gave it up');
    const timer = setTimeout(late, Math.max(this.deadlineMs - this.spentMs, 0));
    if (callers?.aborted) unwanted();
    else callers?.addEventListener('abort', unwanted, { once: true });
    return {
      signal: controller.signal,
      stop: () => {
        if (stopped) return;
        stopped = true;
        clearTimeout(timer);
        callers?.removeEventListener('abort', unwanted);
        this.spentMs += performance.now() - began;
      },
    };
  }
}
