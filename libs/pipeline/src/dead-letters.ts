import { Inject, Injectable } from '@nestjs/common';
import {
  DEAD_LETTER_STATES,
  type DeadLetterAnswer,
  type DeadLetterEdit,
  type DeadLetterFilter,
  type DeadLetterHeader,
  type DeadLetterPage,
  type DeadLetterState,
  type DeadLetterSummary,
  type JourneyStep,
  type ListDeadLettersRequest,
  type ReplayEnding,
  type StageName,
} from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { randomUUID } from 'node:crypto';
import {
  type DeadLetterDocument,
  type DeadLetterEditDocument,
  type DeliveryAttemptDocument,
  deadLetterEditSchema,
  deadLetterSchema,
  deliveryAttemptSchema,
} from './dead-letter.schema.js';
import { codeOf } from './errors.js';
import { type ReceivedMessage, nameOf } from './received-message.js';
import { type ReplayMark, replayMarkOf } from './replay-mark.js';
import { bytesOf } from './stored-bytes.js';
import { MONGO, STAGE } from './tokens.js';

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

/** How a replayed message ended that did not fail again. */
export interface Recovery {
  message: ReceivedMessage;
  outcome: ReplayEnding;
  code?: string;
  contentId?: string;
  revision?: number;
}

/** What is known of a dead letter when its message fails again. */
type Known = Pick<DeadLetterDocument, 'state' | 'code' | 'place' | 'replayToken'>;

/** States in which a dead letter waits for someone. */
export const WAITING_STATES: DeadLetterState[] = ['open', 'parked'];
const PAGE = 50;
const MAX_DETAIL = 2000;
const WITHOUT_BYTES = { key: 0, value: 0, headers: 0, stack: 0 } as const;

/** The dead letters of one stage, and the count of failed deliveries that leads to them. */
@Injectable()
export class DeadLetters {
  readonly letters: Model<DeadLetterDocument>;
  readonly edits: Model<DeadLetterEditDocument>;
  private readonly attempts: Model<DeliveryAttemptDocument>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(STAGE) private readonly stage: StageName,
  ) {
    this.letters = mongo.model<DeadLetterDocument>('DeadLetter', deadLetterSchema);
    this.edits = mongo.model<DeadLetterEditDocument>('DeadLetterEdit', deadLetterEditSchema);
    this.attempts = mongo.model<DeliveryAttemptDocument>('DeliveryAttempt', deliveryAttemptSchema);
  }

  get models(): Model<never>[] {
    return [this.letters, this.edits, this.attempts] as unknown as Model<never>[];
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

  /**
   * Stores what could not be processed, bytes untouched. Safe to call twice for the same message. A replay that fails
   * is the dead letter it came from, which opens again; or is parked, when it fails as it did before.
   */
  async addAll(failures: Failure[]): Promise<void> {
    if (failures.length === 0) return;
    const known = await this.knownOf(failures.map(({ message }) => message));
    const now = new Date();
    const operations = failures.map((failure) => {
      const { message } = failure;
      const _id = letterIdOf(message, known);
      const before = known.get(_id);
      return {
        updateOne: {
          filter: { _id },
          update: {
            $set: {
              state: stateAfter(failure, before),
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
              valueBytes: message.value?.length ?? 0,
              headers: message.headers.map(([name, value]) => ({ name, value })),
              contentId: failure.contentId,
              source: failure.source,
              revision: failure.revision,
              kind: failure.kind,
              firstFailedAt: now,
              replayToken: randomUUID(),
              replays: 0,
              edits: 0,
            },
          },
          upsert: true,
        },
      };
    });
    await whileMongoIsThere(() => this.letters.collection.bulkWrite(operations as never, { ordered: false }));
  }

  /** Closes the dead letters whose replays did not fail again, each with how it ended. Safe to call twice. */
  async resolveAll(recoveries: Recovery[]): Promise<void> {
    const replays = recoveries.flatMap(({ message, ...ending }) => {
      const mark = replayMarkOf(message);
      return mark ? [{ mark, ending }] : [];
    });
    if (replays.length === 0) return;
    const at = new Date();
    const operations = replays.map(({ mark: { letterId, token }, ending }) => ({
      updateOne: {
        filter: { _id: letterId, replayToken: token, state: { $in: ['open', 'parked', 'replayed'] } },
        update: { $set: { state: 'resolved', resolution: { ...ending, at } } },
      },
    }));
    await whileMongoIsThere(() => this.letters.collection.bulkWrite(operations as never, { ordered: false }));
  }

  /** Newest failure first. */
  async list(request: ListDeadLettersRequest): Promise<DeadLetterPage> {
    const filter = deadLetterQuery(request);
    const limit = request.limit ?? PAGE;
    const after = request.cursor === undefined ? {} : afterCursor(request.cursor);
    return whileMongoIsThere(async () => {
      const [total, rows] = await Promise.all([
        this.letters.countDocuments(filter),
        this.letters
          .find({ $and: [filter, after] }, WITHOUT_BYTES)
          .sort({ lastFailedAt: -1, _id: -1 })
          .limit(limit + 1)
          .lean(),
      ]);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(deadLetterSummary),
        total,
        nextCursor: last && Buffer.from(`${last.lastFailedAt.toISOString()} ${last._id}`).toString('base64url'),
      };
    });
  }

  /** One dead letter with its bytes; undefined where there is none of that id. */
  async find(id: string): Promise<DeadLetterAnswer | undefined> {
    const [letter, edits] = await whileMongoIsThere(() =>
      Promise.all([this.letters.findById(id).lean(), this.edits.find({ letterId: id }).sort({ edit: 1 }).lean()]),
    );
    return letter ? deadLetterAnswer(letter, edits) : undefined;
  }

  async countOpen(): Promise<number> {
    return whileMongoIsThere(() => this.letters.countDocuments({ state: { $in: WAITING_STATES } }));
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

  /** The dead letters that these messages are already, by their place or as replays of them. */
  private async knownOf(messages: ReceivedMessage[]): Promise<Map<string, Known>> {
    const ids = messages.flatMap((message) => [nameOf(message.place), replayMarkOf(message)?.letterId ?? []].flat());
    const rows = await whileMongoIsThere(() =>
      this.letters.find({ _id: { $in: ids } }, { state: 1, code: 1, place: 1, replayToken: 1 }).lean(),
    );
    return new Map(rows.map((row) => [row._id, row]));
  }
}

