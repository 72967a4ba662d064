import { Schema } from 'mongoose';

/** A cluster's id that is no more: its items belong to another from then on. */
export interface ClusterMerge {
  _id: string;
  into: string;
  /** The stage document that said so. */
  saidBy: string;
  at: Date;
}

export const clusterMergeSchema = new Schema<ClusterMerge>(
  {
    _id: { type: String, required: true },
    into: { type: String, required: true },
    saidBy: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'cluster_merges', strict: 'throw', versionKey: false },
);
clusterMergeSchema.index({ into: 1 });
