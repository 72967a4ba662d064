import type { ContentKind, ItemOutcome, StageName } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** One revision of an item, as the stages' documents together say how it ended. Derived from them alone. */
export interface ItemDocument {
  /** `contentId/revision` */
  _id: string;
  contentId: string;
  revision: number;
  kind: ContentKind;
  source: string;
  outcome: ItemOutcome;
  /** Where it ended; for what is in flight the stage that has to act next. */
  stage: StageName;
  /** Absent for what is published or in flight. */
  code?: string;
  /** When it was accepted, or first seen for what was not: what lists are sorted by and periods mean. */
  at: Date;
  /** When a source first showed it, where that was before it was accepted. */
  discoveredAt?: Date;
  acceptedAt?: Date;
  /** When the first article of this revision was stored. */
  enrichedAt?: Date;
  /** When the broker first acknowledged its release. */
  publishedAt?: Date;
  /** When it was skipped or set aside. */
  endedAt?: Date;
  processingVersion: number;
  externalId?: string;
  url?: string;
  traceId?: string;
  title?: string;
  /** Of the title, as they are searched by. */
  words: string[];
  bodyChars?: number;
  language?: string;
  /** Fields of the article and kinds of enrichment that are there; absent where there is no article. */
  has?: string[];
  failedSteps?: string[];
}

export const itemSchema: Schema<ItemDocument> = new Schema<ItemDocument>(
  {
    _id: { type: String, required: true },
    contentId: { type: String, required: true },
    revision: { type: Number, required: true },
    kind: { type: String, required: true },
    source: { type: String, required: true },
    outcome: { type: String, required: true },
    stage: { type: String, required: true },
    code: String,
    at: { type: Date, required: true },
    discoveredAt: Date,
    acceptedAt: Date,
    enrichedAt: Date,
    publishedAt: Date,
    endedAt: Date,
    processingVersion: { type: Number, required: true },
    externalId: String,
    url: String,
    traceId: String,
    title: String,
    words: [String],
    bodyChars: Number,
    language: String,
    has: { type: [String], default: undefined },
    failedSteps: { type: [String], default: undefined },
  },
  { collection: 'items', strict: 'throw', versionKey: false },
);
// A list is narrowed by source, outcome, code or none of them and goes by time: one index for each way.
const newest = { at: -1, _id: -1 } as const;
const hasCode = { partialFilterExpression: { code: { $exists: true } } };
itemSchema.index({ contentId: 1, ...newest });
itemSchema.index({ ...newest });
itemSchema.index({ source: 1, ...newest });
itemSchema.index({ outcome: 1, ...newest });
itemSchema.index({ source: 1, outcome: 1, ...newest });
itemSchema.index({ stage: 1, at: 1 }, { partialFilterExpression: { outcome: 'in-flight' } });
itemSchema.index({ code: 1, ...newest }, hasCode);
itemSchema.index({ source: 1, code: 1, ...newest }, hasCode);
itemSchema.index({ words: 1, ...newest });
itemSchema.index({ words: 1, source: 1, ...newest });
itemSchema.index({ externalId: 1, ...newest });
itemSchema.index({ url: 1, ...newest });
itemSchema.index({ traceId: 1, ...newest });
