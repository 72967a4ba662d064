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
import { DoneOffsets } from './done-offsets.js';
import { Gathering, type PartControl } from './gathering.js';
import { Lanes } from './lanes.js';
import { Metrics } from './metrics.js';
import type { Outcome } from './outcome.js';
import { type ReceivedMessage, receive } from './received-message.js';
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
 *
 * The client goes on to fetch while a batch is under way, since it fetches nothing before all it was handed is taken
 * off it. So it is told that a batch is consumed when it is begun, and what is committed is kept apart: only what is
 * done, of the partitions that are still held. A consumer that dies takes the process down with it.
 */
@Injectable()
export class StageTransport extends Server implements CustomTransportStrategy {
  private consumer: Consumer | undefined;
  private runner: StageRunner<object, unknown, StageDocument> | undefined;
  private gathering: Gathering | undefined;
  /** One lane for each partition. */
  private readonly lanes = new Lanes();
  private readonly done = new DoneOffsets();
  private held: ReadonlySet<number> = new Set();
  /** The newest batch, which knows the way to commit. */
  private newest: EachBatchPayload | undefined;
  private readonly committing = new Afterwards(() => this.commitDone());
  private lastFetchAt: number | undefined;
  private joined = false;
  private isLeaving = false;
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

  /** Lets what is under way finish and commit, then leaves the group. */
  private async leave(): Promise<void> {
    const { consumer } = this;
    this.consumer = undefined;
    this.isLeaving = true;
    await this.lanes.done();
    await this.committing.now();
    await consumer?.stop();
    await consumer?.disconnect();
    this.joined = false;
    this.isLeaving = false;
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
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.held = new Set(Object.values(payload.memberAssignment).flat());
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

  /** Returns when the batch is under way, so that the next is fetched meanwhile. */
  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    if (this.isLeaving) return this.lanes.done();
    this.newest = payload;
    const { topic, partition, messages } = payload.batch;
    for (let start = 0; start < messages.length; start += this.env.STAGE_BATCH_MAX) {
      const chunk = messages.slice(start, start + this.env.STAGE_BATCH_MAX);
      if (this.env.WIREROOM_PLANT_BUG === 'commit-before-persist')
        await this.commitUnseen(partition, chunk.at(-1)!.offset);
      this.metrics.messaging.countConsumed(topic, this.groupId, chunk.length);
      const received = chunk.map((message) => receive(topic, partition, message));
      const control = this.controlOf(received, payload);
      await this.lanes.begin(partition, () => this.gathering!.add(received, control).catch((error) => this.die(error)));
    }
    payload.resolveOffset(messages.at(-1)!.offset);
  }

  private controlOf(messages: ReceivedMessage[], payload: EachBatchPayload): PartControl {
    const { partition, offset } = messages.at(-1)!.place;
    return {
      isRunning: () => payload.isRunning() && !this.isLeaving,
      isStale: () => !this.held.has(partition),
      heartbeat: () => payload.heartbeat(),
      resolve: () => this.done.add(partition, offset),
      commit: () => this.commitSoon(),
    };
  }

  /** For a consumer that leaves there is no later; it commits when all is done. */
  private commitSoon(): void {
    if (!this.isLeaving) this.committing.soon();
  }

  /** Tried again until it succeeds. What went to another member by then is redelivered, and dropped by the guard. */
  private async commitDone(): Promise<void> {
    const partitions = this.done.take(this.held);
    if (partitions.length === 0) return;
    try {
      await this.newest!.commitOffsetsIfNecessary({ topics: [{ topic: this.newest!.batch.topic, partitions }] });
    } catch (error) {
      this.log.warn({ err: error, stage: this.stage }, 'offsets not committed; trying again');
      this.done.putBack(partitions);
      this.commitSoon();
    }
  }

  /** The planted bug of that name, for the tests that must catch it. */
  private async commitUnseen(partition: number, offset: string): Promise<void> {
    this.done.add(partition, offset);
    await this.commitDone();
  }

  private die(error: unknown): void {
    if (this.stopping.signal.aborted) return;
    this.log.fatal({ err: error, stage: this.stage }, 'the consumer is dead; so is this process');
    process.exit(EXIT_CONSUMER_DEAD);
  }
}

/** Nest hands its handlers one payload, so the item's head travels with the event. */
type NestHandler = (event: unknown) => Promise<unknown>;

async function outcomeOf(answer: unknown): Promise<Outcome<unknown>> {
  const value: unknown = isObservable(answer) ? await lastValueFrom(answer) : answer;
  return value as Outcome<unknown>;
}
