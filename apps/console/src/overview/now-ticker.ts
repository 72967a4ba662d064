import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { LiveHub } from '../live/live-hub.js';
import { Now } from './now.js';

const EVERY_MS = 2000;

/** Tells everyone who watches how the wire is, while someone does. */
@Injectable()
export class NowTicker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly now: Now,
    private readonly hub: LiveHub,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.keepTelling();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepTelling(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      if (this.hub.isWatched) {
        await this.now.answer().then(
          (answer) => this.hub.say('now', answer, { isState: true }),
          (error: unknown) => this.logger.warn({ err: error }, 'the present could not be told'),
        );
      }
      await sleep(EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
