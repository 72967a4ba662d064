import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundLoop, LOGGER, reportTo } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { setMaxListeners } from 'node:events';
import { IngestEnv } from '../ingest.env.js';
import { SourcePoller } from './source-poller.js';
import { type Claim, SourceStore } from './source.store.js';

/** How long an instance waits before it asks again for sources that are due. */
const PAUSE_MS = 500;
const AWAY_PAUSE_MS = 2000;

/** Polls sources when they are due, as many at once as configured. Several instances share the work. */
@Injectable()
export class SourceScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: BackgroundLoop;
  private readonly report: (error: unknown) => void;
  private readonly polls = new Set<Promise<void>>();

  constructor(
    @Inject(SourceStore) private readonly store: Pick<SourceStore, 'claim'>,
    @Inject(SourcePoller) private readonly poller: Pick<SourcePoller, 'poll'>,
    @Inject(IngestEnv) private readonly env: Pick<IngestEnv, 'SOURCES_CONCURRENCY'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.report = reportTo(logger, 'polling of sources was interrupted; trying again');
    this.loop = new BackgroundLoop({
      turn: () => this.pollDue(),
      everyMs: PAUSE_MS,
      onError: (error) => this.afterFailure(error),
    });
    // Every poll under way listens to it.
    setMaxListeners(0, this.loop.signal);
  }

  onApplicationBootstrap(): void {
    if (this.env.SOURCES_CONCURRENCY > 0) this.loop.start();
  }

  /** Ends polls where they stand; what was accepted stays accepted, the rest is found again. */
  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.polls);
  }

  /**
   * Starts a poll for every source that is due, as far as there is room.
   *
   * @returns how many were started. @throws UnavailableError
   */
  async startDue(): Promise<number> {
    let started = 0;
    while (this.polls.size < this.env.SOURCES_CONCURRENCY && !this.loop.signal.aborted) {
      const claim = await this.store.claim();
      if (!claim) break;
      this.start(claim);
      started += 1;
    }
    return started;
  }

  /** @returns how long to wait: where there is no room, a poll that ends is what was waited for */
  private async pollDue(): Promise<number> {
    const started = await this.startDue();
    const isFull = this.polls.size >= this.env.SOURCES_CONCURRENCY;
    if (isFull) await Promise.race(this.polls);
    return isFull || started > 0 ? 0 : PAUSE_MS;
  }

  private start(claim: Claim): void {
    const poll: Promise<void> = this.poller
      .poll(claim, this.loop.signal)
      .catch(this.report)
      .finally(() => this.polls.delete(poll));
    this.polls.add(poll);
  }

  private afterFailure(error: unknown): number {
    this.report(error);
    return AWAY_PAUSE_MS;
  }
}
