import {
  type EventContract,
  type EventMessage,
  type JourneyStep,
  PIPELINE,
  type StageName,
  toMessage,
} from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { randomUUID } from 'node:crypto';
import type { BatchPlace, SaidDocument } from './outbox-batch.js';
import type { OutboxBatches } from './outbox-batches.js';
import type { Ending, Outcome } from './outcome.js';
import type { ReceivedEvent } from './received-message.js';
import { type StageDocument, documentId, isAfter, journeyStepOf } from './stage-document.js';

/** The newest stored revision of an item: what the guard against old and repeated events compares with. */
export type Head<TDoc extends StageDocument> = Pick<TDoc, 'contentId' | 'revision' | 'processingVersion' | 'outcome'> &
  Partial<TDoc> & { said: boolean };

/** An event that is new to the stage, with what the stage last stored of its item. */
export interface FreshEvent<TIn extends object, TDoc extends StageDocument> {
  event: ReceivedEvent<TIn>;
  head?: Head<TDoc>;
}

/** What a handler gets: a validated event, and what the stage last stored of its item. */
export type StageEvent<TIn extends object, TDoc extends StageDocument> = ReceivedEvent<TIn> & { head?: Head<TDoc> };

/** Events told apart by the guard: new ones, and ones already done, some of them never said. */
export interface Sifted<TIn extends object, TDoc extends StageDocument> {
  fresh: FreshEvent<TIn, TDoc>[];
  known: ReceivedEvent<TIn>[];
  unsaid: TDoc[];
}

/** What a handler decided for an event. */
export interface Decision<TIn extends object, TResult, TDoc extends StageDocument> extends FreshEvent<TIn, TDoc> {
  outcome: Outcome<TResult>;
}

/**
 * What persisting a decision came to; `failure` is what makes it a dead letter after all. A document that `mustWait`
 * has a predecessor that is not marked as said, and may only be said behind it.
 */
export type Persisted<TDoc extends StageDocument> =
  | { ending: Exclude<Ending, 'dead-lettered'>; code?: string; document?: TDoc; mustWait?: boolean }
  | { ending: 'dead-lettered'; failure: Error };

type Version = Pick<StageDocument, 'contentId' | 'revision' | 'processingVersion' | 'said' | 'batch'>;

const LEASE_MS = 30_000;
const DUPLICATE_KEY = 11000;
/** Names the time too: MongoDB takes the partial index of what is unsaid only for a question about the field it is on. */
const UNSAID = { said: false, storedAt: { $gte: new Date(0) } };

/**
 * A stage's documents: result and outbox in one. All writes are on a majority's journal before they return.
 *
 * The hot path uses the driver's collection, since hydrating and casting every document costs more than
 * the rest of a stage; documents are built by typed code and checked against the schema in tests.
 */
export abstract class StageStore<TIn extends object, TResult, TDoc extends StageDocument> {
  /** Fields beside the guard's own that `heads` is to bring along. */
  protected readonly headFields: string[] = [];
  private readonly events = new WeakMap<StageDocument, EventMessage>();
  private readonly batchPlaces = new WeakMap<StageDocument, BatchPlace>();
  /** Fields a sweep reads otherwise than they are stored, as a $set stage: what is large and not said is left behind. */
  protected readonly neededToSay: Record<string, unknown> | undefined = undefined;

  /** Typed by what every stage has; the cast to the stage's own document is where BSON becomes a type. */
  protected readonly collection: Collection<StageDocument>;

  readonly says: EventContract;

  constructor(
    model: Pick<Model<TDoc>, 'collection'>,
    private readonly stage: StageName,
    private readonly batches: OutboxBatches,
  ) {
    this.says = PIPELINE[stage].says;
    this.collection = model.collection as unknown as Collection<StageDocument>;
  }

  /** The item an event speaks of; events of one item are handled one after the other. */
  abstract itemOf(data: TIn): string;

  /** Tells new events from those already done. An event at or below what is stored is never done again. */
  abstract sift(events: ReceivedEvent<TIn>[]): Promise<Sifted<TIn, TDoc>>;

