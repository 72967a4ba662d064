import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER } from '@wireroom/pipeline';
import { type Logger, UnavailableError } from '@wireroom/platform';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { IngestEnv } from '../ingest.env.js';
import { SourcePoller } from './source-poller.js';
import { type Claim, SourceStore } from './source.store.js';

/** How long an instance waits before it asks again for sources that are due. */
const PAUSE_MS = 500;
const AWAY_PAUSE_MS = 2000;

/** Polls sources when they are due, as many at once as configured. Several instances share the work. */
@Injectable()
export class SourceScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly polls = new Set<Promise<void>>();
  private running: Promise<void> | undefined;

  constructor(
    @Inject(SourceStore) private readonly store: Pick<SourceStore, 'claim'>,
    @Inject(SourcePoller) private readonly poller: Pick<SourcePoller, 'poll'>,
    @Inject(IngestEnv) private readonly env: Pick<IngestEnv, 'SOURCES_CONCURRENCY'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    // Every poll under way listens to it.
    setMaxListeners(0, this.stopping.signal);
  }

  onApplicationBootstrap(): void {
    if (this.env.SOURCES_CONCURRENCY > 0) this.running = this.keepPolling();
  }

  /** Ends polls where they stand; what was accepted stays accepted, the rest is found again. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.polls);
  }

  /**
   * Starts a poll for every source that is due, as far as there is room.
   *
   * @returns how many were started. @throws UnavailableError
   */
  async startDue(): Promise<number> {
    let started = 0;
    while (this.polls.size < this.env.SOURCES_CONCURRENCY && !this.stopping.signal.aborted) {
      const claim = await this.store.claim();
      if (!claim) break;
      this.start(claim);
      started += 1;
    }
    return started;
  }

  private async keepPolling(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const pause = await this.startDue().then(
        (started) => (started > 0 ? 0 : PAUSE_MS),
        (error: unknown) => this.afterFailure(error),
      );
      if (this.polls.size >= this.env.SOURCES_CONCURRENCY) await Promise.race(this.polls);
      else if (pause > 0) await sleep(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private start(claim: Claim): void {
    const poll: Promise<void> = this.poller
      .poll(claim, this.stopping.signal)
      .catch((error: unknown) => void this.afterFailure(error))
      .finally(() => this.polls.delete(poll));
    this.polls.add(poll);
  }

  private afterFailure(error: unknown): number {
    const level = error instanceof UnavailableError ? 'warn' : 'error';
    this.logger[level]({ err: error }, 'polling of sources was interrupted; trying again');
    return AWAY_PAUSE_MS;
  }
}
