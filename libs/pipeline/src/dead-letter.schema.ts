import type { DeadLetterState, ReplayEnding, TopicPlace } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** A message that could not be processed: its original bytes, why, and what was done about it. */
export interface DeadLetterDocument {
  /** Topic, partition and offset of its first failure, so that a redelivery is the same dead letter. */
  _id: string;
  stage: string;
  state: DeadLetterState;
  code: string;
  detail: string;
  stack?: string;
  attempts: number;
  /** Where it failed last; a replay gives it a new place. */
  place: TopicPlace;
  key: Buffer | null;
  value: Buffer | null;
  valueBytes: number;
  headers: { name: string; value: Buffer }[];
  contentId?: string;
  source?: string;
  revision?: number;
  kind?: string;
  firstFailedAt: Date;
  lastFailedAt: Date;
  /** Travels with a replay, so that nobody else's message can pass for one. */
  replayToken: string;
  replays: number;
  replayedAt?: Date;
  /** How many edited versions there are. */
  edits: number;
  /** How its replay ended, when it did not fail again. */
  resolution?: { outcome: ReplayEnding; code?: string; contentId?: string; revision?: number; at: Date };
  discardedAt?: Date;
  discardReason?: string;
}

/** Covers the grouping of failures, so that no message's bytes are read for it; a filter names the state. */
export const FAILURES_INDEX = { state: 1, code: 1, source: 1, lastFailedAt: -1, _id: -1, firstFailedAt: 1 } as const;

export const deadLetterSchema: Schema<DeadLetterDocument> = new Schema<DeadLetterDocument>(
  {
    _id: { type: String, required: true },
    stage: { type: String, required: true },
    state: { type: String, required: true },
    code: { type: String, required: true },
    detail: { type: String, required: true },
    stack: String,
    attempts: { type: Number, required: true },
    place: { _id: false, topic: String, partition: Number, offset: String },
    key: Buffer,
    value: Buffer,
    valueBytes: { type: Number, required: true },
    headers: [{ _id: false, name: String, value: Buffer }],
    contentId: String,
    source: String,
    revision: Number,
    kind: String,
    firstFailedAt: { type: Date, required: true },
    lastFailedAt: { type: Date, required: true },
    replayToken: { type: String, required: true },
    replays: { type: Number, required: true },
    replayedAt: Date,
    edits: { type: Number, required: true },
    resolution: { _id: false, outcome: String, code: String, contentId: String, revision: Number, at: Date },
    discardedAt: Date,
    discardReason: String,
  },
  { collection: 'dead_letters', strict: 'throw', versionKey: false },
);
deadLetterSchema.index({ lastFailedAt: -1, _id: -1 });
// Covers the count of those that failed in a period by their code and source.
deadLetterSchema.index({ state: 1, lastFailedAt: -1, _id: -1, code: 1, source: 1 });
deadLetterSchema.index({ state: 1, code: 1, lastFailedAt: -1, _id: -1 });
deadLetterSchema.index({ state: 1, source: 1, lastFailedAt: -1, _id: -1 });
deadLetterSchema.index(FAILURES_INDEX);
deadLetterSchema.index({ contentId: 1, state: 1, lastFailedAt: -1 });

/** An edited version of a dead letter's message, kept beside the original. */
export interface DeadLetterEditDocument {
  /** `<id of the dead letter>#<edit>` */
  _id: string;
  letterId: string;
  /** 1 for the first. */
  edit: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: { name: string; value: Buffer }[];
  reason: string;
  by?: string;
  at: Date;
  /** By which a repeated request is known. */
  requestId: string;
  /** Absent until the broker has acknowledged it. */
  sentAt?: Date;
}

export const deadLetterEditSchema: Schema<DeadLetterEditDocument> = new Schema<DeadLetterEditDocument>(
  {
    _id: { type: String, required: true },
    letterId: { type: String, required: true },
    edit: { type: Number, required: true },
    key: Buffer,
    value: Buffer,
    headers: [{ _id: false, name: String, value: Buffer }],
    reason: { type: String, required: true },
    by: String,
    at: { type: Date, required: true },
    requestId: { type: String, required: true },
    sentAt: Date,
  },
  { collection: 'dead_letter_edits', strict: 'throw', versionKey: false },
);
deadLetterEditSchema.index({ letterId: 1, edit: 1 });
deadLetterEditSchema.index({ requestId: 1 }, { unique: true });

/** Failed deliveries of a message, kept where a restart can't reset them. */
export interface DeliveryAttemptDocument {
  _id: string;
  attempts: number;
  lastCode: string;
  lastAt: Date;
}

const KEPT_SECONDS = 30 * 24 * 60 * 60;

export const deliveryAttemptSchema: Schema<DeliveryAttemptDocument> = new Schema<DeliveryAttemptDocument>(
  {
    _id: { type: String, required: true },
    attempts: { type: Number, required: true },
    lastCode: { type: String, required: true },
    lastAt: { type: Date, required: true },
  },
  { collection: 'delivery_attempts', strict: 'throw', versionKey: false },
);
deliveryAttemptSchema.index({ lastAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