  /** Stores what was decided, each item once. @returns what became of each decision, in order. */
  abstract persist(decisions: Decision<TIn, TResult, TDoc>[]): Promise<Persisted<TDoc>[]>;

  /**
   * Brings what hangs on stored documents in line before they are said; called again for documents that a
   * crash left unsaid, so it must be safe to repeat.
   */
  settle(_documents: TDoc[]): Promise<void> {
    return Promise.resolve();
  }

  /** The data of the event a stored document says; a pure function of it, so saying it twice says the same. */
  protected abstract dataOf(document: TDoc): object;

  /** The event a stored document says, built once while the document is at hand: its size is looked at before. */
  eventOf(document: TDoc, data?: object): EventMessage {
    const built = this.events.get(document) ?? this.messageOf(document, data);
    this.events.set(document, built);
    return built;
  }

  protected messageOf(document: TDoc, data = this.dataOf(document)): EventMessage {
    const attributes = {
      id: document.eventId,
      source: `urn:wireroom:${this.stage}`,
      subject: document.contentId,
      time: document.storedAt.toISOString(),
      traceparent: document.traceparent,
    };
    return toMessage(this.says, attributes, data);
  }

  /** The words of a document for an item's journey. */
  protected titleOf(_document: TDoc): string | undefined {
    return undefined;
  }

  /** The newest stored revision of each item that has one. */
  async heads(contentIds: string[]): Promise<Map<string, Head<TDoc>>> {
    const ids = await this.newestIds(contentIds);
    if (ids.length === 0) return new Map();
    const fields = ['contentId', 'revision', 'processingVersion', 'said', 'batch', 'outcome', ...this.headFields];
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    const heads = await whileMongoIsThere(() =>
      this.collection.find<Head<TDoc>>({ _id: { $in: ids } }, { projection }).toArray(),
    );
    const isSaid = await this.batches.judge(heads);
    for (const head of heads) head.said = isSaid(head);
    return new Map(heads.map((head) => [head.contentId, head]));
  }

  /** Read off the index alone, so that an item nobody knows, the usual case, and one of many revisions cost little. */
  private async newestIds(contentIds: string[]): Promise<string[]> {
    const projection = { _id: 0, contentId: 1, revision: 1, processingVersion: 1 };
    const keys = await whileMongoIsThere(() =>
      this.collection.find({ contentId: { $in: contentIds } }, { projection }).toArray(),
    );
    const newest = new Map<string, (typeof keys)[number]>();
    for (const key of keys) {
      const known = newest.get(key.contentId);
      if (!known || isAfter(key, known)) newest.set(key.contentId, key);
    }
    return [...newest.values()].map((key) => documentId(key.contentId, key.revision, key.processingVersion));
  }

  /**
   * Stores documents that are not there yet. One that is (an earlier delivery) stays as it was.
   *
   * @returns the documents as they are stored, in the order given.
   * @throws UnavailableError
   */
  async saveAll(documents: TDoc[]): Promise<TDoc[]> {
    if (documents.length === 0) return [];
    const present = new Set((await this.insertNew(documents)).map((index) => documents[index]!._id));
    if (present.size === 0) return documents;
    const stored = await this.byIds([...present]);
    return documents.map((document) => (present.has(document._id) ? (stored.get(document._id) ?? document) : document));
  }

  /** The stored, unsaid documents among these ids: what a crash left to say. */
  async unsaidAmong(ids: string[]): Promise<TDoc[]> {
    if (ids.length === 0) return [];
    const left = await whileMongoIsThere(() =>
      this.collection
        .find({ _id: { $in: ids }, said: { $ne: true } })
        .project<Pick<StageDocument, '_id' | 'said' | 'batch'>>({ said: 1, batch: 1 })
        .toArray(),
    );
    const isSaid = await this.batches.judge(left);
    const unsaid = left.filter((document) => !isSaid(document));
    return unsaid.length === 0 ? [] : this.findAll({ _id: { $in: unsaid.map(({ _id }) => _id) } });
  }

