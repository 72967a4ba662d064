import { type EventContract, traceIdOf } from '@wireroom/contracts';
import { type Logger, type ServiceEnv, UnavailableError } from '@wireroom/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from './backoff.js';
import type { DeadLetters, Failure, Recovery } from './dead-letters.js';
import { codeOf, isPermanent } from './errors.js';
import { crashAt } from './faults.js';
import type { Metrics } from './metrics.js';
import type { Outcome } from './outcome.js';
import type { Relay } from './relay.js';
import { type ReceivedEvent, type ReceivedMessage, attributesOf, decode, nameOf } from './received-message.js';
import { replayMarkOf } from './replay-mark.js';
import type { StageDocument } from './stage-document.js';
import type { Decision, FreshEvent, Head, Persisted, StageStore } from './stage-store.js';
import { type Processed, type Tracing, traceClock } from './tracing/tracing.js';

/** What the runner needs of the consumer that hands it messages. */
export interface BatchControl {
  /** False once the consumer is asked to stop: what is under way is finished, nothing is waited for. */
  isRunning(): boolean;
  /** True once the partitions belong to another: nothing more may be committed. */
  isStale(): boolean;
  heartbeat(): Promise<void>;
  /** Has everything up to and with the last message of the batch committed, soon. */
  commit(): void;
}

export interface StageParts<TIn extends object, TResult, TDoc extends StageDocument> {
  stage: string;
  /** Its consumer group. */
  group: string;
  hears: EventContract<TIn>;
  store: StageStore<TIn, TResult, TDoc>;
  relay: Relay;
  deadLetters: DeadLetters;
  metrics: Metrics;
  tracing: Tracing;
  env: ServiceEnv;
  logger: Logger;
  /** The stage's rules. Writes nothing itself. */
  handle(event: ReceivedEvent<TIn>, head: Head<TDoc> | undefined): Promise<Outcome<TResult>>;
}

/** How one message of the batch ended, with what has to be kept of a failure. */
interface Result<TIn extends object> extends Processed {
  failure?: Failure;
  /** What was read and the revision that was stored of it, where it came so far. */
  event?: ReceivedEvent<TIn>;
  revision?: number;
}

interface Decided<TIn extends object, TResult, TDoc extends StageDocument> {
  decisions: Decision<TIn, TResult, TDoc>[];
  failures: Failure[];
}

const HEARTBEAT_MS = 1000;
/** A batch that takes longer is stuck: heartbeats end, so that the group gives the partition to another. */
const STUCK_MS = 5 * 60_000;

/**
 * The straight line of every stage: contract, guard, rules, store, event, commit. The mark that an event is said and
 * the commit follow a moment later: neither is waited for, and losing either only means doing it again.
 *
 * A batch is a speed-up and never a unit of failure: one message's fate does not touch its neighbours'.
 * Running the same batch twice has the effect of running it once.
 */
export class StageRunner<TIn extends object, TResult, TDoc extends StageDocument> {
  /** Since when our own database or broker is away; undefined while all is well. */
  unavailableSince: Date | undefined;
  /** Since when the oldest batch under way is being worked on. */
  readonly busySince = new Set<Date>();

  constructor(private readonly parts: StageParts<TIn, TResult, TDoc>) {}

  /**
   * Takes one batch from contract to commit. While our own servers are away it waits, and nothing is
   * committed.
   */
  async run(messages: ReceivedMessage[], control: BatchControl): Promise<void> {
    const began = new Date();
    this.busySince.add(began);
    this.parts.metrics.inFlight.inc({ stage: this.parts.stage }, messages.length);
    const stopBeating = keepBeating(control);
    try {
      await this.untilAvailable(messages, control);
    } finally {
      stopBeating();
      this.busySince.delete(began);
      this.parts.metrics.inFlight.dec({ stage: this.parts.stage }, messages.length);
    }
  }

  private async untilAvailable(messages: ReceivedMessage[], control: BatchControl): Promise<void> {
    const { logger, stage, env } = this.parts;
    let bugs = 0;
    for (const wait of backoff(250, 5000)) {
      if (!control.isRunning() || control.isStale()) return;
      try {
        await (bugs < env.STAGE_MAX_ATTEMPTS ? this.attempt(messages, control) : this.oneByOne(messages, control));
        this.unavailableSince = undefined;
        return;
      } catch (error) {
        if (error instanceof UnavailableError) {
          this.unavailableSince ??= new Date();
          logger.warn({ err: error, stage }, 'waiting; nothing is committed');
        } else {
          bugs++;
          logger.error({ err: error, stage }, 'a bug: a batch failed in a way nobody planned for');
        }
        await sleep(wait);
      }
    }
  }

