import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Backends, startBackends } from '@wireroom/backends';
import { ContentEnriched, type ContentIngestedData, type TopicPlace, eventIdOf } from '@wireroom/contracts';
import {
  OutboxBatches,
  type OutboxBatch,
  type Persisted,
  type SaidDocument,
  type Sifted,
  type StageDocument,
  StageStore,
  documentId,
  outboxBatchSchema,
  stageSchema,
} from '@wireroom/pipeline';
import { ServiceEnv, connectMongo, ensureIndexes } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(120_000);

/** Old enough to be swept, whatever the clock. */
const AT_ONCE_MS = -1000;
const HOUR_MS = 60 * 60_000;

/** A stage that only stores and marks. */
class NoteStore extends StageStore<ContentIngestedData, string, StageDocument> {
  itemOf({ contentId }: ContentIngestedData): string {
    return contentId;
  }

  sift(): Promise<Sifted<ContentIngestedData, StageDocument>> {
    return Promise.reject(new Error('hears nothing'));
  }

  persist(): Promise<Persisted<StageDocument>[]> {
    return Promise.reject(new Error('decides nothing'));
  }

  protected dataOf(): object {
    return {};
  }
}

/** Documents of which a batch tells whether they were said, on a real MongoDB. */
describe('the outbox of documents stored together', () => {
  let dir: string;
  let backends: Backends;
  let mongo: Connection;
  let documents: Model<StageDocument>;
  let batches: Model<OutboxBatch>;
  let store: NoteStore;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'wireroom-e2e-'));
    backends = await startBackends({ dir, origins: ['local'] });
    mongo = await connectMongo(backends.mongoUri, 'wireroom_outbox');
    documents = mongo.model('Note', stageSchema('notes', {})) as unknown as Model<StageDocument>;
    batches = mongo.model('OutboxBatch', outboxBatchSchema) as unknown as Model<OutboxBatch>;
    await ensureIndexes([documents, batches] as unknown as Model<never>[]);
  });
  afterAll(async () => {
    await mongo?.close();
    await backends?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await Promise.all([documents.deleteMany({}), batches.deleteMany({})]);
    store = newStore();
  });

  /** As another instance of the stage, or one started anew, has it. */
  function newStore(): NoteStore {
    return new NoteStore(documents, 'enrichment', new OutboxBatches(mongo, new ServiceEnv()));
  }

  async function mark(by: NoteStore, said: SaidDocument[], owner?: string): Promise<void> {
    await by.markSaid(said, owner);
    await onMajority();
  }

  /** A mark is not waited for on a majority, and is only read from there: it is there once a later write is. */
  async function onMajority(): Promise<void> {
    await mongo.collection('ticks').insertOne({});
  }

  function stored(id: string): Promise<StageDocument | null> {
    return documents.findById(id).lean<StageDocument>();
  }

  it('given eight documents, then none says of itself what one batch says of all', async () => {
    const notes = notesOf(8);
    await store.saveAll(notes);
    expect(await stored(notes[3]!._id)).toMatchObject({ batch: { at: 3 } });
    expect(await stored(notes[3]!._id)).not.toHaveProperty('said');
    expect(await store.unsaid()).toMatchObject({ count: 8 });

    await mark(store, acknowledged(notes));
    expect(await store.unsaid()).toEqual({ count: 0, oldestSeconds: 0 });
    expect(await batches.find().lean()).toMatchObject([{ partitions: [0, 1, 0, 1, 0, 1, 0, 1] }]);
    const [step] = await store.journey(notes[3]!.contentId);
    expect(step).toMatchObject({ said: { topic: 't', partition: 1, offset: '1003' }, saidAt: expect.any(String) });
    expect(await store.heads([notes[3]!.contentId])).toEqual(
      new Map([[notes[3]!.contentId, expect.objectContaining({ said: true })]]),
    );
  });

  it('given seven, then each keeps a mark of its own', async () => {
    const notes = notesOf(7);
    await store.saveAll(notes);
    await mark(store, acknowledged(notes));
    expect(await batches.countDocuments()).toBe(0);
    expect(await documents.countDocuments({ said: true, 'saidPlace.topic': 't' })).toBe(7);
  });

  it('given a writer that died before it said them, then a redelivery and a sweep both find them', async () => {
    const notes = notesOf(9);
    await store.saveAll(notes);
    const after = newStore();
    expect(idsOf(await after.unsaidAmong(idsOf(notes)))).toEqual(idsOf(notes));
    expect((await after.heads([notes[0]!.contentId])).get(notes[0]!.contentId)).toMatchObject({ said: false });

    const { owner, documents: swept } = await after.claimUnsaid(AT_ONCE_MS, 100);
    expect(idsOf(swept)).toEqual(idsOf(notes));
    expect(await batches.countDocuments()).toBe(0);
    await mark(after, acknowledged(swept, after), owner);
    expect(await documents.countDocuments({ said: true, 'saidPlace.topic': 't', batch: { $exists: false } })).toBe(9);
    expect(await after.unsaidAmong(idsOf(notes))).toEqual([]);
  });

  it('given a batch that is young, then no sweep touches it', async () => {
    await store.saveAll(notesOf(8));
    expect(await newStore().claimUnsaid(HOUR_MS, 100)).toMatchObject({ documents: [] });
    expect(await batches.countDocuments({ open: true, dissolving: { $exists: false } })).toBe(1);
  });

  it('given documents that were said, then neither a redelivery nor a sweep finds them', async () => {
    const notes = notesOf(8);
    await store.saveAll(notes);
    await mark(store, acknowledged(notes));
    expect(await newStore().unsaidAmong(idsOf(notes))).toEqual([]);
    expect(await newStore().claimUnsaid(AT_ONCE_MS, 100)).toMatchObject({ documents: [] });
  });

  it('given a batch said in part, then these are marked in themselves and a sweep says the others', async () => {
    const notes = notesOf(10);
    await store.saveAll(notes);
    await mark(store, acknowledged(notes.slice(0, 4)));
    const { documents: swept } = await newStore().claimUnsaid(AT_ONCE_MS, 100);
    expect(idsOf(swept)).toEqual(idsOf(notes.slice(4)));
    expect(await documents.countDocuments({ said: true, 'saidPlace.topic': 't' })).toBe(4);
  });

  it('given a writer that was only slow, then what it said after the sweep is marked document by document', async () => {
    const notes = notesOf(8);
    await store.saveAll(notes);
    const { owner } = await newStore().claimUnsaid(AT_ONCE_MS, 100);
    await mark(store, acknowledged(notes));
    expect(await documents.countDocuments({ said: true, 'saidPlace.topic': 't' })).toBe(8);
    await newStore().release(owner);
    expect(await newStore().claimUnsaid(AT_ONCE_MS, 100)).toMatchObject({ documents: [] });
  });

  it('given a writer whose documents come after the sweep took their batch apart, then the next sweep finds them', async () => {
    const notes = notesOf(8);
    await new OutboxBatches(mongo, new ServiceEnv()).open(notes);
    expect(await newStore().claimUnsaid(AT_ONCE_MS, 100)).toMatchObject({ documents: [] });
    expect(await newStore().unsaid()).toEqual({ count: 0, oldestSeconds: 0 });

    await documents.collection.insertMany(notes as never, { ignoreUndefined: true });
    expect(idsOf(await newStore().unsaidAmong(idsOf(notes)))).toEqual(idsOf(notes));
    expect(await newStore().claimUnsaid(AT_ONCE_MS, 100)).toMatchObject({ documents: [] });
    await batches.updateMany({}, { $set: { lookAgainAt: new Date(0) } });
    expect(idsOf((await newStore().claimUnsaid(AT_ONCE_MS, 100)).documents)).toEqual(idsOf(notes));
    expect(await batches.countDocuments()).toBe(0);
  });

  it('given a sweep that died after it had announced to take a batch apart, then the next one does it', async () => {
    const notes = notesOf(8);
    await store.saveAll(notes);
    await batches.updateMany({}, { $set: { dissolving: true } });
    expect(await newStore().unsaid()).toMatchObject({ count: 8 });
    await mark(store, acknowledged(notes.slice(0, 3)));
    expect(idsOf((await newStore().claimUnsaid(AT_ONCE_MS, 100)).documents)).toEqual(idsOf(notes.slice(3)));
    expect(await batches.countDocuments()).toBe(0);
    expect(await documents.countDocuments({ said: true })).toBe(3);
  });

  it('given documents some of which another instance has stored before, then the batch tells of the others alone', async () => {
    const notes = notesOf(12);
    const others = notes.slice(0, 2).map((note) => ({ ...note }));
    await newStore().saveAll(others);
    const kept = await store.saveAll(notes);
    expect(kept.slice(0, 2).map(({ said, batch }) => [said, batch])).toEqual([
      [false, undefined],
      [false, undefined],
    ]);
    await mark(store, acknowledged(kept, store));
    expect(await documents.countDocuments({ said: true })).toBe(2);
    expect(await batches.countDocuments({ open: true })).toBe(0);
    expect(await store.unsaidAmong(idsOf(notes))).toEqual([]);
  });

  it('given an earlier revision in a batch that is not overdue, then a later one is not said before it', async () => {
    const first = notesOf(8);
    const second = { ...note(first[0]!.contentId, 2), storedAt: new Date(Date.now() - 2 * HOUR_MS) };
    const alone = { ...note(randomUUID(), 1), storedAt: new Date(Date.now() - 2 * HOUR_MS) };
    await store.saveAll(first);
    await store.saveAll([second, alone]);
    expect(idsOf((await newStore().claimUnsaid(HOUR_MS, 100)).documents)).toEqual([alone._id]);

    await mark(store, acknowledged(first));
    await documents.updateMany({}, { $unset: { lease: 1 } });
    expect(idsOf((await newStore().claimUnsaid(HOUR_MS, 100)).documents).toSorted()).toEqual(
      [second._id, alone._id].toSorted(),
    );
  });

  it('given a place on the topic, then the documents said around it are found', async () => {
    const notes = notesOf(40);
    await store.saveAll(notes);
    await mark(store, acknowledged(notes));
    const outbox = new OutboxBatches(mongo, new ServiceEnv());
    // Documents 0, 2, 4, … lie in partition 0 from offset 1000 on; a stretch ends before 1024.
    const found = await outbox.saidBetween(0, 1010, 1024);
    expect(found.map(({ offset }) => offset)).toEqual([1010, 1012, 1014, 1016, 1018, 1020, 1022]);
    expect(found[0]).toEqual({ _id: notes[10]!._id, offset: 1010 });
    expect(await outbox.saidBetween(0, 1024, 1030)).toHaveLength(3);
    expect(await outbox.saidBetween(0, 0, 5000)).toHaveLength(20);
    expect(await outbox.saidBetween(0, 1050, 5000)).toEqual([]);
    expect(await outbox.saidBetween(2, 1000, 1024)).toEqual([]);
  });

  it('given a batch that is gone, then its documents count as unsaid, since saying twice does no harm', async () => {
    const notes = notesOf(8);
    await store.saveAll(notes);
    await mark(store, acknowledged(notes));
    await batches.deleteMany({});
    expect(await newStore().unsaidAmong(idsOf(notes))).toHaveLength(8);
    expect((await newStore().claimUnsaid(AT_ONCE_MS, 100)).documents).toEqual([]);
  });

  it('given a batch that is gone, then a later revision waits until the sweep has said the earlier one', async () => {
    const notes = notesOf(8);
    await store.saveAll(notes);
    await batches.deleteMany({});
    await store.saveAll([note(notes[0]!.contentId, 2)]);
    expect((await newStore().claimUnsaid(AT_ONCE_MS, 100)).documents).toEqual([]);
    await documents.updateMany({}, { $unset: { lease: 1 } });
    const { documents: swept } = await newStore().claimUnsaid(AT_ONCE_MS, 100);
    expect(swept.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  /** As the broker acknowledges: even ones in partition 0, odd ones in partition 1. */
  function acknowledged(some: StageDocument[], by = store): SaidDocument[] {
    return some.map((document, at) => {
      const place: TopicPlace = { topic: 't', partition: at % 2, offset: String(1000 + at) };
      return { _id: document._id, place, batch: by.batchPlaceOf(document) };
    });
  }
});

function notesOf(count: number): StageDocument[] {
  return Array.from({ length: count }, () => note(randomUUID(), 1)).sort((a, b) => (a._id < b._id ? -1 : 1));
}

function note(contentId: string, revision: number): StageDocument {
  return {
    _id: documentId(contentId, revision, 1),
    contentId,
    revision,
    processingVersion: 1,
    kind: 'original',
    source: 'e2e',
    outcome: 'done',
    storedAt: new Date(),
    eventId: eventIdOf(contentId, revision, ContentEnriched.type, 1),
    said: false,
  };
}

function idsOf(documents: StageDocument[]): string[] {
  return documents.map(({ _id }) => _id);
}
