import type { Clock } from '../clock.js';
import { FetchEnd } from '../fetch-end.js';
import { Semaphore } from './semaphore.js';

export interface HostsOptions {
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  /** Requests at once, to one host and in all. */
  hostConcurrency: number;
  concurrency: number;
  /** Least time between the starts of two requests to one host, milliseconds. */
  hostIntervalMs: number;
}

export interface Wish {
  /** How long the caller would wait, milliseconds. */
  maxWaitMs: number;
  /** What robots.txt asks for between two requests, 0 where it asks for nothing. */
  crawlDelayMs?: number;
  signal?: AbortSignal;
}

/** A request's turn at a host, to be ended once it is answered or given up. */
export interface Turn {
  /** @param slowDown the host is overtaxed (429, 503, no answer in time), and the rest it asked for, milliseconds */
  end(slowDown?: { restMs?: number }): void;
}

const SLOWEST_MS = 60_000;
/** The first step down from no pause at all. */
const FIRST_SLOWDOWN_MS = 1_000;
/** One good answer takes a tenth off: from the slowest pace it takes some forty to be at the first step again. */
const RECOVERY = 0.9;
/** Spread of every pause, to both sides: pollers that were started together drift apart. */
const JITTER = 0.2;
/** Idle hosts are forgotten when more than so many are known, and again when those left have doubled. */
const REMEMBERED_HOSTS = 2_048;

/** Who may ask a host when: so many at once, so far apart, slower when the host is overtaxed, at rest when it says so. */
export class Hosts {
  private readonly hosts = new Map<string, Pace>();
  private readonly all: Semaphore;
  private readonly waiting = new Set<Patience>();
  private tidyAt = REMEMBERED_HOSTS;

  constructor(private readonly options: HostsOptions) {
    this.all = new Semaphore(options.concurrency);
  }

  /** Hosts with a memory, for figures. */
  get size(): number {
    return this.hosts.size;
  }

  /**
   * Waits for a turn at a host.
   *
   * @throws FetchEnd `host-busy` when that takes longer than wished, `aborted` when the caller gives up.
   */
  async enter(host: string, { maxWaitMs, crawlDelayMs, signal }: Wish): Promise<Turn> {
    const pace = this.paceOf(host);
    pace.askFor(crawlDelayMs);
    const patience = new Patience(this.options.clock, maxWaitMs, signal);
    this.waiting.add(patience);
    const places: (() => void)[] = [];
    try {
      places.push(await pace.places.enter(patience.ends));
      await pace.waitForStart(patience);
      places.push(await this.all.enter(patience.ends));
    } catch (error) {
      places.forEach((giveBack) => giveBack());
      throw error;
    } finally {
      this.waiting.delete(patience);
      patience.close();
    }
    return {
      end: (slowDown) => {
        pace.hear(slowDown);
        places.forEach((giveBack) => giveBack());
      },
    };
  }

  /** Sends all away that still wait. */
  close(): void {
    for (const patience of this.waiting) patience.giveUp();
  }

  private paceOf(host: string): Pace {
    const known = this.hosts.get(host);
    if (known) return known;
    if (this.hosts.size >= this.tidyAt) this.forgetIdle();
    const pace = new Pace(this.options);
    this.hosts.set(host, pace);
    return pace;
  }

  private forgetIdle(): void {
    for (const [host, pace] of this.hosts) if (pace.isForgettable) this.hosts.delete(host);
    this.tidyAt = Math.max(REMEMBERED_HOSTS, 2 * this.hosts.size);
  }
}

/** The pace of one host. */
class Pace {
  readonly places: Semaphore;
  private usualMs: number;
  private intervalMs: number;
  /** When the next request may start, monotonic. */
  private nextAt = 0;

  constructor(private readonly options: HostsOptions) {
    this.places = new Semaphore(options.hostConcurrency);
    this.usualMs = options.hostIntervalMs;
    this.intervalMs = this.usualMs;
  }

  /** It holds nothing a new one would not have. */
  get isForgettable(): boolean {
    return this.places.isIdle && this.nextAt <= this.options.clock.now() && this.intervalMs <= this.usualMs;
  }

  /** Undefined where robots.txt was not asked, which changes nothing. */
  askFor(crawlDelayMs: number | undefined): void {
    if (crawlDelayMs === undefined) return;
    this.usualMs = Math.max(this.options.hostIntervalMs, crawlDelayMs);
    this.intervalMs = Math.max(this.intervalMs, this.usualMs);
  }

  /** Waits until the next request may start, and takes that start. */
  async waitForStart(patience: Patience): Promise<void> {
    const { clock, random } = this.options;
    for (let wait = this.nextAt - clock.now(); wait > 0; wait = this.nextAt - clock.now()) await patience.wait(wait);
    this.nextAt = clock.now() + this.intervalMs * (1 + JITTER * (2 * random() - 1));
  }

  hear(slowDown?: { restMs?: number }): void {
    if (!slowDown) {
      this.intervalMs = Math.max(this.usualMs, this.intervalMs * RECOVERY);
      if (this.intervalMs < FIRST_SLOWDOWN_MS) this.intervalMs = this.usualMs;
      return;
    }
    this.intervalMs = Math.min(Math.max(this.intervalMs * 2, FIRST_SLOWDOWN_MS), Math.max(SLOWEST_MS, this.usualMs));
    this.nextAt = Math.max(this.nextAt, this.options.clock.now() + (slowDown.restMs ?? this.intervalMs));
  }
}

/** How long one caller goes on waiting. */
class Patience {
  /** Rejects when it is over. */
  readonly ends: Promise<never>;
  private readonly until: number;
  private readonly over = new AbortController();

  constructor(
    private readonly clock: Clock,
    maxWaitMs: number,
    private readonly callers?: AbortSignal,
  ) {
    this.until = clock.now() + maxWaitMs;
    callers?.addEventListener('abort', this.giveUp, { once: true });
    if (callers?.aborted) this.giveUp();
    this.ends = clock.sleep(maxWaitMs, this.over.signal).then(
      () => Promise.reject(busy(0)),
      () => Promise.reject(abandoned()),
    );
    // Rejects after the wait as well, when nobody listens any more.
    this.ends.catch(() => {});
  }

  /** Waits so long, or says at once that it would be too long. */
  async wait(ms: number): Promise<void> {
    if (this.clock.now() + ms > this.until) throw busy(ms);
    await this.clock.sleep(ms, this.over.signal).catch(() => this.ends);
  }

  close(): void {
    this.callers?.removeEventListener('abort', this.giveUp);
    this.over.abort();
  }

  readonly giveUp = (): void => this.over.abort();
}

function busy(retryAfterMs: number): FetchEnd {
  return FetchEnd.refused('host-busy', 'the host is not to be asked more often', {
    retryAfterMs: Math.max(Math.ceil(retryAfterMs), FIRST_SLOWDOWN_MS),
  });
}

function abandoned(): FetchEnd {
  return FetchEnd.failed('aborted', 'the caller gave it up');
}
