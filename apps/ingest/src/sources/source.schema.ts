import type { FetchPurpose, SourceCounts, SourceSpec } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** A failure as it is stored. */
export interface StoredFailure {
  code: string;
  reason: string;
  at: Date;
}

/** Where a hub tells of news, and under what name it knows the source. */
export interface PushOffer {
  hub: string;
  topic: string;
}

/** A source: what was declared, and where it stands. */
export interface SourceDocument {
  /** Its name. */
  _id: string;
  spec: SourceSpec;
  /** Whose items it brings: what the declaration says, or its name. */
  publisher: string;
  declaredBy: 'api' | 'file';
  createdAt: Date;
  paused: boolean;
  pausedBecause?: string;
  /** When it is due, by database time. */
  nextDueAt: Date;
  /** The interval the schedule has come to, milliseconds. */
  intervalMs: number;
  lastFetchAt?: Date;
  lastSuccessAt?: Date;
  lastItemAt?: Date;
  errorStreak: number;
  lastError?: StoredFailure;
  permanentUrl?: string;
  /** What the source itself offered when it was read last. */
  push?: PushOffer;
  /** Until when the hub tells of news. */
  pushedUntil?: Date;
  /** When the hub did so last, by database time. */
  wokenAt?: Date;
  totals: SourceCounts;
  /** Whose turn it is to poll. The token grows with every claim: who holds an older one writes nothing more. */
  lease?: { owner: string; token: number; until: Date };
  /** Token of the last claim. */
  claims: number;
}

/** What a source remembers of its reading, so that it does not read the same again: validators, offsets, files. */
export interface SourceMark {
  /** `source\nkey`. */
  _id: string;
  source: string;
  key: string;
  value: string;
  at: Date;
}

/** A name under which a publisher's item is known: its own id there, or one of its addresses. */
export interface ItemAddress {
  /** `publisher\nname`, the name normalised. */
  _id: string;
  publisher: string;
  contentId: string;
  /** What the contentId was made of. */
  externalId?: string;
  url?: string;
  /** The name as it was first seen. */
  address: string;
  /** The source that takes the item in; the publisher's other sources only add addresses. */
  source: string;
  /** Of which item of another publisher the item is a copy; it has no revision of its own then, and is an address of that one. */
  copyOf?: string;
  /** The name alone, to be found whosever item it names. */
  name: string;
  firstSeenAt: Date;
}

/** What a source knows of an item it brought. */
export interface SourceItem {
  /** `source\ncontentId`. */
  _id: string;
  source: string;
  contentId: string;
  /** Its title or address, for people. */
  label: string;
  /** What the listing said of it, a digest for each name it is listed under: the same again needs no look at it. */
  seen: { name: string; digest: string }[];
  /** Digest of the words of the original that was taken last. */
  textDigest?: string;
  /** When the source first said it was published. */
  publishedAt?: string;
  /** What the listing said of it, for revisions that come without a listing. */
  metadata?: Record<string, string>;
  /** The publisher's own version of it. */
  version?: string;
  /** Its page, with what the server said of the page's state. */
  page?: { url: string; etag?: string; lastModified?: string };
  /** Whether the original is that page, and not what the listing held. */
  isPage: boolean;
  /** `pending`: to be tried again. */
  state: 'pending' | 'taken' | 'retracted' | 'rejected';
  rejection?: { code: string; reason: string };
  /** Tries that came to nothing since it last changed. */
  attempts: number;
  /** Times in a row that its page was not found. */
  missing: number;
  takenAt: Date;
  /** When its page is looked at next; absent where it is not watched. */
  checkAt?: Date;
  checkedAt?: Date;
}

/** What was asked of an address, and how that ended. */
export interface FetchEnding {
  at: Date;
  purpose: FetchPurpose;
  url: string;
  outcome: 'fetched' | 'not-modified' | 'refused' | 'failed';
  status?: number;
  bytes: number;
  tookMs: number;
  code?: string;
  reason?: string;
}

