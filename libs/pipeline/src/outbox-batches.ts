import { Inject, Injectable } from '@nestjs/common';
import { ServiceEnv, whileMongoIsThere } from '@wireroom/platform';
import { type Collection, type Filter, ObjectId } from 'mongodb';
import type { Connection } from 'mongoose';
import { crashAt } from './faults.js';
import {
  type BatchPlace,
  type OutboxBatch,
  type SaidDocument,
  type Telling,
  batchesTelling,
  endOfStretch,
  stretchOf,
  withBatches,
} from './outbox-batch.js';
import type { StageDocument } from './stage-document.js';
import { MONGO } from './tokens.js';

type Member = SaidDocument & { batch: BatchPlace };

/** Below it a batch of its own costs more than marking each document. */
const MIN_SIZE = 8;
/** How many overdue batches one sweep takes apart. */
const SWEEP_LIMIT = 20;
/**
 * A batch some of whose documents are not there: its writer died before it wrote them, or their write is still under
 * way, however long a stopped server kept it waiting. It is looked at again after a minute, then after as long as it is
 * old, until no write can be under way.
 */
const LOOK_AGAIN_MS = 60_000;
const GIVE_UP_MS = 7 * 24 * 60 * 60_000;

/** The outbox batches of one stage. */
@Injectable()
export class OutboxBatches {
  private readonly batches: Collection<OutboxBatch>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly env: ServiceEnv,
  ) {
    this.batches = mongo.model<OutboxBatch>('OutboxBatch').collection as unknown as Collection<OutboxBatch>;
  }

  /**
   * Opens a batch for documents about to be stored, where there are enough of them to be worth one, and makes them part
   * of it. The batch is on a majority's journal before they are sent, so neither a crash nor another primary leaves a
   * document of a batch that does not exist.
   *
   * @throws UnavailableError
   */
  async open(documents: StageDocument[]): Promise<void> {
    const unsaid = documents.filter(({ said }) => said === false);
    if (unsaid.length < MIN_SIZE) return;
    const batch: OutboxBatch = {
      _id: new ObjectId().toHexString(),
      storedAt: new Date(),
      ids: unsaid.map(({ _id }) => _id),
      open: true,
    };
    await whileMongoIsThere(() => this.batches.insertOne(batch));
    crashAt('amid-persist', this.env);
    for (const [at, document] of unsaid.entries()) {
      document.said = undefined;
      document.batch = { id: batch._id, at };
    }
  }

  /**
   * Remembers of whole batches that the broker has their events.
   *
   * @returns the documents that must be marked one by one: those of no batch, of one that was said in part, and of one
   * that a sweep has taken apart meanwhile
   * @throws UnavailableError
   */
  async close(documents: SaidDocument[]): Promise<SaidDocument[]> {
    const { whole, others } = inWholeBatches(documents);
    const left = await Promise.all(whole.map(async (members) => ((await this.closeOne(members)) ? [] : members)));
    return [...others, ...left.flat()];
  }

  /**
   * Finds out which of some documents, as they are stored, were said, without reading where their events lie.
   *
   * @throws UnavailableError
   */
  async judge(documents: Telling[]): Promise<(document: Telling) => boolean> {
    const ids = batchesTelling(documents);
    if (ids.length === 0) return ({ said }) => said === true;
    const found = await whileMongoIsThere(() =>
      this.batches
        .find({ _id: { $in: ids }, open: { $exists: false } })
        .project<{ _id: string }>({ _id: 1 })
        .toArray(),
    );
    const closed = new Set(found.map(({ _id }) => _id));
    return ({ said, batch }) => said ?? (batch !== undefined && closed.has(batch.id));
  }

  /** See `withBatches`. @throws UnavailableError */
  complete<T extends Telling>(documents: T[]): Promise<T[]> {
    return whileMongoIsThere(() => withBatches(documents, this.batches));
  }

  /**
   * The documents whose events lie between two offsets of a partition, `until` not included, as far as batches tell.
   *
   * @throws UnavailableError
   */
  async saidBetween(partition: number, from: number, until: number): Promise<{ _id: string; offset: number }[]> {
    const stretches: string[] = [];
    for (let offset = from; offset < until; offset = endOfStretch(offset)) stretches.push(stretchOf(partition, offset));
    const found = await whileMongoIsThere(() =>
      this.batches
        .find({ stretches: { $in: stretches }, topic: { $exists: true } })
        .project<Required<Pick<OutboxBatch, 'ids' | 'partitions' | 'offsets'>>>({ ids: 1, partitions: 1, offsets: 1 })
        .toArray(),
    );
    return found.flatMap(({ ids, partitions, offsets }) =>
      offsets.flatMap((offset, at) => {
        const isThere = partitions[at] === partition && offset >= from && offset < until;
        return isThere ? [{ _id: ids[at]!, offset }] : [];
      }),
    );
  }

  /**
   * Takes batches apart that are open for longer than `ageMs` by database time: from then on each of their documents
   * that is unsaid says so itself. Safe to do in several instances at once, to repeat after a crash, and beside a
   * writer that is only slow.
   *
   * @throws UnavailableError
   */
  async dissolveOverdue(documents: Collection<StageDocument>, ageMs: number): Promise<void> {
    const overdue = await whileMongoIsThere(() =>
      this.batches
        .find({
          open: true,
          $expr: {
            $and: [
              { $lt: ['$storedAt', { $subtract: ['$$NOW', ageMs] }] },
              { $lte: [{ $ifNull: ['$lookAgainAt', new Date(0)] }, '$$NOW'] },
            ],
          },
        })
        .sort({ storedAt: 1 })
        .limit(SWEEP_LIMIT)
        .toArray(),
    );
    for (const batch of overdue) await whileMongoIsThere(() => this.dissolve(batch, documents));
  }

  /**
   * Marks documents unsaid whose batch is gone, as where a backup was restored without it: no sweep would find them
   * otherwise.
   *
   * @param unsaid documents as they are stored, found to be unsaid
   * @throws UnavailableError
   */
  async takeOutOfMissing(
    documents: Collection<StageDocument>,
    unsaid: (Telling & Pick<StageDocument, 'contentId'>)[],
  ): Promise<void> {
    const ids = batchesTelling(unsaid);
    if (ids.length === 0) return;
    await whileMongoIsThere(async () => {
      const there = new Set(await this.batches.distinct('_id', { _id: { $in: ids } }));
      const missing = ids.filter((id) => !there.has(id));
      if (missing.length === 0) return;
      await takeOut(documents, missing, { contentId: { $in: unsaid.map(({ contentId }) => contentId) } });
    });
  }

  /**
   * How many documents of batches are unsaid, and when the oldest was stored. One that a sweep has been through is left
   * out: what it had is marked in itself.
   */
  async unsaid(): Promise<{ count: number; oldest?: Date }> {
    const [sum] = await whileMongoIsThere(() =>
      this.batches
        .aggregate<{ count: number; oldest: Date }>([
          // The time is named because the index is on it.
          { $match: { open: true, storedAt: { $gte: new Date(0) }, lookAgainAt: { $exists: false } } },
          { $group: { _id: null, count: { $sum: { $size: '$ids' } }, oldest: { $min: '$storedAt' } } },
        ])
        .toArray(),
    );
    return sum ?? { count: 0 };
  }

  /** Losing this write only means saying the events again. */
  private async closeOne(members: Member[]): Promise<boolean> {
    const { id } = members[0]!.batch;
    const said = { saidAt: new Date(), topic: members[0]!.place.topic, ...placesOf(members) };
    const { matchedCount } = await whileMongoIsThere(() =>
      this.batches.updateOne(
        { _id: id, open: true, dissolving: { $exists: false } },
        { $set: said, $unset: { open: '' } } as never,
        { writeConcern: { w: 1 } },
      ),
    );
    return matchedCount === 1;
  }

  /**
   * The order of its steps is what makes it safe: the writer can no longer close it; only then are its documents counted;
   * those that are there are marked unsaid; and it goes only if all were there at the count, so that no document can
   * come to be of a batch that is gone.
   */
  private async dissolve({ _id, ids }: OutboxBatch, documents: Collection<StageDocument>): Promise<void> {
    const claimed = await this.batches.updateOne({ _id, open: true }, { $set: { dissolving: true } });
    if (claimed.matchedCount === 0) return;
    const there = await documents.countDocuments({ _id: { $in: ids } });
    await takeOut(documents, [_id], { _id: { $in: ids } });
    const age = { $subtract: ['$$NOW', '$storedAt'] };
    if (there === ids.length) {
      await this.batches.deleteOne({ _id });
    } else if ((await this.batches.deleteOne({ _id, $expr: { $gt: [age, GIVE_UP_MS] } })).deletedCount === 0) {
      const wait = { $max: [LOOK_AGAIN_MS, age] };
      await this.batches.updateOne({ _id }, [{ $set: { lookAgainAt: { $add: ['$$NOW', wait] } } }]);
    }
  }
}