  /** Finds out which messages it is that nobody planned for: they become dead letters, and the others go their way. */
  private async oneByOne(messages: ReceivedMessage[], control: BatchControl): Promise<void> {
    const alone = { ...control, commit: () => undefined };
    const failures: Failure[] = [];
    for (const message of messages) {
      try {
        await this.attempt([message], alone);
      } catch (error) {
        if (error instanceof UnavailableError) throw error;
        this.report(message, error);
        const read = this.read(message);
        // Bytes that can't be read are the reason, whatever went wrong with their dead letter.
        failures.push('error' in read ? read : this.failureOf(read, error, this.parts.env.STAGE_MAX_ATTEMPTS));
      }
    }
    await this.parts.deadLetters.addAll(failures);
    if (control.isStale()) return;
    control.commit();
    failures.map(asResult).forEach((result) => this.record(result));
  }

  private async attempt(messages: ReceivedMessage[], control: BatchControl): Promise<void> {
    const { metrics, tracing, hears, group } = this.parts;
    const startedAt = traceClock();
    const endTimer = metrics.messaging.startProcessing(hears.topic, group);
    const { events, failures } = this.decodeAll(messages);
    const results: Result<TIn>[] = failures.map(asResult);
    for (const wave of this.wavesOf(events)) results.push(...(await this.settle(wave)));
    await this.parts.deadLetters.addAll(results.flatMap(({ failure }) => failure ?? []));
    await this.parts.deadLetters.resolveAll(results.flatMap((result) => this.recoveryOf(result)));
    if (control.isStale()) return;
    control.commit();

    endTimer();
    results.forEach((result) => this.record(result));
    tracing.processed(results, group, startedAt);
  }

  /** From guard to marked: every event of the wave ends one way or another. */
  private async settle(events: ReceivedEvent<TIn>[]): Promise<Result<TIn>[]> {
    const { store } = this.parts;
    const { fresh, known, unsaid } = await store.sift(events);
    const { decisions, failures } = await this.decideAll(fresh);
    crashAt('before-persist', this.parts.env);
    const persisted = await store.persist(decisions);
    await this.parts.relay.say([...unsaid, ...persisted.flatMap((one) => this.readyToSay(one))]);

    return [
      ...known.map((event): Result<TIn> => ({ message: this.messageOf(event), ending: 'duplicate', event })),
      ...failures.map(asResult),
      ...persisted.map((one, index): Result<TIn> => {
        const { event } = decisions[index]!;
        if (one.ending === 'dead-lettered') return asResult(this.failureOf(event, one.failure, 1));
        const { revision, traceparent } = one.document ?? {};
        return { message: this.messageOf(event), ending: one.ending, code: one.code, event, revision, traceparent };
      }),
    ];
  }

  /** A document whose turn it is. One that has to wait for a predecessor nobody here is saying is left to the sweeper. */
  private readyToSay(persisted: Persisted<TDoc>): TDoc[] {
    if (persisted.ending !== 'done' || !persisted.document || persisted.document.said) return [];
    const { document, mustWait } = persisted;
    return !mustWait || this.parts.relay.isSaying(document.contentId) ? [document] : [];
  }

  private decodeAll(messages: ReceivedMessage[]): { events: ReceivedEvent<TIn>[]; failures: Failure[] } {
    const events: ReceivedEvent<TIn>[] = [];
    const failures: Failure[] = [];
    for (const message of messages) {
      const read = this.read(message);
      if ('error' in read) {
        this.report(message, read.error);
        failures.push(read);
      } else {
        events.push(read);
      }
    }
    return { events, failures };
  }

  private read(message: ReceivedMessage): ReceivedEvent<TIn> | Failure {
    try {
      const event = decode(this.parts.hears, message);
      this.messages.set(event, message);
      return event;
    } catch (error) {
      return { message, error, attempts: 1, contentId: subjectOf(message) };
    }
  }

  private async decideAll(fresh: FreshEvent<TIn, TDoc>[]): Promise<Decided<TIn, TResult, TDoc>> {
    const decided = await Promise.all(fresh.map((one) => this.decide(one)));
    return {
      decisions: decided.flatMap((one) => ('outcome' in one ? [one] : [])),
      failures: decided.flatMap((one) => ('outcome' in one ? [] : [one])),
    };
  }