/** One fetch. */
export interface FetchRow extends SourceCounts, FetchEnding {
  _id: string;
  source: string;
  robotsIgnored?: string;
  rejections: { code: string; count: number; example: string }[];
}

const counts = {
  found: { type: Number, required: true },
  added: { type: Number, required: true },
  changed: { type: Number, required: true },
  retracted: { type: Number, required: true },
  duplicate: { type: Number, required: true },
  rejected: { type: Number, required: true },
};
const date = { type: Date, required: true };
const text = { type: String, required: true };
const number = { type: Number, required: true };

export const sourceSchema: Schema<SourceDocument> = new Schema<SourceDocument>(
  {
    _id: text,
    spec: { type: Schema.Types.Mixed, required: true },
    publisher: text,
    declaredBy: text,
    createdAt: date,
    paused: { type: Boolean, required: true },
    pausedBecause: String,
    nextDueAt: date,
    intervalMs: number,
    lastFetchAt: Date,
    lastSuccessAt: Date,
    lastItemAt: Date,
    errorStreak: number,
    lastError: { _id: false, code: String, reason: String, at: Date },
    permanentUrl: String,
    push: { _id: false, hub: String, topic: String },
    pushedUntil: Date,
    wokenAt: Date,
    totals: { _id: false, ...counts },
    lease: { _id: false, owner: String, token: Number, until: Date },
    claims: number,
  },
  { collection: 'sources', strict: 'throw', versionKey: false },
);
sourceSchema.index({ paused: 1, nextDueAt: 1 });

export const sourceMarkSchema: Schema<SourceMark> = new Schema<SourceMark>(
  { _id: text, source: text, key: text, value: text, at: date },
  { collection: 'source_marks', strict: 'throw', versionKey: false },
);
sourceMarkSchema.index({ source: 1 });

export const itemAddressSchema: Schema<ItemAddress> = new Schema<ItemAddress>(
  {
    _id: text,
    publisher: text,
    contentId: text,
    externalId: String,
    url: String,
    address: text,
    source: text,
    copyOf: String,
    name: text,
    firstSeenAt: date,
  },
  { collection: 'item_addresses', strict: 'throw', versionKey: false },
);
itemAddressSchema.index({ contentId: 1 });
itemAddressSchema.index({ name: 1 });
itemAddressSchema.index({ copyOf: 1 }, { partialFilterExpression: { copyOf: { $type: 'string' } } });

export const sourceItemSchema: Schema<SourceItem> = new Schema<SourceItem>(
  {
    _id: text,
    source: text,
    contentId: text,
    label: text,
    seen: [{ _id: false, name: text, digest: text }],
    textDigest: String,
    publishedAt: String,
    metadata: Schema.Types.Mixed,
    version: String,
    page: { _id: false, url: String, etag: String, lastModified: String },
    isPage: { type: Boolean, required: true },
    state: text,
    rejection: { _id: false, code: String, reason: String },
    attempts: number,
    missing: number,
    takenAt: date,
    checkAt: Date,
    checkedAt: Date,
  },
  { collection: 'source_items', strict: 'throw', versionKey: false },
);
sourceItemSchema.index({ source: 1, checkAt: 1 }, { partialFilterExpression: { checkAt: { $type: 'date' } } });

/** Kept for `keepSeconds`. */
export function fetchRowSchema(keepSeconds: number): Schema<FetchRow> {
  const schema: Schema<FetchRow> = new Schema<FetchRow>(
    {
      _id: text,
      source: text,
      at: date,
      purpose: text,
      url: text,
      outcome: text,
      status: Number,
      bytes: number,
      tookMs: number,
      code: String,
      reason: String,
      robotsIgnored: String,
      ...counts,
      rejections: [{ _id: false, code: String, count: Number, example: String }],
    },
    { collection: 'source_fetches', strict: 'throw', versionKey: false },
  );
  schema.index({ source: 1, at: -1, _id: -1 });
  schema.index({ at: 1 }, { expireAfterSeconds: keepSeconds });
  return schema;
}