  /** Where a document that was stored just now stands in its batch; undefined where it keeps its own mark. */
  batchPlaceOf(document: StageDocument): BatchPlace | undefined {
    return this.batchPlaces.get(document);
  }

  /**
   * Remembers that the broker has the events: once for each whole batch, and in the documents of no batch. Losing this
   * write only means saying them again.
   */
  async markSaid(documents: SaidDocument[], owner?: string): Promise<void> {
    await this.markEach(await this.batches.close(documents), owner);
  }

  /** One update for all, which looks each document's place up by its id, costs a third of an update for each. */
  private async markEach(documents: SaidDocument[], owner?: string): Promise<void> {
    if (documents.length === 0) return;
    const ids = documents.map(({ _id }) => _id);
    const places = documents.map(({ place }) => ({ ...place, offset: Number(place.offset) }));
    const saidPlace = { $arrayElemAt: [{ $literal: places }, { $indexOfArray: [{ $literal: ids }, '$_id'] }] };
    const claim = owner === undefined ? {} : { 'lease.owner': owner };
    await whileMongoIsThere(() =>
      this.collection.updateMany(
        { _id: { $in: ids }, ...claim },
        [{ $set: { said: true, saidAt: new Date(), saidPlace } }, { $unset: 'lease' }],
        { writeConcern: { w: 1 } },
      ),
    );
  }

  /**
   * Claims unsaid documents older than `ageMs`, by database time, for one sweep: of each item the oldest
   * ones without a gap, so that no sweep can overtake an earlier revision.
   */
  async claimUnsaid(ageMs: number, limit: number): Promise<{ owner: string; documents: TDoc[] }> {
    const owner = randomUUID();
    await this.batches.dissolveOverdue(this.collection, ageMs);
    return whileMongoIsThere(async () => {
      const due = await this.collection
        .find({ said: false, $expr: { $lt: ['$storedAt', { $subtract: ['$$NOW', ageMs] }] } })
        .project<{ contentId: string }>({ contentId: 1, _id: 0 })
        .sort({ storedAt: 1 })
        .limit(limit)
        .toArray();
      if (due.length === 0) return { owner, documents: [] };

      const contentIds = [...new Set(due.map(({ contentId }) => contentId))];
      const unsaid = { contentId: { $in: contentIds }, said: false };
      await this.collection.updateMany(
        { ...unsaid, $expr: { $lt: [{ $ifNull: ['$lease.until', new Date(0)] }, '$$NOW'] } },
        [{ $set: { lease: { owner, until: { $add: ['$$NOW', LEASE_MS] } } } }],
      );
      // Read before the documents that say so themselves: one that a sweep takes out of its batch meanwhile is in both.
      const inBatches = await this.inOpenBatches(contentIds);
      const ordered = await this.collection
        .aggregate<TDoc>([
          { $match: unsaid },
          { $sort: { contentId: 1, revision: 1, processingVersion: 1 } },
          ...(this.neededToSay ? [{ $set: this.neededToSay }] : []),
        ])
        .toArray();
      return { owner, documents: withoutGaps(ordered, owner, inBatches) };
    });
  }

  /** Gives a sweep's claim back, so that the next one need not wait for the lease to run out. */
  async release(owner: string): Promise<void> {
    await whileMongoIsThere(() =>
      this.collection.updateMany({ ...UNSAID, 'lease.owner': owner }, { $unset: { lease: '' } } as never),
    );
  }

  /** The revisions of items that are unsaid as part of a batch. */
  private async inOpenBatches(contentIds: string[]): Promise<Version[]> {
    const told = await this.collection
      .find({ contentId: { $in: contentIds }, said: { $exists: false } })
      .project<Version>({ _id: 0, contentId: 1, revision: 1, processingVersion: 1, batch: 1 })
      .toArray();
    const isSaid = await this.batches.judge(told);
    const unsaid = told.filter((one) => !isSaid(one));
    await this.batches.takeOutOfMissing(this.collection, unsaid);
    return unsaid;
  }