  /** Asks the rules, again with backoff after someone else's hiccup. @throws UnavailableError */
  private async decide({ event, head }: FreshEvent<TIn, TDoc>): Promise<Decision<TIn, TResult, TDoc> | Failure> {
    const { deadLetters, metrics, stage, env } = this.parts;
    for (const wait of backoff(100, 10_000)) {
      try {
        return { event, head, outcome: await this.parts.handle(event, head) };
      } catch (error) {
        if (error instanceof UnavailableError) throw error;
        this.report(this.messageOf(event), error);
        if (isPermanent(error)) return this.failureOf(event, error, 1);
        const attempts = await deadLetters.countAttempt(this.messageOf(event), error);
        if (attempts >= env.STAGE_MAX_ATTEMPTS) return this.failureOf(event, error, attempts);
        metrics.retries.inc({ stage, code: codeOf(error) });
        await sleep(wait);
      }
    }
    throw new Error('unreachable: backoff never ends');
  }

  /** Where a decoded event came from; kept aside so that rules see data and place only. */
  private readonly messages = new WeakMap<ReceivedEvent<TIn>, ReceivedMessage>();

  private messageOf(event: ReceivedEvent<TIn>): ReceivedMessage {
    return this.messages.get(event)!;
  }

  private failureOf(event: ReceivedEvent<TIn>, error: unknown, attempts: number): Failure {
    const { source, revision, kind } = event.data as { source?: string; revision?: number; kind?: string };
    return {
      message: this.messageOf(event),
      error,
      attempts,
      contentId: this.parts.store.itemOf(event.data),
      source,
      revision,
      kind,
    };
  }

  private report(message: ReceivedMessage, error: unknown): void {
    const { logger, stage } = this.parts;
    const fields = { ...namesOf(message), stage, code: codeOf(error), err: error };
    if (fields.code === 'unexpected') logger.error(fields, 'a bug: handling failed in a way nobody planned for');
    else logger.warn(fields, 'message failed');
  }

  /** Only a replayed message has something to recover from. */
  private recoveryOf({ message, ending, code, event, revision }: Result<TIn>): Recovery[] {
    if (ending === 'dead-lettered' || !event || !replayMarkOf(message)) return [];
    const { revision: heard } = event.data as { revision?: number };
    const contentId = this.parts.store.itemOf(event.data);
    return [{ message, outcome: ending, code, contentId, revision: revision ?? heard }];
  }

  /** Counts how a message ended, once, and says so in the log. */
  private record({ message, ending, code }: Result<TIn>): void {
    const { logger, metrics, stage } = this.parts;
    metrics.count(stage, ending, code);
    const level = ending === 'skipped' ? 'info' : 'debug';
    if (logger.isLevelEnabled(level)) logger[level]({ ...namesOf(message), stage, code }, ending);
  }

  /** Splits events so that no wave holds two of one item, each item's in the order they came. */
  private wavesOf(events: ReceivedEvent<TIn>[]): ReceivedEvent<TIn>[][] {
    const waves: ReceivedEvent<TIn>[][] = [];
    const seen = new Map<string, number>();
    for (const event of events) {
      const item = this.parts.store.itemOf(event.data);
      const wave = seen.get(item) ?? 0;
      seen.set(item, wave + 1);
      (waves[wave] ??= []).push(event);
    }
    return waves;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The item a message is of by its header, where the header holds an id at all: its data could not be read. */
function subjectOf(message: ReceivedMessage): string | undefined {
  const { subject } = attributesOf(message);
  return subject !== undefined && UUID.test(subject) ? subject : undefined;
}

/** What a message is known by in logs. */
function namesOf(message: ReceivedMessage): Record<string, string | undefined> {
  const { id, subject, traceparent } = attributesOf(message);
  return { message: nameOf(message.place), eventId: id, contentId: subject, traceId: traceIdOf(traceparent) };
}

function asResult(failure: Failure): Result<never> {
  return { message: failure.message, ending: 'dead-lettered', code: codeOf(failure.error), failure };
}

/** Heartbeats while a batch is worked on, and no longer than a batch may take. */
function keepBeating(control: BatchControl): () => void {
  const began = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - began > STUCK_MS) clearInterval(timer);
    else control.heartbeat().catch(() => undefined);
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}
