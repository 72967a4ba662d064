import type { TopicPlace } from '@wireroom/contracts';
import type { Collection, WithId } from 'mongodb';
import { Schema } from 'mongoose';
import type { StageDocument } from './stage-document.js';

/**
 * The outbox of documents that were stored together: what each of them otherwise says of itself, `said`, its batch says
 * for all. One such mark costs a tenth of a mark in every document.
 */
export interface OutboxBatch {
  /** Twenty-four hexadecimal digits that rise with time. */
  _id: string;
  storedAt: Date;
  /** The documents it was written for; a document's `batch.at` is its place here. One that was there before is not of it. */
  ids: string[];
  /** There until the broker has acknowledged all of its events. */
  open?: true;
  /** A sweep is taking it apart; who wrote it may no longer mark it as a whole. */
  dissolving?: true;
  /** Not before then a sweep looks at it again, by database time. */
  lookAgainAt?: Date;
  saidAt?: Date;
  topic?: string;
  /** Where the broker put each document's event, in the order of `ids`; -1 for a document that is not of the batch. */
  partitions?: number[];
  offsets?: number[];
  /** Which stretches of the topic its events lie in, see `stretchOf`: what they are found by. */
  stretches?: string[];
}

export const outboxBatchSchema: Schema<OutboxBatch> = new Schema<OutboxBatch>(
  {
    _id: { type: String, required: true },
    storedAt: { type: Date, required: true },
    ids: { type: [String], required: true },
    open: Boolean,
    dissolving: Boolean,
    lookAgainAt: Date,
    saidAt: Date,
    topic: String,
    partitions: { type: [Number], default: undefined },
    offsets: { type: [Number], default: undefined },
    stretches: { type: [String], default: undefined },
  },
  { collection: 'outbox_batches', strict: 'throw', versionKey: false },
);
outboxBatchSchema.index({ storedAt: 1 }, { partialFilterExpression: { open: true } });
outboxBatchSchema.index({ stretches: 1 }, { partialFilterExpression: { topic: { $exists: true } } });

/** A document's place in a batch that was stored just now. */
export interface BatchPlace {
  id: string;
  at: number;
  /** How many documents are of the batch. */
  size: number;
}

/** What is enough of a document to mark it said. */
export interface SaidDocument {
  _id: string;
  place: TopicPlace;
  batch?: BatchPlace;
}

/** Offsets a stretch of a partition has. */
const STRETCH = 256;

/** The stretch an offset lies in: an exact name by which a batch is found from any place in it. */
export function stretchOf(partition: number, offset: number): string {
  return `${partition}:${Math.floor(offset / STRETCH)}`;
}

/** The first offset behind the stretch an offset lies in. */
export function endOfStretch(offset: number): number {
  return (Math.floor(offset / STRETCH) + 1) * STRETCH;
}

/** What of a document tells whether it was said. */
export type Telling = Pick<StageDocument, 'said' | 'saidAt' | 'saidPlace' | 'batch'>;

/**
 * Writes into documents what their batches know of them: whether, when and where each was said.
 *
 * A batch that can't be found counts as unsaid, since saying twice does no harm. `saidAt` and `saidPlace` of a document
 * that says so itself stay as they are.
 *
 * @returns the same documents
 */
export async function withBatches<T extends Telling>(
  documents: T[],
  batches: Pick<Collection<OutboxBatch>, 'find'>,
): Promise<T[]> {
  const ids = batchesTelling(documents);
  if (ids.length === 0) return documents;
  const found = await batches.find({ _id: { $in: ids } }, { projection: { ids: 0, stretches: 0 } }).toArray();
  const byId = new Map(found.map((batch) => [batch._id, batch]));
  for (const document of documents) {
    if (leavesItToBatch(document)) tell(document, byId.get(document.batch.id));
  }
  return documents;
}

/** The batches that tell of documents which do not tell themselves. */
export function batchesTelling(documents: Telling[]): string[] {
  return [...new Set(documents.filter(leavesItToBatch).map(({ batch }) => batch.id))];
}

function leavesItToBatch<T extends Telling>(document: T): document is T & { batch: { id: string; at: number } } {
  return document.said === undefined && document.batch !== undefined;
}

function tell(document: Telling & { batch: { at: number } }, batch: WithId<OutboxBatch> | undefined): void {
  const { at } = document.batch;
  document.said = batch !== undefined && batch.open === undefined;
  if (!document.said || !batch?.topic) return;
  document.saidAt = batch.saidAt;
  document.saidPlace = { topic: batch.topic, partition: batch.partitions![at]!, offset: batch.offsets![at]! };
}
