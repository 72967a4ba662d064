import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { StageName } from '@wireroom/contracts';
import { type Logger, ServiceEnv, UnavailableError } from '@wireroom/platform';
import { setTimeout as sleep } from 'node:timers/promises';
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
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    @Inject(STAGE) private readonly stage: StageName,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly relay: Relay,
    private readonly metrics: Metrics,
    private readonly env: ServiceEnv,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.keepSweeping();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
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

  private async keepSweeping(): Promise<void> {
    const pause = Math.min(1000, this.env.SWEEP_AFTER_MS);
    while (!this.stopping.signal.aborted) {
      const said = await this.sweep().catch((error: unknown) => this.reportFailure(error));
      if (said < SWEEP_LIMIT) await sleep(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private reportFailure(error: unknown): number {
    const level = error instanceof UnavailableError ? 'warn' : 'error';
    this.logger[level]({ err: error, stage: this.stage }, 'sweep failed; trying again');
    return 0;
  }
}
