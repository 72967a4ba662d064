import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundLoop, LOGGER } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { LiveHub } from '../live/live-hub.js';
import { Now } from './now.js';

const EVERY_MS = 2000;

/** Tells everyone who watches how the wire is, while someone does. */
@Injectable()
export class NowTicker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop = new BackgroundLoop({
    turn: () => this.tell(),
    everyMs: EVERY_MS,
    onError: (error) => this.logger.warn({ err: error }, 'the present could not be told'),
  });

  constructor(
    private readonly now: Now,
    private readonly hub: LiveHub,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  private async tell(): Promise<void> {
    if (this.hub.isWatched) this.hub.say('now', await this.now.answer(), { isState: true });
  }
}
