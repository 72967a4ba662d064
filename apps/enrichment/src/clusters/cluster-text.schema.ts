import type { Binary } from 'mongodb';
import { Schema } from 'mongoose';

/** Why a text was put under another: the pair that was compared, and how alike they are (0 to 1). */
export interface ClusterLink {
  text: string;
  like: string;
  jaccard: number;
  containment: number;
  at: Date;
}

/**
 * A text filed in the cluster index. Texts form a forest: one without `into` is the root of its cluster and gives it
 * its id. A root is linked once, to an older one, and never again; so a merge is on record for good.
 */
export interface ClusterText {
  /** `contentId/revision`. */
  _id: string;
  contentId: string;
  revision: number;
  source: string;
  /** When the door took it in; ISO 8601, UTC. */
  receivedAt: string;
  /** When it was filed, milliseconds since 1970; the older of two roots stays one. */
  filedAt: number;
  /** The 128 minima as little-endian 32-bit numbers. */
  hashes: Binary;
  /** A byte for each minimum: where in the text it comes from. Those filed before 1.1.0 of the step have none. */
  places?: Binary;
  /** Hashes of its figures as little-endian 16-bit numbers; from 1.1.0 on too. */
  figures?: Binary;
  shingles: number;
  digest: string;
  /** What it is found by; fewer where older texts crowd a key. */
  keys: number[];
  into?: string;
  link?: ClusterLink;
  /** The text that showed this root and another to be of one cluster, where it was not this one. */
  mergedBy?: string;
}

/**
 * A text changes a page of the index for each of its keys, all far apart. What MongoDB spends on that grows with the
 * size of the pages: 4 kB instead of 16 halve it (docs/benchmarks.md). A collection keeps those it was made with.
 */
export const INDEX_PAGE_KB = 4;

export const clusterTextSchema = new Schema<ClusterText>(
  {
    _id: { type: String, required: true },
    contentId: { type: String, required: true },
    revision: { type: Number, required: true },
    source: { type: String, required: true },
    receivedAt: { type: String, required: true },
    filedAt: { type: Number, required: true },
    hashes: { type: Schema.Types.Buffer, required: true },
    places: Schema.Types.Buffer,
    figures: Schema.Types.Buffer,
    shingles: { type: Number, required: true },
    digest: { type: String, required: true },
    keys: { type: [Number], required: true },
    into: String,
    link: { _id: false, text: String, like: String, jaccard: Number, containment: Number, at: Date },
    mergedBy: String,
  },
  {
    collection: 'cluster_texts',
    strict: 'throw',
    versionKey: false,
    collectionOptions: {
      indexOptionDefaults: { storageEngine: { wiredTiger: { configString: `leaf_page_max=${INDEX_PAGE_KB}KB` } } },
    },
  },
);
clusterTextSchema.index({ keys: 1 });
clusterTextSchema.index({ into: 1 }, { partialFilterExpression: { into: { $exists: true } } });
clusterTextSchema.index({ mergedBy: 1 }, { partialFilterExpression: { mergedBy: { $exists: true } } });
