import type { ContentKind, JourneyStep, RevisionData, StageName, TopicPlace } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/**
 * What every stage stores of one revision. The document is its own outbox: `said` is part of it, or its batch says it
 * for all documents that were stored together.
 */
export interface StageDocument {
  /** `contentId/revision/processingVersion`. */
  _id: string;
  contentId: string;
  revision: number;
  processingVersion: number;
  kind: string;
  source: string;
  outcome: 'done' | 'skipped';
  /** Why it was skipped. */
  code?: string;
  storedAt: Date;
  /** Id of the event this document says, fixed when it is written. */
  eventId: string;
  traceparent?: string;
  /** Where the stage heard of it; absent for an item that came by HTTP. */
  heard?: TopicPlace;
  /**
   * False until the broker has acknowledged the event; true for a skipped document, which has nothing to say. Absent, as
   * it is stored, where the batch tells: `withBatches` writes it in.
   */
  said?: boolean;
  /** The batch that tells, and the document's place in it. What the document says itself counts for more. */
  batch?: { id: string; at: number };
  saidAt?: Date;
  /** Where the broker put it; the offset as a number, so that it can be compared (exact up to 2^53). */
  saidPlace?: { topic: string; partition: number; offset: number };
  /** A sweeper's claim, by database time. */
  lease?: { owner: string; until: Date };
}

/** What a stage that hears revisions stores of each: what the event said of the revision itself goes with it. */
export type RevisionDocument = StageDocument & RevisionData & { kind: ContentKind };

type Version = Pick<StageDocument, 'revision'> & Partial<Pick<StageDocument, 'processingVersion'>>;

/** Identity of a document within its stage. */
export function documentId(contentId: string, revision: number, processingVersion: number): string {
  return `${contentId}/${revision}/${processingVersion}`;
}

/** Whether `a` is newer than `b`, both of one item: by revision, then by processing version (1 where none is given). */
export function isAfter(a: Version, b: Version): boolean {
  if (a.revision !== b.revision) return a.revision > b.revision;
  return (a.processingVersion ?? 1) > (b.processingVersion ?? 1);
}

/** Where the broker put a document's event; undefined while it is unsaid. */
export function saidPlaceOf({ saidPlace }: Pick<StageDocument, 'saidPlace'>): TopicPlace | undefined {
  return saidPlace && { ...saidPlace, offset: String(saidPlace.offset) };
}

/** What a document tells of its item's journey. */
export function journeyStepOf(
  stage: StageName,
  document: Omit<StageDocument, 'lease' | 'source'>,
  title: string | undefined,
): JourneyStep {
  return {
    stage,
    revision: document.revision,
    processingVersion: document.processingVersion,
    kind: document.kind,
    outcome: document.outcome,
    code: document.code,
    storedAt: document.storedAt.toISOString(),
    heard: document.heard,
    said: saidPlaceOf(document),
    saidAt: document.saidAt?.toISOString(),
    eventId: document.eventId,
    traceparent: document.traceparent,
    title,
  };
}

const place = { _id: false, topic: String, partition: Number, offset: String };

/** The fields and indexes every stage's schema starts from. */
export function stageSchema<TDoc extends StageDocument>(
  collection: string,
  own: Record<string, unknown>,
): Schema<TDoc> {
  const schema: Schema<StageDocument> = new Schema<StageDocument>(
    {
      _id: { type: String, required: true },
      contentId: { type: String, required: true },
      revision: { type: Number, required: true },
      processingVersion: { type: Number, required: true },
      kind: { type: String, required: true },
      source: { type: String, required: true },
      outcome: { type: String, required: true },
      code: String,
      storedAt: { type: Date, required: true },
      eventId: { type: String, required: true },
      traceparent: String,
      heard: place,
      said: Boolean,
      batch: { type: { _id: false, id: String, at: Number }, default: undefined },
      saidAt: Date,
      saidPlace: { ...place, offset: Number },
      lease: { _id: false, owner: String, until: Date },
      ...own,
    },
    { collection, strict: 'throw', versionKey: false, minimize: false },
  );
  schema.index({ contentId: 1, revision: -1, processingVersion: -1 }, { unique: true });
  schema.index({ storedAt: 1 }, { partialFilterExpression: { said: false } });
  schema.index({ outcome: 1 }, { partialFilterExpression: { outcome: 'skipped' } });
  return schema as unknown as Schema<TDoc>;
}

/** `stageSchema` for what a stage that hears revisions stores. */
export function revisionSchema<TDoc extends RevisionDocument>(
  collection: string,
  own: Record<string, unknown>,
): Schema<TDoc> {
  return stageSchema<TDoc>(collection, {
    externalId: String,
    url: String,
    publishedAt: String,
    receivedAt: { type: String, required: true },
    metadata: Schema.Types.Mixed,
    ...own,
  });
}
