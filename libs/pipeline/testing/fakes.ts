/** Stand-ins for the servers behind a stage: what they were asked to do, kept in memory. */
import {
  ContentEnriched,
  ContentIngested,
  type ContentIngestedData,
  type EventMessage,
  type TopicPlace,
  eventIdOf,
} from '@wireroom/contracts';
import { ServiceEnv, createLogger } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { DeadLetters, type Failure, type Recovery } from '../src/dead-letters.js';
import { EventProducer } from '../src/event-producer.js';
import { Metrics } from '../src/metrics.js';
import type { SaidDocument } from '../src/outbox-batch.js';
import type { OutboxBatches } from '../src/outbox-batches.js';
import { type ReceivedEvent, type ReceivedMessage, nameOf } from '../src/received-message.js';
import { type StageDocument, documentId } from '../src/stage-document.js';
import { type Decision, type Head, type Persisted, type Sifted, StageStore } from '../src/stage-store.js';

export const silent = createLogger('test', 'silent');

/** An environment with everything at its default. */
export function envWith(settings: Partial<ServiceEnv> = {}): ServiceEnv {
  return Object.assign(new ServiceEnv(), { KAFKA_BROKERS: ['localhost:9092'] }, settings);
}

const HARBOUR_ITEM = 'e9ee5257-737b-527b-a9b9-ece1ad396770';

/** A message on `content.ingested.v1` at the given offset, valid unless the data says otherwise. */
export function ingestedMessage(offset: number, data: Partial<ContentIngestedData> = {}): ReceivedMessage {
  const value: ContentIngestedData = {
    contentId: HARBOUR_ITEM,
    revision: 1,
    kind: 'original',
    source: 'harbour-news',
    receivedAt: '2026-04-18T18:02:55.001Z',
    originalSha256: 'd0'.repeat(32),
    originalBytes: 0,
    ...data,
  };
  return bytesMessage(offset, Buffer.from(JSON.stringify(value)));
}

/** A message of any bytes at the given offset. */
export function bytesMessage(offset: number, value: Buffer | null): ReceivedMessage {
  const place = { topic: ContentIngested.topic, partition: 0, offset: String(offset) };
  return { place, key: Buffer.from('key'), value, headers: [] };
}

