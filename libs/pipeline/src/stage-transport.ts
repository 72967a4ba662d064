import { Inject, Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { type EventContract, PIPELINE, type StageName, TOPICS } from '@wireroom/contracts';
import { type Logger, ServiceEnv, provisionTopics } from '@wireroom/platform';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Afterwards } from './afterwards.js';
import { backoff } from './backoff.js';
import { DeadLetters } from './dead-letters.js';
import { Gathering } from './gathering.js';
import { Metrics } from './metrics.js';
import type { Outcome } from './outcome.js';
import { receive } from './received-message.js';
import { Relay } from './relay.js';
import { StageControl } from './stage-control.js';
import type { StageDocument } from './stage-document.js';
import { StageRunner } from './stage-runner.js';
import { StageStore } from './stage-store.js';
import { KAFKA, LOGGER, STAGE } from './tokens.js';
import { Tracing } from './tracing/tracing.js';

/** What liveness and readiness look at. */
export interface ConsumerHealth {
  joined: boolean;
  /** Milliseconds since the client last got an answer to a fetch; undefined before the first. */
  sinceFetchMs: number | undefined;
  /** Milliseconds the oldest batch has been under way; 0 when idle. */
  busyMs: number;
  /** Since when our own database or broker is away. */
  unavailableSince: Date | undefined;
}

const EXIT_CONSUMER_DEAD = 70;

/**
 * Nest's way into the pipeline: consumes the stage's topic in batches and runs them through a StageRunner.
 * Offsets are committed by the runner alone. A consumer that dies takes the process down with it.
 */
