import { type Logger, UnavailableError } from '@wireroom/platform';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoopWork {
  /**
   * One turn. May answer after how many milliseconds the next is due; 0 goes on at once.
   *
   * @param stopping aborted when the loop is to end, for turns that take long
   */
  turn: (stopping: AbortSignal) => Promise<number | void>;
  /** Between two turns, milliseconds, where a turn does not say otherwise. */
  everyMs: number;
  /** Told of a turn that failed; the loop goes on. May answer as a turn does. */
  onError: (error: unknown) => Promise<number | void> | number | void;
}

/**
 * Does a piece of work again and again, turn after turn and never two at once, from `start` until `stop`. No error ends
 * it.
 */
export class BackgroundLoop {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly work: LoopWork) {}

  /** Aborted when the loop is to end. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Begins with the first turn. A second call does nothing. */
  start(): void {
    this.running ??= this.run();
  }

  /** Takes no further turn; returns when the one under way has ended. Safe to call twice, and without a start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Waits, and no longer than until the loop is to end. */
  async pause(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.signal.aborted) await this.pause((await this.turn()) ?? this.work.everyMs);
  }

  private async turn(): Promise<number | void> {
    try {
      return await this.work.turn(this.signal);
    } catch (error) {
      return await this.work.onError(error);
    }
  }
}

/** Reports failed turns: what waits for a server as a warning, everything else as an error with its stack. */
export function reportTo(logger: Logger, message: string, about: object = {}): (error: unknown) => void {
  return (error) => logger[error instanceof UnavailableError ? 'warn' : 'error']({ err: error, ...about }, message);
}
