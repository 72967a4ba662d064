import { Inject, Injectable } from '@nestjs/common';
import {
  ContentIngested,
  type ContentIngestedData,
  type ContentSubmittedData,
  type EventMessage,
  MAX_INLINE_ORIGINAL_BYTES,
  contentIdOf,
  eventIdOf,
} from '@wireroom/contracts';
import {
  type Decision,
  type Head,
  MAX_EVENT_BYTES,
  MONGO,
  OutboxBatches,
  type Persisted,
  type ReceivedEvent,
  type Sifted,
  StageStore,
  documentId,
} from '@wireroom/pipeline';
import { UnavailableError, whileMongoIsThere } from '@wireroom/platform';
import type { Connection } from 'mongoose';
import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { RawItem } from './raw-item.schema.js';
import { type Submission, requestHashOf } from './submission.js';
import { type Remembered, SubmissionMemory } from './submission-memory.js';

/** What became of a submission. `document` is there when it made a revision just now. */
export interface Intake {
  /** `key-reused`: its Idempotency-Key stood for another submission before; nothing was stored. */
  outcome: 'accepted' | 'duplicate' | 'key-reused';
  contentId: string;
  revision: number;
  eventId: string;
  document?: RawItem;
  /** True while an earlier revision is unsaid: this one must not be said before it. */
  mustWait?: boolean;
}

/** What came in, byte for byte. */
export interface Original {
  bytes: Buffer;
  contentType?: string;
  url?: string;
}

/** Rounds of deciding again when another instance stored the same revision first. */
const MAX_ROUNDS = 20;

/** The raw stage: gives each submission its revision, exactly once. */
@Injectable()
export class RawItemStore extends StageStore<ContentSubmittedData, Submission, RawItem> {
  protected override readonly headFields = ['fingerprint', 'eventId', 'heard'];

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly memory: SubmissionMemory,
    batches: OutboxBatches,
  ) {
    super(mongo.model<RawItem>('RawItem'), 'ingest', batches);
  }

  itemOf(data: ContentSubmittedData): string {
    return contentIdOf(data);
  }

  /** The door has no revision to compare yet: what is known shows when it is stored. */
  sift(events: ReceivedEvent<ContentSubmittedData>[]): Promise<Sifted<ContentSubmittedData, RawItem>> {
    return Promise.resolve({ fresh: events.map((event) => ({ event })), known: [], unsaid: [] });
  }

  async persist(decisions: Decision<ContentSubmittedData, Submission, RawItem>[]): Promise<Persisted<RawItem>[]> {
    const submissions = decisions.map(({ outcome }) => {
      if (outcome.kind === 'skipped') throw new Error('ingest skips nothing');
      return outcome.result;
    });
    const intakes = await this.takeIn(submissions);
    return intakes.map(({ document, mustWait }): Persisted<RawItem> => {
      return document ? { ending: 'done', document, mustWait } : { ending: 'duplicate' };
    });
  }

  /**
   * Stores what is new; one write for all, on a majority's journal before it returns.
   *
   * @param submissions no item twice: what a later one comes to depends on what is stored of an earlier one
   * @throws UnavailableError when storage is away; then nothing was accepted.
   */
  async takeIn(submissions: Submission[]): Promise<Intake[]> {
    const [heads, keyed] = await Promise.all([
      this.heads(submissions.map(({ contentId }) => contentId)),
      this.memory.recall(submissions.filter(({ heard }) => !heard)),
    ]);
    // A message's place is remembered with a revision of its item or not at all.
    const heard = await this.memory.recall(submissions.filter((one) => one.heard && heads.has(one.contentId)));
    const intakes = new Array<Intake>(submissions.length);
    let open = submissions.map((_, index) => index);
    let remembered = new Map([...keyed, ...heard]);
    for (let round = 0; open.length > 0; round++) {
      if (round === MAX_ROUNDS) throw new UnavailableError('mongodb', { cause: new Error('revisions are contended') });
      const created: { index: number; document: RawItem }[] = [];
      for (const index of open) {
        const submission = submissions[index]!;
        const intake = intakeOf(submission, remembered.get(submission.origin ?? ''), heads.get(submission.contentId));
        intakes[index] = intake;
        if (intake.document) created.push({ index, document: intake.document });
      }
      open = await this.store(created, heads);
      remembered = await this.memory.recall(open.map((index) => submissions[index]!));
    }
    const unchanged = intakes.map((intake, index) => ({ ...intake, submission: submissions[index]! }));
    await this.memory.rememberDuplicates(unchanged.filter(({ outcome }) => outcome === 'duplicate'));
    return intakes;
  }

  /** The original travels with the event where it fits. */
  protected override messageOf(document: RawItem): EventMessage {
    const inline = super.messageOf(document);
    if (inline.value.length <= MAX_EVENT_BYTES) return inline;
    return super.messageOf(document, ingestedDataOf(document));
  }

  protected dataOf(document: RawItem): ContentIngestedData {
    const isInline = document.originalBytes <= MAX_INLINE_ORIGINAL_BYTES;
    return Object.assign(ingestedDataOf(document), isInline ? textOrBase64(bytesOf(document.original)) : {});
  }

  /** The original of one revision; undefined where there is none. */
  original(contentId: string, revision: number): Promise<Original | undefined> {
    return this.findOriginal({ contentId, revision });
  }

  /** The original of an item's newest revision, empty for a retraction; undefined where there is none. */
  latestOriginal(contentId: string): Promise<Original | undefined> {
    return this.findOriginal({ contentId });
  }

  private async findOriginal(filter: { contentId: string; revision?: number }): Promise<Original | undefined> {
    const newest = { sort: { revision: -1 }, projection: { original: 1, contentType: 1, url: 1 } } as const;
    const document = await whileMongoIsThere(() => this.collection.findOne(filter, newest));
    if (!document) return undefined;
    const { original, contentType, url } = document as unknown as RawItem;
    return { bytes: bytesOf(original), contentType, url };
  }

  /** @returns positions whose revision another instance stored first; their heads are read afresh. */
  private async store(
    created: { index: number; document: RawItem }[],
    heads: Map<string, Head<RawItem>>,
  ): Promise<number[]> {
    if (created.length === 0) return [];
    const taken = await this.insertNew(created.map(({ document }) => document));
    if (taken.length === 0) return [];
    const lost = taken.map((position) => created[position]!);
    const stored = await this.heads(lost.map(({ document }) => document.contentId));
    for (const [contentId, head] of stored) heads.set(contentId, head);
    return lost.map(({ index }) => index).sort((a, b) => a - b);
  }
}