  /** How many documents are unsaid, and since when the oldest one waits. */
  async unsaid(): Promise<{ count: number; oldestSeconds: number }> {
    return whileMongoIsThere(async () => {
      const [batches, count, oldest] = await Promise.all([
        this.batches.unsaid(),
        this.collection.countDocuments(UNSAID),
        this.collection.find(UNSAID).project<{ storedAt: Date }>({ storedAt: 1 }).sort({ storedAt: 1 }).limit(1).next(),
      ]);
      const since = [oldest?.storedAt, batches.oldest].flatMap((date) => date?.getTime() ?? []);
      const waited = Date.now() - Math.min(Date.now(), ...since);
      return { count: count + batches.count, oldestSeconds: Math.floor(waited / 1000) };
    });
  }

  /**
   * How many revisions ended how. Skipped ones are counted by their index and the rest is taken from the number of
   * documents that the database keeps, as counting a million of them takes seconds; after a crash of the database
   * that number may be off until the collection has been validated.
   */
  async countOutcomes(): Promise<Record<StageDocument['outcome'], number>> {
    return whileMongoIsThere(async () => {
      const [all, skipped] = await Promise.all([
        this.collection.estimatedDocumentCount(),
        this.collection.countDocuments({ outcome: 'skipped' }),
      ]);
      return { done: all - skipped, skipped };
    });
  }

  /** What this stage did with an item, oldest revision first. */
  async journey(contentId: string): Promise<JourneyStep[]> {
    const documents = await this.findAll({ contentId }, { revision: 1, processingVersion: 1 });
    return documents.map((document) => journeyStepOf(this.stage, document, this.titleOf(document)));
  }

  /**
   * Stores new documents, all in one write.
   *
   * @returns positions of those that were already there
   * @throws UnavailableError
   */
  protected async insertNew(documents: TDoc[]): Promise<number[]> {
    await this.batches.open(documents);
    const present = await this.insertAll(documents);
    this.rememberBatch(documents.filter(({ batch }, index) => batch && !present.includes(index)));
    return present;
  }

  private async insertAll(documents: TDoc[]): Promise<number[]> {
    try {
      await whileMongoIsThere(() =>
        this.collection.insertMany(documents, { ordered: false, forceServerObjectId: true }),
      );
      return [];
    } catch (error) {
      const present = duplicatesIn(error);
      if (!present) throw error;
      return present;
    }
  }

  private rememberBatch(members: TDoc[]): void {
    for (const document of members) this.batchPlaces.set(document, { ...document.batch!, size: members.length });
  }

  /** The one cast from what the database answers to the stage's document. */
  private async findAll(filter: Filter<StageDocument>, sort: Record<string, 1 | -1> = {}): Promise<TDoc[]> {
    const found = await whileMongoIsThere(() => this.collection.find(filter).sort(sort).toArray());
    return (await this.batches.complete(found)) as unknown as TDoc[];
  }

  private async byIds(ids: string[]): Promise<Map<string, TDoc>> {
    const documents = await this.findAll({ _id: { $in: ids } });
    return new Map(documents.map((document) => [document._id, document]));
  }
}

/** Positions of the documents a bulk insert found to be there, or undefined when it failed for another reason. */
export function duplicatesIn(error: unknown): number[] | undefined {
  const { writeErrors } = error as {
    writeErrors?: { code: number; index: number }[] | { code: number; index: number };
  };
  if (writeErrors === undefined) return undefined;
  const errors = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  if (errors.some(({ code }) => code !== DUPLICATE_KEY)) return undefined;
  return errors.map(({ index }) => index);
}

/** Of each item what comes before the first document that another is to say. */
function withoutGaps<TDoc extends StageDocument>(ordered: TDoc[], owner: string, inBatches: Version[]): TDoc[] {
  const blocked = new Set<string>();
  return ordered.filter((document) => {
    const { contentId, lease } = document;
    const isBehindBatch = inBatches.some((other) => other.contentId === contentId && isAfter(document, other));
    if (lease?.owner !== owner || isBehindBatch) blocked.add(contentId);
    return !blocked.has(contentId);
  });
}