/** A UUID that tells its number. */
export function itemId(number: number): string {
  return `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;
}

/** What the fakes were asked to do, in order. */
export type Journal = string[];

export interface NoteDocument extends StageDocument {
  note: string;
}

/** Keeps documents in memory; the guard is that of every stage that hears revisions. */
export class FakeStore extends StageStore<ContentIngestedData, string, NoteDocument> {
  readonly documents = new Map<string, NoteDocument>();
  /** Thrown by the next `persist` or `markSaid`, once. */
  failure: Error | undefined;

  constructor(readonly journal: Journal) {
    super({} as unknown as Model<NoteDocument>, 'enrichment', {} as OutboxBatches);
  }

  itemOf(data: ContentIngestedData): string {
    return data.contentId;
  }

  sift(events: ReceivedEvent<ContentIngestedData>[]): Promise<Sifted<ContentIngestedData, NoteDocument>> {
    const fresh = events.map((event) => ({ event, head: this.headOf(event.data.contentId) }));
    const isKnown = ({ event, head }: (typeof fresh)[number]): boolean =>
      head !== undefined && event.data.revision <= head.revision;
    const known = fresh.filter(isKnown).map(({ event }) => event);
    const ids = known.map(({ data }) => documentId(data.contentId, data.revision, 1));
    const unsaid = ids.flatMap((id) => this.documents.get(id) ?? []).filter(({ said }) => !said);
    return Promise.resolve({ fresh: fresh.filter((one) => !isKnown(one)), known, unsaid });
  }

  persist(decisions: Decision<ContentIngestedData, string, NoteDocument>[]): Promise<Persisted<NoteDocument>[]> {
    const { failure } = this;
    this.failure = undefined;
    if (failure) return Promise.reject(failure);
    return Promise.resolve(
      decisions.map(({ event, outcome }): Persisted<NoteDocument> => {
        const document = noteOf(event, outcome.kind === 'done' ? outcome.result : '');
        this.journal.push(`store ${document.revision} of ${document.contentId.slice(-1)}`);
        if (outcome.kind === 'skipped') {
          this.documents.set(document._id, { ...document, outcome: 'skipped', said: true });
          return { ending: 'skipped', code: outcome.code };
        }
        this.documents.set(document._id, document);
        return { ending: 'done', document };
      }),
    );
  }

  protected dataOf({ note }: NoteDocument): object {
    return { note };
  }

  override markSaid(documents: SaidDocument[]): Promise<void> {
    const { failure } = this;
    this.failure = undefined;
    if (failure) return Promise.reject(failure);
    for (const { _id } of documents) {
      this.journal.push(`mark ${_id.split('/')[1]} of ${_id.split('/')[0]!.slice(-1)}`);
      Object.assign(this.documents.get(_id)!, { said: true });
    }
    return Promise.resolve();
  }

  private headOf(contentId: string): Head<NoteDocument> | undefined {
    const revisions = [...this.documents.values()].filter((document) => document.contentId === contentId);
    const [newest] = revisions.sort((a, b) => b.revision - a.revision);
    return newest && { ...newest, said: newest.said === true };
  }
}

/** A stored document that has not been said. */
export function noteOf({ data, place }: ReceivedEvent<ContentIngestedData>, note: string): NoteDocument {
  const { contentId, revision, kind, source } = data;
  return {
    _id: documentId(contentId, revision, 1),
    contentId,
    revision,
    processingVersion: 1,
    kind,
    source,
    outcome: 'done',
    storedAt: new Date('2026-04-18T18:02:56Z'),
    eventId: eventIdOf(contentId, revision, ContentEnriched.type, 1),
    heard: place,
    said: false,
    note,
  };
}

const NO_WRITERS = {
  open: () => {
    throw new Error('a fake producer writes nothing');
  },
};

/** Acknowledges everything, or fails with `failure` once. */
export class FakeProducer extends EventProducer {
  readonly sent: EventMessage[] = [];
  failure: Error | undefined;
  backlog = 0;

  constructor(private readonly journal: Journal) {
    super(NO_WRITERS, ContentEnriched.topic, silent, new Metrics().messaging);
  }

  override get pending(): number {
    return this.backlog;
  }

  override sendAll(messages: EventMessage[]): Promise<TopicPlace[]> {
    const { failure } = this;
    this.failure = undefined;
    if (failure) return Promise.reject(failure);
    this.journal.push(`send ${messages.length}`);
    this.sent.push(...messages);
    return Promise.resolve(
      messages.map((_, index) => ({ topic: ContentEnriched.topic, partition: 0, offset: String(index) })),
    );
  }
}

/** Keeps dead letters and attempts in memory. */
export class FakeDeadLetters extends DeadLetters {
  readonly added: Failure[] = [];
  readonly recovered: Recovery[] = [];
  readonly counts = new Map<string, number>();

  constructor(private readonly journal: Journal) {
    super({ model: () => undefined } as unknown as Connection, 'enrichment');
  }

  override countAttempt(message: ReceivedMessage): Promise<number> {
    const attempts = (this.counts.get(nameOf(message.place)) ?? 0) + 1;
    this.counts.set(nameOf(message.place), attempts);
    return Promise.resolve(attempts);
  }

  override addAll(failures: Failure[]): Promise<void> {
    if (failures.length > 0) this.journal.push(`bury ${failures.length}`);
    this.added.push(...failures);
    return Promise.resolve();
  }

  override resolveAll(recoveries: Recovery[]): Promise<void> {
    this.recovered.push(...recoveries);
    return Promise.resolve();
  }
}
