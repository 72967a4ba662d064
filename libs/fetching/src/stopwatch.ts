import { FetchEnd } from './fetch-end.js';

/**
 * The total deadline of a fetch (PITFALLS C8): counts what servers take, over all redirects, and stands still while
 * the fetch waits for its turn. It runs on real time, since real sockets are what it ends.
 */
export class Stopwatch {
  private spentMs = 0;
  private runningSince?: number;

  constructor(private readonly deadlineMs: number) {}

  /** Time counted so far, whole milliseconds. */
  get tookMs(): number {
    const running = this.runningSince === undefined ? 0 : performance.now() - this.runningSince;
    return Math.round(this.spentMs + running);
  }

  /** Starts counting; `signal` fires at the deadline, or with the caller's. To be stopped once in any case. */
  start(callers?: AbortSignal): { signal: AbortSignal; stop: () => void } {
    const controller = new AbortController();
    const began = performance.now();
    this.runningSince = began;
    const end = (code: 'timeout' | 'aborted', reason: string): void => controller.abort(FetchEnd.failed(code, reason));
    const late = (): void => end('timeout', `not complete within ${this.deadlineMs} ms`);
    const unwanted = (): void => end('aborted', 'the caller gave it up');
    const timer = setTimeout(late, Math.max(this.deadlineMs - this.spentMs, 0)).unref();
    if (callers?.aborted) unwanted();
    else callers?.addEventListener('abort', unwanted, { once: true });
    return {
      signal: controller.signal,
      stop: () => {
        clearTimeout(timer);
        callers?.removeEventListener('abort', unwanted);
        this.spentMs += performance.now() - began;
        this.runningSince = undefined;
      },
    };
  }
}
