import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { StageName } from '@wireroom/contracts';
import { type Logger, ServiceEnv } from '@wireroom/platform';
import { BackgroundLoop, reportTo } from './background-loop.js';
import { Metrics } from './metrics.js';
import { Relay } from './relay.js';
import type { StageDocument } from './stage-document.js';
import { StageStore } from './stage-store.js';
import { LOGGER, STAGE } from './tokens.js';

const SWEEP_LIMIT = 100;

/**
 * Says what a crash or an outage left unsaid. Polling is the truth: no cursor that could skip a document
 * that became visible late, and several instances may sweep at once, each under its own lease.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: BackgroundLoop;

  constructor(
    @Inject(STAGE) private readonly stage: StageName,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly relay: Relay,
    private readonly metrics: Metrics,
    private readonly env: ServiceEnv,
  ) {
    this.loop = new BackgroundLoop({
      turn: async () => ((await this.sweep()) < SWEEP_LIMIT ? undefined : 0),
      everyMs: Math.min(1000, env.SWEEP_AFTER_MS),
      onError: reportTo(logger, 'sweep failed; trying again', { stage }),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** One sweep. @returns how many documents it said. @throws UnavailableError */
  async sweep(): Promise<number> {
    const { owner, documents } = await this.store.claimUnsaid(this.env.SWEEP_AFTER_MS, SWEEP_LIMIT);
    if (documents.length === 0) return 0;
    const leftUnsaid = documents.filter(({ contentId }) => !this.relay.isSaying(contentId));
    try {
      await this.relay.say(leftUnsaid, owner);
    } finally {
      await this.store.release(owner);
    }
    this.metrics.swept.inc({ stage: this.stage }, leftUnsaid.length);
    if (leftUnsaid.length > 0)
      this.logger.info({ stage: this.stage, count: leftUnsaid.length }, 'said what was left unsaid');
    return leftUnsaid.length;
  }
}
