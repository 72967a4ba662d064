import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PIPELINE, type StageName } from '@wireroom/contracts';
import type { Logger } from '@wireroom/platform';
import type { Admin, Kafka } from 'kafkajs';
import { BackgroundLoop, reportTo } from './background-loop.js';
import { DeadLetters } from './dead-letters.js';
import { Metrics } from './metrics.js';
import type { StageDocument } from './stage-document.js';
import { StageStore } from './stage-store.js';
import { StageTransport } from './stage-transport.js';
import { KAFKA, LOGGER, STAGE } from './tokens.js';

const EVERY_MS = 5000;
/** While something does not answer, so that readiness turns soon after it is back. */
const EVERY_MS_WHILE_AWAY = 1000;

/**
 * Watches from outside the consumer: lag of the group, age of the oldest unsaid document, open dead
 * letters, and whether broker and database answer at all.
 */
@Injectable()
export class LagWatch implements OnApplicationBootstrap, OnModuleDestroy {
  /** Messages not yet committed by the group; undefined while the broker doesn't say. */
  lag: number | undefined;
  kafkaAnswers = false;
  mongoAnswers = false;
  private admin: Admin | undefined;
  private readonly loop: BackgroundLoop;
  private looking: Promise<void> | undefined;

  constructor(
    @Inject(STAGE) private readonly stage: StageName,
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly transport: StageTransport,
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly deadLetters: DeadLetters,
    private readonly metrics: Metrics,
  ) {
    this.loop = new BackgroundLoop({
      turn: () => this.turn(),
      everyMs: EVERY_MS,
      onError: reportTo(logger, 'lag could not be measured; trying again', { stage }),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
    await this.admin?.disconnect();
  }

  /** Takes all figures afresh; who asks while they are being taken gets the same. */
  async look(): Promise<void> {
    this.looking ??= Promise.all([this.lookAtKafka(), this.lookAtMongo()])
      .then(() => undefined)
      .finally(() => (this.looking = undefined));
    await this.looking;
  }

  private async turn(): Promise<number | void> {
    await this.look();
    if (!this.kafkaAnswers || !this.mongoAnswers) return EVERY_MS_WHILE_AWAY;
  }

  private async lookAtKafka(): Promise<void> {
    try {
      this.admin ??= await this.connectAdmin();
      this.lag = await this.measureLag(this.admin);
      this.kafkaAnswers = true;
    } catch (error) {
      this.kafkaAnswers = false;
      this.lag = undefined;
      this.logger.warn({ err: error }, 'kafka does not answer');
      await this.admin?.disconnect().catch(() => undefined);
      this.admin = undefined;
    }
  }

  private async lookAtMongo(): Promise<void> {
    try {
      const [unsaid, open] = await Promise.all([this.store.unsaid(), this.deadLetters.countOpen()]);
      this.metrics.oldestUnsaid.set({ stage: this.stage }, unsaid.oldestSeconds);
      this.metrics.deadLettersOpen.set({ stage: this.stage }, open);
      this.mongoAnswers = true;
    } catch (error) {
      this.mongoAnswers = false;
      this.logger.warn({ err: error }, 'mongodb does not answer');
    }
  }

  private async connectAdmin(): Promise<Admin> {
    const admin = this.kafka.admin({ retry: { retries: 1, initialRetryTime: 100 } });
    await admin.connect();
    return admin;
  }

  /** end - max(committed, log start), summed over the partitions; a group that never committed lags from the start. */
  private async measureLag(admin: Admin): Promise<number> {
    const { topic } = PIPELINE[this.stage].hears;
    const [ends, [committed]] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId: this.transport.groupId, topics: [topic] }),
    ]);
    let total = 0;
    for (const { partition, high, low } of ends) {
      const done = Number(committed?.partitions.find((one) => one.partition === partition)?.offset ?? -1);
      if (done >= 0 && done < Number(low)) {
        this.logger.error(
          { topic, partition, committed: done, logStart: Number(low) },
          'records were deleted before they were consumed',
        );
      }
      const lag = Math.max(0, Number(high) - Math.max(done, Number(low)));
      this.metrics.lagMessages.set({ topic, partition }, lag);
      total += lag;
    }
    return total;
  }
}