/** Which dead letters a filter means. */
export function deadLetterQuery(filter: DeadLetterFilter): QueryFilter<DeadLetterDocument> {
  const source = filter.source === '' ? null : filter.source;
  const wanted = { code: filter.code, source, contentId: filter.contentId };
  const fields = Object.entries(wanted).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, { $eq: value }] as const],
  );
  return { ...statesOf(filter), ...Object.fromEntries(fields), ...failedWithin(filter) };
}

/** Any state is named as all of them: the indexes begin with it. */
function statesOf({ state }: DeadLetterFilter): QueryFilter<DeadLetterDocument> {
  if (state === undefined) return { state: { $in: [...DEAD_LETTER_STATES] } };
  return { state: state === 'waiting' ? { $in: WAITING_STATES } : { $eq: state } };
}

function failedWithin({ from, to }: DeadLetterFilter): QueryFilter<DeadLetterDocument> {
  if (from === undefined && to === undefined) return {};
  return {
    lastFailedAt: {
      ...(from === undefined ? {} : { $gte: new Date(from) }),
      ...(to === undefined ? {} : { $lt: new Date(to) }),
    },
  };
}

/** What a dead letter is without its bytes. */
export function deadLetterSummary(
  letter: Omit<DeadLetterDocument, 'key' | 'value' | 'headers' | 'stack' | 'replayToken'>,
): DeadLetterSummary {
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
    revision: letter.revision,
    firstFailedAt: letter.firstFailedAt.toISOString(),
    lastFailedAt: letter.lastFailedAt.toISOString(),
    valueBytes: letter.valueBytes,
    replays: letter.replays,
    edits: letter.edits,
    replayedAt: letter.replayedAt?.toISOString(),
    resolution: letter.resolution && { ...letter.resolution, at: letter.resolution.at.toISOString() },
    discardedAt: letter.discardedAt?.toISOString(),
    discardReason: letter.discardReason,
  };
}

function deadLetterAnswer(letter: DeadLetterDocument, edits: DeadLetterEditDocument[]): DeadLetterAnswer {
  return {
    ...deadLetterSummary(letter),
    ...messageAnswer(letter),
    versions: edits.map((edit): DeadLetterEdit => ({
      edit: edit.edit,
      ...messageAnswer(edit),
      reason: edit.reason,
      by: edit.by,
      at: edit.at.toISOString(),
    })),
    stack: letter.stack,
  };
}

function messageAnswer({ key, value, headers }: Pick<DeadLetterDocument, 'key' | 'value' | 'headers'>): {
  keyBase64?: string;
  valueBase64?: string;
  headers: DeadLetterHeader[];
} {
  return {
    keyBase64: bytesOf(key)?.toString('base64'),
    valueBase64: bytesOf(value)?.toString('base64'),
    headers: headers.map((header) => ({
      name: header.name,
      valueBase64: bytesOf(header.value)?.toString('base64') ?? '',
    })),
  };
}

function afterCursor(cursor: string): QueryFilter<DeadLetterDocument> {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ', 2);
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return { _id: { $in: [] } };
  return { $or: [{ lastFailedAt: { $lt: at } }, { lastFailedAt: at, _id: { $lt: id } }] };
}

/** A replay is the dead letter it came from; every other message is its own, named by its place. */
function letterIdOf(message: ReceivedMessage, known: Map<string, Known>): string {
  const mark: ReplayMark | undefined = replayMarkOf(message);
  const isReplay = mark !== undefined && known.get(mark.letterId)?.replayToken === mark.token;
  return isReplay ? mark.letterId : nameOf(message.place);
}

/** The guard against endless replay: what fails as it did before waits until someone names it. */
function stateAfter({ message, error }: Failure, before: Known | undefined): DeadLetterState {
  if (!before) return 'open';
  if (nameOf(before.place) === nameOf(message.place)) return before.state;
  return before.code === codeOf(error) ? 'parked' : 'open';
}

function detailOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_DETAIL);
}
