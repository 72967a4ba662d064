import type { RedriveChoice, RedriveOutcome, RedriveState, StageName } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** A redrive as it is kept: what was asked for and how far it is. */
export interface RedriveDocument {
  /** The id of the request that started it. */
  _id: string;
  state: RedriveState;
  filter: RedriveChoice;
  reason: string;
  by: string;
  ratePerSecond: number;
  ramp: number[];
  holdAtFailureShare: number;
  total: number;
  /** Index of the wave of the ramp that is under way; the ramp's length when the ramp is over. */
  wave: number;
  /** What ended before this moment counts no more for the guard: someone looked at it and resumed. */
  guardFrom: Date;
  startedAt: Date;
  endedAt?: Date;
  note?: string;
  /** The console that runs it, by database time. */
  lease?: { owner: string; until: Date };
}

export const redriveSchema: Schema<RedriveDocument> = new Schema<RedriveDocument>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    filter: { type: Object, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    ratePerSecond: { type: Number, required: true },
    ramp: { type: [Number], required: true },
    holdAtFailureShare: { type: Number, required: true },
    total: { type: Number, required: true },
    wave: { type: Number, required: true },
    guardFrom: { type: Date, required: true },
    startedAt: { type: Date, required: true },
    endedAt: Date,
    note: String,
    lease: { _id: false, owner: String, until: Date },
  },
  { collection: 'redrives', strict: 'throw', versionKey: false, minimize: false },
);
redriveSchema.index({ startedAt: -1, _id: -1 });
// Those that have not ended stand together under null.
redriveSchema.index({ endedAt: 1, startedAt: 1 });

/** One dead letter of a redrive. */
export interface RedriveItemDocument {
  /** `<redrive>/<position>` */
  _id: string;
  redriveId: string;
  position: number;
  stage: StageName;
  letterId: string;
  code: string;
  source?: string;
  contentId?: string;
  revision?: number;
  /** How often it had been replayed before its turn: more of them show that it was sent. */
  replaysBefore: number;
  outcome: RedriveOutcome;
  outcomeStage?: StageName;
  outcomeCode?: string;
  sentAt?: Date;
  /** When its stage had ended it, also where a later stage has not. */
  stageEndedAt?: Date;
  endedAt?: Date;
}

export const redriveItemSchema: Schema<RedriveItemDocument> = new Schema<RedriveItemDocument>(
  {
    _id: { type: String, required: true },
    redriveId: { type: String, required: true },
    position: { type: Number, required: true },
    stage: { type: String, required: true },
    letterId: { type: String, required: true },
    code: { type: String, required: true },
    source: String,
    contentId: String,
    revision: Number,
    replaysBefore: { type: Number, required: true },
    outcome: { type: String, required: true },
    outcomeStage: String,
    outcomeCode: String,
    sentAt: Date,
    stageEndedAt: Date,
    endedAt: Date,
  },
  { collection: 'redrive_items', strict: 'throw', versionKey: false },
);
redriveItemSchema.index({ redriveId: 1, position: 1 }, { unique: true });
redriveItemSchema.index({ redriveId: 1, outcome: 1, position: 1 });
redriveItemSchema.index({ redriveId: 1, sentAt: -1 });
redriveItemSchema.index({ redriveId: 1, stageEndedAt: -1 });
