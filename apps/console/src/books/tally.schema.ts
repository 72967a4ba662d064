import type { ItemOutcome, StageName } from '@wireroom/contracts';
import { Schema } from 'mongoose';
import type { Grain } from './grains.js';
import type { Histogram } from './histogram.js';

/** Stands for all sources together, which no source can be called. */
export const ALL_SOURCES = '*';

/** What all sums have: which part of time, whose. */
interface TallyKey {
  /** The rest of the key in one text, so that a sum is found by its id. */
  _id: string;
  grain: Grain;
  at: Date;
  source: string;
}

/** Revisions accepted in a part of time that ended in one way. */
export interface LedgerTally extends TallyKey {
  outcome: ItemOutcome;
  stage: StageName;
  /** Empty where the outcome has none. */
  code: string;
  count: number;
}

/** What happened in a part of time, whenever it was accepted. */
export interface FlowTally extends TallyKey {
  accepted?: number;
  enriched?: number;
  published?: number;
  skipped?: number;
  deadLettered?: number;
  /** Door to published, milliseconds, of what was published. */
  latency?: Histogram;
  /** Discovered to published, milliseconds: for what was handed in at a door the same as its latency. */
  lag?: Histogram;
}

/** What the articles stored in a part of time hold. */
export interface QualityTally extends TallyKey {
  items?: number;
  has?: Record<string, number>;
  languages?: Record<string, number>;
  failedSteps?: Record<string, number>;
  bodyChars?: Histogram;
}

const key = {
  _id: { type: String, required: true },
  grain: { type: String, required: true },
  at: { type: Date, required: true },
  source: { type: String, required: true },
};

export const ledgerTallySchema: Schema<LedgerTally> = new Schema<LedgerTally>(
  {
    ...key,
    outcome: { type: String, required: true },
    stage: { type: String, required: true },
    code: String,
    count: { type: Number, required: true },
  },
  { collection: 'ledger_tallies', strict: 'throw', versionKey: false },
);
// Hold all that a ledger reads, so that it reads no documents.
const ledgerFigures = { outcome: 1, stage: 1, code: 1, count: 1 } as const;
ledgerTallySchema.index({ grain: 1, at: 1, source: 1, ...ledgerFigures });
ledgerTallySchema.index({ source: 1, grain: 1, at: 1, ...ledgerFigures });
ledgerTallySchema.index({ outcome: 1, grain: 1, at: 1, stage: 1, count: 1 });

export const flowTallySchema: Schema<FlowTally> = new Schema<FlowTally>(
  {
    ...key,
    accepted: Number,
    enriched: Number,
    published: Number,
    skipped: Number,
    deadLettered: Number,
    latency: Schema.Types.Mixed,
    lag: Schema.Types.Mixed,
  },
  { collection: 'flow_tallies', strict: 'throw', versionKey: false },
);
flowTallySchema.index({ source: 1, grain: 1, at: 1 });
flowTallySchema.index({ grain: 1, at: 1 });

export const qualityTallySchema: Schema<QualityTally> = new Schema<QualityTally>(
  {
    ...key,
    items: Number,
    has: Schema.Types.Mixed,
    languages: Schema.Types.Mixed,
    failedSteps: Schema.Types.Mixed,
    bodyChars: Schema.Types.Mixed,
  },
  { collection: 'quality_tallies', strict: 'throw', versionKey: false },
);
qualityTallySchema.index({ source: 1, grain: 1, at: 1 });
qualityTallySchema.index({ grain: 1, at: 1 });

/** How far the books are with one stage's changes; the one called `count` says whether all was counted once. */
export interface BooksPosition {
  _id: string;
  /** Resume token of a change stream. */
  token?: unknown;
  version?: number;
  countedAt?: Date;
}

export const booksPositionSchema: Schema<BooksPosition> = new Schema<BooksPosition>(
  { _id: { type: String, required: true }, token: Schema.Types.Mixed, version: Number, countedAt: Date },
  { collection: 'books_positions', strict: 'throw', versionKey: false },
);
