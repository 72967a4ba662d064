import type { ContentPublishedData } from '@wireroom/contracts';
import type { Model } from 'mongoose';
import type { OutboxBatches } from './outbox-batches.js';
import { done } from './outcome.js';
import type { ReceivedEvent } from './received-message.js';
import { RevisionStore } from './revision-store.js';
import type { RevisionDocument } from './stage-document.js';

const CONTENT_ID = '5f0c2a8e-2bd8-5d2b-9c1a-7f5f3f6f4b11';

type Note = RevisionDocument & { releasedAt: string };

/** As where too few documents are stored at once. */
const NO_BATCHES = { open: () => Promise.resolve() } as unknown as OutboxBatches;

/** Says published events, good or bad as it is told; what it inserts can be looked at. */
class NoteStore extends RevisionStore<ContentPublishedData, string, Note> {
  constructor(readonly inserted: Note[]) {
    const collection = { insertMany: (documents: Note[]) => Promise.resolve(inserted.push(...documents)) };
    super({ collection } as unknown as Model<Note>, 'publishing', NO_BATCHES);
  }

  protected dataOf(document: Note): ContentPublishedData {
    return { ...published(document.revision), releasedAt: document.releasedAt };
  }

  protected ownFields(_event: ReceivedEvent<ContentPublishedData>, releasedAt = ''): { releasedAt: string } {
    return { releasedAt };
  }
}

function published(revision: number): ContentPublishedData {
  return {
    contentId: CONTENT_ID,
    revision,
    kind: 'retraction',
    source: 'e2e',
    receivedAt: '2026-03-01T08:00:00.000Z',
    processingVersion: 1,
    status: 'retracted',
    channels: ['all'],
    firstReleasedAt: '2026-03-01T08:00:00.000Z',
    releasedAt: '2026-03-01T08:00:00.000Z',
  };
}

function heard(revision: number): ReceivedEvent<ContentPublishedData> {
  return { place: { topic: 't', partition: 0, offset: String(revision) }, attributes: {}, data: published(revision) };
}

describe('RevisionStore', () => {
  it('given a result whose event would break the contract, then it alone is a dead letter and is not stored', async () => {
    const store = new NoteStore([]);
    const persisted = await store.persist([
      { event: heard(1), outcome: done('2026-03-01T09:00:00.000Z') },
      { event: heard(2), outcome: done('some time in March') },
    ]);
    expect(persisted.map(({ ending }) => ending)).toEqual(['done', 'dead-lettered']);
    expect(persisted[1]).toMatchObject({ failure: { code: 'event-breaks-contract' } });
    expect(store.inserted.map(({ revision }) => revision)).toEqual([1]);
  });

  it('given a skip, then it is stored with its code and has nothing to say', async () => {
    const store = new NoteStore([]);
    const persisted = await store.persist([{ event: heard(3), outcome: { kind: 'skipped', code: 'too-short' } }]);
    expect(persisted).toEqual([{ ending: 'skipped', code: 'too-short' }]);
    expect(store.inserted).toMatchObject([{ outcome: 'skipped', code: 'too-short', said: true }]);
  });
});
