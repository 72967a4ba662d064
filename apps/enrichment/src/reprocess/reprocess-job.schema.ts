import type { ReprocessAnswer, ReprocessFilter } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** A reprocessing with how far it is; any instance may go on with it from there. */
export interface ReprocessJob {
  _id: string;
  state: ReprocessAnswer['state'];
  steps: string[];
  filter: ReprocessFilter;
  rate: number;
  dryRun: boolean;
  /** The last item that is done; items go by contentId. */
  cursor?: string;
  seen: number;
  changed: number;
  unchanged: number;
  failed: number;
  startedAt: Date;
  finishedAt?: Date;
  error?: string;
  /** The instance that works on it, by database time. */
  lease?: { owner: string; until: Date };
}

export const reprocessJobSchema = new Schema<ReprocessJob>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    steps: { type: [String], required: true },
    filter: { type: Schema.Types.Mixed, required: true },
    rate: { type: Number, required: true },
    dryRun: { type: Boolean, required: true },
    cursor: String,
    seen: { type: Number, required: true },
    changed: { type: Number, required: true },
    unchanged: { type: Number, required: true },
    failed: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    finishedAt: Date,
    error: String,
    lease: { _id: false, owner: String, until: Date },
  },
  { collection: 'reprocess_jobs', strict: 'throw', versionKey: false, minimize: false },
);
reprocessJobSchema.index({ startedAt: -1 });
// One at a time: two would take turns at raising the processing version of the same items.
reprocessJobSchema.index({ state: 1 }, { unique: true, partialFilterExpression: { state: 'running' } });