/** From then on the unsaid documents of these batches say so themselves. @param which by what they are found */
async function takeOut(
  documents: Collection<StageDocument>,
  batchIds: string[],
  which: Filter<StageDocument>,
): Promise<void> {
  await documents.updateMany(
    { ...which, 'batch.id': { $in: batchIds }, said: { $exists: false } },
    { $set: { said: false }, $unset: { batch: '' } },
  );
}

/** Tells documents whose batch is complete from all others. */
function inWholeBatches(documents: SaidDocument[]): { whole: Member[][]; others: SaidDocument[] } {
  const byBatch = new Map<string, Member[]>();
  const others: SaidDocument[] = [];
  for (const document of documents) {
    if (!isMember(document)) others.push(document);
    else byBatch.set(document.batch.id, (byBatch.get(document.batch.id) ?? []).concat(document));
  }
  const isWhole = (members: Member[]): boolean => members.length === members[0]!.batch.size;
  const groups = [...byBatch.values()];
  return {
    whole: groups.filter(isWhole),
    others: [...others, ...groups.filter((members) => !isWhole(members)).flat()],
  };
}

function isMember(document: SaidDocument): document is Member {
  return document.batch !== undefined;
}

function placesOf(members: Member[]): Required<Pick<OutboxBatch, 'partitions' | 'offsets' | 'stretches'>> {
  const slots = Math.max(...members.map(({ batch }) => batch.at)) + 1;
  const partitions = new Array<number>(slots).fill(-1);
  const offsets = new Array<number>(slots).fill(-1);
  const stretches = new Set<string>();
  for (const { batch, place } of members) {
    const offset = Number(place.offset);
    partitions[batch.at] = place.partition;
    offsets[batch.at] = offset;
    stretches.add(stretchOf(place.partition, offset));
  }
  return { partitions, offsets, stretches: [...stretches] };
}