@Injectable()
export class StageTransport extends Server implements CustomTransportStrategy {
  private consumer: Consumer | undefined;
  private runner: StageRunner<object, unknown, StageDocument> | undefined;
  private gathering: Gathering | undefined;
  /** The newest batch's way to commit, while it has not been used. */
  private uncommitted: EachBatchPayload | undefined;
  private readonly committing = new Afterwards(() => this.commitResolved());
  private lastFetchAt: number | undefined;
  private joined = false;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(STAGE) private readonly stage: StageName,
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly relay: Relay,
    private readonly deadLetters: DeadLetters,
    private readonly control: StageControl,
    private readonly metrics: Metrics,
    private readonly tracing: Tracing,
    private readonly env: ServiceEnv,
  ) {
    super();
  }

  get groupId(): string {
    return `${this.env.WIREROOM_NAMESPACE}-${this.stage}`;
  }

  get health(): ConsumerHealth {
    const oldest = [...(this.runner?.busySince ?? [])].map((since) => since.getTime());
    return {
      joined: this.joined,
      sinceFetchMs: this.lastFetchAt === undefined ? undefined : performance.now() - this.lastFetchAt,
      busyMs: oldest.length === 0 ? 0 : Date.now() - Math.min(...oldest),
      unavailableSince: this.runner?.unavailableSince,
    };
  }

  override addHandler(
    pattern: string,
    callback: MessageHandler,
    isEventHandler?: boolean,
    extras?: Record<string, unknown>,
  ): void {
    if (this.messageHandlers.has(pattern))
      throw new Error(`two handlers for ${pattern}: a topic has one handler a stage`);
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  listen(callback: (error?: unknown) => void): void {
    const hears: EventContract = PIPELINE[this.stage].hears;
    const handler = this.messageHandlers.get(hears.topic);
    if (!handler) throw new Error(`no handler for ${hears.topic}`);
    this.runner = new StageRunner({
      stage: this.stage,
      group: this.groupId,
      hears,
      store: this.store,
      relay: this.relay,
      deadLetters: this.deadLetters,
      metrics: this.metrics,
      tracing: this.tracing,
      env: this.env,
      logger: this.log,
      handle: async (event, head) => outcomeOf(await (handler as unknown as NestHandler)({ ...event, head })),
    });
    this.metrics.begin(this.stage);
    const { runner } = this;
    this.gathering = new Gathering((messages, control) => runner.run(messages, control), this.env.STAGE_BATCH_MAX);
    void this.control
      .follow((isPaused) => (isPaused ? this.leave() : this.start(hears.topic)), this.stopping.signal)
      .catch((error: unknown) => this.die(error));
    callback();
  }

  /** Lets the batch under way finish and commit, then leaves the group. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.leave();
  }

  on(): never {
    throw new Error('the stage transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  /** Joins the group; waits for as long as the broker is away. */
  private async start(topic: string): Promise<void> {
    for (const wait of backoff(250, 5000)) {
      if (this.stopping.signal.aborted) return;
      const consumer = this.createConsumer();
      try {
        await this.provision();
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: 12,
          eachBatch: (payload) => this.eachBatch(payload),
        });
        this.consumer = consumer;
        if (this.stopping.signal.aborted) await this.leave();
        return;
      } catch (error) {
        this.log.warn({ err: error, topic }, 'consumer could not start; trying again');
        await consumer.disconnect().catch(() => undefined);
        await sleep(wait);
      }
    }
  }

  /** Lets the batch under way finish and commit, then leaves the group. */
  private async leave(): Promise<void> {
    const { consumer } = this;
    this.consumer = undefined;
    await this.committing.now();
    await consumer?.stop();
    await consumer?.disconnect();
    this.joined = false;
  }

  /** Any service may come first, so each makes sure of the topics; what differs from its declaration is only reported. */
  private async provision(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      for (const drift of await provisionTopics(admin, TOPICS)) this.log.warn({ drift }, 'a topic is not as declared');
    } finally {
      await admin.disconnect();
    }
  }

  private createConsumer(): Consumer {
    const consumer = this.kafka.consumer({
      groupId: this.groupId,
      sessionTimeout: this.env.KAFKA_SESSION_TIMEOUT_MS,
      heartbeatInterval: Math.floor(this.env.KAFKA_SESSION_TIMEOUT_MS / 10),
      rebalanceTimeout: this.env.KAFKA_SESSION_TIMEOUT_MS * 2,
      allowAutoTopicCreation: false,
      minBytes: 1,
      maxWaitTimeInMs: 250,
      retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 8, restartOnFailure: () => Promise.resolve(true) },
    });
    consumer.on(consumer.events.FETCH, () => (this.lastFetchAt = performance.now()));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.joined = true;
      this.lastFetchAt = performance.now();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.joined = false;
      if (payload.restart) this.metrics.consumerRestarts.inc({ stage: this.stage });
      else this.die(payload.error);
    });
    return consumer;
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    for (let start = 0; start < batch.messages.length; start += this.env.STAGE_BATCH_MAX) {
      if (!payload.isRunning() || payload.isStale()) return;
      const chunk = batch.messages.slice(start, start + this.env.STAGE_BATCH_MAX);
      if (this.env.WIREROOM_PLANT_BUG === 'commit-before-persist') await commitUnseen(payload, chunk.at(-1)!.offset);
      this.metrics.messaging.countConsumed(batch.topic, this.groupId, chunk.length);
      await this.gathering!.add(
        chunk.map((message) => receive(batch.topic, batch.partition, message)),
        {
          isRunning: () => payload.isRunning(),
          isStale: () => payload.isStale(),
          heartbeat: () => payload.heartbeat(),
          resolve: () => payload.resolveOffset(chunk.at(-1)!.offset),
          commit: () => this.commitSoon(payload),
        },
      );
    }
  }

  /** For a consumer that leaves there is no later, so then it is done at once. */
  private async commitSoon(payload: EachBatchPayload): Promise<void> {
    this.uncommitted = payload;
    if (this.consumer === undefined) await this.committing.now();
    else this.committing.soon();
  }

  /** Tried again until it succeeds. What went to another member by then is redelivered, and dropped by the guard. */
  private async commitResolved(): Promise<void> {
    const { uncommitted } = this;
    this.uncommitted = undefined;
    try {
      await uncommitted?.commitOffsetsIfNecessary(uncommitted.uncommittedOffsets());
    } catch (error) {
      this.log.warn({ err: error, stage: this.stage }, 'offsets not committed; trying again');
      this.uncommitted ??= uncommitted;
      if (this.consumer) this.committing.soon();
    }
  }

  private die(error: unknown): void {
    if (this.stopping.signal.aborted) return;
    this.log.fatal({ err: error, stage: this.stage }, 'the consumer is dead; so is this process');
    process.exit(EXIT_CONSUMER_DEAD);
  }
}

/** The planted bug of that name, for the tests that must catch it. */
async function commitUnseen(payload: EachBatchPayload, offset: string): Promise<void> {
  payload.resolveOffset(offset);
  await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
}

/** Nest hands its handlers one payload, so the item's head travels with the event. */
type NestHandler = (event: unknown) => Promise<unknown>;

async function outcomeOf(answer: unknown): Promise<Outcome<unknown>> {
  const value: unknown = isObservable(answer) ? await lastValueFrom(answer) : answer;
  return value as Outcome<unknown>;
}