/** Decides one submission against what is stored of its item. */
function intakeOf(submission: Submission, remembered: Remembered | undefined, head: Head<RawItem> | undefined): Intake {
  if (remembered) {
    const { contentId, revision, eventId } = remembered;
    const isSame = remembered.requestHash === requestHashOf(submission);
    if (isSame) return { outcome: remembered.outcome, contentId, revision, eventId };
    if (!submission.heard) return { outcome: 'key-reused', contentId, revision, eventId };
    // A place names a message only as long as its topic lives: this one is of a topic made anew.
    return intakeOf({ ...submission, origin: undefined }, undefined, head);
  }
  if (head && (head.fingerprint === submission.fingerprint || isPassed(submission, head))) {
    return { outcome: 'duplicate', contentId: submission.contentId, revision: head.revision, eventId: head.eventId! };
  }
  const document = rawItemOf(submission, (head?.revision ?? 0) + 1);
  const { contentId, revision, eventId } = document;
  return { outcome: 'accepted', contentId, revision, eventId, document, mustWait: head !== undefined && !head.said };
}

/** A message of the topic that lies before the one the stored revision came from was decided long ago. */
function isPassed(submission: Submission, head: Head<RawItem>): boolean {
  const { heard } = submission;
  if (!heard || !head.heard) return false;
  const samePartition = heard.topic === head.heard.topic && heard.partition === head.heard.partition;
  return samePartition && BigInt(heard.offset) < BigInt(head.heard.offset);
}

function rawItemOf(submission: Submission, revision: number): RawItem {
  const { contentId, original } = submission;
  return {
    _id: documentId(contentId, revision, 1),
    contentId,
    revision,
    processingVersion: 1,
    kind: submission.kind,
    source: submission.source,
    outcome: 'done',
    storedAt: new Date(),
    eventId: eventIdOf(contentId, revision, ContentIngested.type),
    traceparent: submission.traceparent,
    said: false,
    discoveredAt: submission.discoveredAt,
    receivedAt: submission.receivedAt,
    fingerprint: submission.fingerprint,
    original,
    originalSha256: hash('sha256', original, 'hex'),
    originalBytes: original.length,
    externalId: submission.externalId,
    url: submission.url,
    publishedAt: submission.publishedAt,
    metadata: submission.metadata,
    contentType: submission.contentType,
    origin: submission.origin,
    heard: submission.heard,
  };
}

/** What the event says of a revision, its original left aside. */
function ingestedDataOf(document: RawItem): ContentIngestedData {
  return {
    contentId: document.contentId,
    revision: document.revision,
    kind: document.kind,
    source: document.source,
    externalId: document.externalId,
    url: document.url,
    publishedAt: document.publishedAt,
    receivedAt: document.receivedAt.toISOString(),
    metadata: document.metadata,
    contentType: document.contentType,
    originalSha256: document.originalSha256,
    originalBytes: document.originalBytes,
  };
}

function textOrBase64(bytes: Buffer): { body: string } | { bodyBase64: string } | object {
  if (bytes.length === 0) return {};
  return isUtf8(bytes) ? { body: bytes.toString('utf8') } : { bodyBase64: bytes.toString('base64') };
}

function bytesOf(original: RawItem['original']): Buffer {
  return Buffer.isBuffer(original) ? original : Buffer.from(original.buffer);
}
