import type { ContentKind, TopicPlace } from '@wireroom/contracts';
import { type StageDocument, stageSchema } from '@wireroom/pipeline';
import type { Binary } from 'mongodb';
import { Schema } from 'mongoose';

/** A revision as it came in: the raw stage. */
export interface RawItem extends StageDocument {
  kind: ContentKind;
  externalId?: string;
  url?: string;
  publishedAt?: string;
  /** When a source first showed it, where that was before it was received. */
  discoveredAt?: Date;
  receivedAt: Date;
  metadata?: Record<string, string>;
  contentType?: string;
  fingerprint: string;
  /** The original, byte for byte; empty for a retraction without text. */
  original: Buffer | Binary;
  originalSha256: string;
  originalBytes: number;
  /** Names the submission, so that the same one handed in again is told apart from a new one. */
  origin?: string;
}

export const rawItemSchema = stageSchema<RawItem>('raw_items', {
  externalId: String,
  url: String,
  publishedAt: String,
  discoveredAt: Date,
  receivedAt: { type: Date, required: true },
  metadata: Schema.Types.Mixed,
  contentType: String,
  fingerprint: { type: String, required: true },
  original: { type: Buffer, required: true },
  originalSha256: { type: String, required: true },
  originalBytes: { type: Number, required: true },
  origin: String,
});
rawItemSchema.index({ origin: 1 }, { unique: true, partialFilterExpression: { origin: { $type: 'string' } } });
rawItemSchema.index({ source: 1, storedAt: -1 });

/** A submission that changed nothing, remembered so that it changes nothing when it is delivered again. */
export interface DuplicateSubmission {
  /** The submission's origin. */
  _id: string;
  contentId: string;
  revision: number;
  eventId: string;
  /** What the origin stood for: another submission under the same key is a client's mistake. */
  requestHash: string;
  heard?: TopicPlace;
  at: Date;
}

/** Kept for `rememberSeconds`. */
export function duplicateSchema(rememberSeconds: number): Schema<DuplicateSubmission> {
  const schema: Schema<DuplicateSubmission> = new Schema<DuplicateSubmission>(
    {
      _id: { type: String, required: true },
      contentId: { type: String, required: true },
      revision: { type: Number, required: true },
      eventId: { type: String, required: true },
      requestHash: { type: String, required: true },
      heard: { _id: false, topic: String, partition: Number, offset: String },
      at: { type: Date, required: true },
    },
    { collection: 'duplicate_submissions', strict: 'throw', versionKey: false },
  );
  schema.index({ at: 1 }, { expireAfterSeconds: rememberSeconds });
  return schema;
}
