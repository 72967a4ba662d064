import { Inject, Injectable } from '@nestjs/common';
import {
  type ActionAnswer,
  type DeadLetterAnswer,
  type DeadLetterFilter,
  type DeadLetterPage,
  type DeadLetterSummary,
  type DiscardRequest,
  type JourneyStep,
  type ListDeadLettersRequest,
  type ReplayRequest,
  type StageName,
} from '@wireroom/contracts';
import { whileKafkaIsThere, whileMongoIsThere } from '@wireroom/platform';
import kafkajs, { type Kafka } from 'kafkajs';
import type { Binary } from 'mongodb';
import type { Connection, Model, QueryFilter } from 'mongoose';
import {
  type DeadLetterDocument,
  type DeliveryAttemptDocument,
  deadLetterSchema,
  deliveryAttemptSchema,
} from './dead-letter.schema.js';
import { codeOf } from './errors.js';
import { type ReceivedMessage, nameOf } from './received-message.js';
import { KAFKA, MONGO, STAGE } from './tokens.js';

const { Partitioners } = kafkajs;

/** A message and why it can't be processed. */
export interface Failure {
  message: ReceivedMessage;
  error: unknown;
  attempts: number;
  /** What the event says it is of, where it could be read. */
  contentId?: string;
  source?: string;
  revision?: number;
  kind?: string;
}

/** Names the dead letter a replayed message came from, so that failing again reopens it. */
const REPLAY_HEADER = 'wireroom-dead-letter';
const PAGE = 50;
const REPLAY_CHUNK = 100;
const MAX_DETAIL = 2000;

/** The dead letters of one stage, and the count of failed deliveries that leads to them. */
@Injectable()
export class DeadLetters {
  private readonly letters: Model<DeadLetterDocument>;
  private readonly attempts: Model<DeliveryAttemptDocument>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(STAGE) private readonly stage: StageName,
  ) {
    this.letters = mongo.model<DeadLetterDocument>('DeadLetter', deadLetterSchema);
    this.attempts = mongo.model<DeliveryAttemptDocument>('DeliveryAttempt', deliveryAttemptSchema);
  }

  get models(): Model<never>[] {
    return [this.letters, this.attempts] as unknown as Model<never>[];
  }

  /** Counts a failed delivery; survives restarts. @returns how often this message has failed by now. */
  async countAttempt(message: ReceivedMessage, error: unknown): Promise<number> {
    const counted = await whileMongoIsThere(() =>
      this.attempts.findOneAndUpdate(
        { _id: nameOf(message.place) },
        { $inc: { attempts: 1 }, $set: { lastCode: codeOf(error), lastAt: new Date() } },
        { upsert: true, returnDocument: 'after' },
      ),
    );
    return counted?.attempts ?? 1;
  }

  /** Stores what could not be processed, bytes untouched. Safe to call twice for the same message. */
  async addAll(failures: Failure[]): Promise<void> {
    if (failures.length === 0) return;
    const now = new Date();
    const operations = failures.map((failure) => {
      const { message } = failure;
      const _id = replayedLetter(message) ?? nameOf(message.place);
      return {
        updateOne: {
          filter: { _id },
          update: {
            $set: {
              state: 'open' as const,
              code: codeOf(failure.error),
              detail: detailOf(failure.error),
              stack: failure.error instanceof Error ? failure.error.stack?.slice(0, 2 * MAX_DETAIL) : undefined,
              place: message.place,
              lastFailedAt: now,
            },
            $max: { attempts: failure.attempts },
            $setOnInsert: {
              stage: this.stage,
              key: message.key,
              value: message.value,
              headers: message.headers.map(([name, value]) => ({ name, value })),
              contentId: failure.contentId,
              source: failure.source,
              revision: failure.revision,
              kind: failure.kind,
              firstFailedAt: now,
              replays: 0,
            },
          },
          upsert: true,
        },
      };
    });
    await whileMongoIsThere(() => this.letters.collection.bulkWrite(operations as never, { ordered: false }));
  }

  /** Newest failure first. */
  async list(request: ListDeadLettersRequest): Promise<DeadLetterPage> {
    const filter = queryOf(request);
    const limit = request.limit ?? PAGE;
    const after = request.cursor === undefined ? {} : afterCursor(request.cursor);
    return whileMongoIsThere(async () => {
      const [total, rows] = await Promise.all([
        this.letters.countDocuments(filter),
        this.letters
          .find({ $and: [filter, after] }, { key: 0, headers: 0, stack: 0 })
          .sort({ lastFailedAt: -1, _id: -1 })
          .limit(limit + 1)
          .lean(),
      ]);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(summaryOf),
        total,
        nextCursor: last && Buffer.from(`${last.lastFailedAt.toISOString()} ${last._id}`).toString('base64url'),
      };
    });
  }

  /** One dead letter with its bytes; undefined where there is none of that id. */
  async find(id: string): Promise<DeadLetterAnswer | undefined> {
    const letter = await whileMongoIsThere(() => this.letters.findById(id).lean());
    if (!letter) return undefined;
    return {
      ...summaryOf(letter),
      keyBase64: base64Of(letter.key),
      valueBase64: base64Of(letter.value),
      headers: letter.headers.map(({ name, value }) => ({ name, valueBase64: base64Of(value) ?? '' })),
      versions: [],
      stack: letter.stack,
    };
  }

  /**
   * Sends open dead letters back to where they came from: same topic, partition, key, value and headers.
   * Safe to repeat: what the stages have already done they drop.
   *
   * @throws UnavailableError; what was replayed until then is marked.
   */
  async replay(request: ReplayRequest): Promise<ActionAnswer> {
    const ids = await this.openIds(request);
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    if (ids.length > 0) await whileKafkaIsThere(() => producer.connect());
    try {
      for (let start = 0; start < ids.length; start += REPLAY_CHUNK) {
        const letters = await whileMongoIsThere(() =>
          this.letters.find({ _id: { $in: ids.slice(start, start + REPLAY_CHUNK) } }).lean(),
        );
        for (const letter of letters) {
          await whileKafkaIsThere(() =>
            producer.send({ topic: letter.place.topic, acks: -1, messages: [messageOf(letter)] }),
          );
          await whileMongoIsThere(() =>
            this.letters.updateOne(
              { _id: letter._id, state: 'open', lastFailedAt: letter.lastFailedAt },
              { $set: { state: 'replayed', replayedAt: new Date() }, $inc: { replays: 1 } },
            ),
          );
        }
      }
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
    return { affected: ids.length, ids };
  }

  /** Closes open dead letters without replay; bytes, error and reason stay on record. */
  async discard(request: DiscardRequest): Promise<ActionAnswer> {
    const ids = await this.openIds(request);
    await whileMongoIsThere(() =>
      this.letters.updateMany(
        { _id: { $in: ids }, state: 'open' },
        { $set: { state: 'discarded', discardedAt: new Date(), discardReason: request.reason } },
      ),
    );
    return { affected: ids.length, ids };
  }

  async countOpen(): Promise<number> {
    return whileMongoIsThere(() => this.letters.countDocuments({ state: 'open' }));
  }

  /** The item's failures at this stage, as steps of its journey. */
  async journey(contentId: string): Promise<JourneyStep[]> {
    const letters = await whileMongoIsThere(() => this.letters.find({ contentId }, { value: 0 }).lean());
    return letters.map((letter) => ({
      stage: this.stage,
      revision: letter.revision ?? 1,
      kind: letter.kind ?? 'original',
      outcome: 'dead-lettered',
      code: letter.code,
      detail: `${letter.detail} [${letter.state}]`,
      storedAt: letter.lastFailedAt.toISOString(),
      heard: letter.place,
    }));
  }

  private async openIds(request: ReplayRequest): Promise<string[]> {
    const chosen = request.ids === undefined ? {} : { _id: { $in: request.ids } };
    const filter = { $and: [queryOf({ ...request.filter, state: 'open' }), chosen] };
    const rows = await whileMongoIsThere(() =>
      this.letters.find(filter, { _id: 1 }).sort({ firstFailedAt: 1, _id: 1 }).lean(),
    );
    return rows.map(({ _id }) => _id);
  }
}

function queryOf(filter: DeadLetterFilter): QueryFilter<DeadLetterDocument> {
  const wanted = { state: filter.state, code: filter.code, source: filter.source, contentId: filter.contentId };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([field, value]) => (value === undefined ? [] : [[field, { $eq: value }]])),
  );
}

function afterCursor(cursor: string): QueryFilter<DeadLetterDocument> {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ', 2);
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return { _id: { $in: [] } };
  return { $or: [{ lastFailedAt: { $lt: at } }, { lastFailedAt: at, _id: { $lt: id } }] };
}

function summaryOf(letter: Omit<DeadLetterDocument, 'key' | 'headers' | 'stack'>): DeadLetterSummary {
  return {
    id: letter._id,
    stage: letter.stage,
    state: letter.state,
    code: letter.code,
    detail: letter.detail,
    attempts: letter.attempts,
    place: letter.place,
    contentId: letter.contentId,
    source: letter.source,
    firstFailedAt: letter.firstFailedAt.toISOString(),
    lastFailedAt: letter.lastFailedAt.toISOString(),
    valueBytes: bytesOf(letter.value)?.length ?? 0,
    replays: letter.replays,
    edits: 0,
    discardReason: letter.discardReason,
  };
}

function messageOf(letter: DeadLetterDocument): {
  partition: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | Buffer[]>;
} {
  const headers: Record<string, Buffer | Buffer[]> = {};
  for (const { name, value } of letter.headers) {
    const bytes = bytesOf(value) ?? Buffer.alloc(0);
    const before = headers[name];
    headers[name] = before === undefined ? bytes : [before, bytes].flat();
  }
  return {
    partition: letter.place.partition,
    key: bytesOf(letter.key),
    value: bytesOf(letter.value),
    headers: { ...headers, [REPLAY_HEADER]: Buffer.from(letter._id) },
  };
}

function replayedLetter(message: ReceivedMessage): string | undefined {
  return message.headers
    .find(([name]) => name === REPLAY_HEADER)?.[1]
    .toString('utf8')
    .slice(0, 500);
}

function detailOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_DETAIL);
}

/** What the driver returns for stored bytes: a Buffer through mongoose, a BSON Binary when lean. */
function bytesOf(value: Buffer | Binary | null | undefined): Buffer | null {
  if (value === null || value === undefined) return null;
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer);
}

function base64Of(value: Buffer | Binary | null | undefined): string | undefined {
  return bytesOf(value)?.toString('base64');
}
