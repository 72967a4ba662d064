import { Inject, Injectable } from '@nestjs/common';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { AnyBulkWriteOperation, ClientSession, Collection } from 'mongodb';
import type { Connection } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { type Contribution, contributionsOf } from './contributions.js';
import { FactsReader } from './facts.js';
import type { ItemDocument } from './item.schema.js';
import { itemsOf } from './items-of.js';
import type { FlowTally, LedgerTally, QualityTally } from './tally.schema.js';

/** What a sum gains, net. */
type Change = Omit<Contribution, 'counts'> & { counts: Map<string, number> };

/**
 * The console's books: one row for each revision and the sums of them. Rows are derived from the stages' documents
 * alone and written in one transaction with what they change in the sums, so the sums are those of the rows at any
 * moment, however often an item is entered, by however many consoles.
 */
@Injectable()
export class Books {
  readonly items: Collection<ItemDocument>;
  readonly ledger: Collection<LedgerTally>;
  readonly flow: Collection<FlowTally>;
  readonly quality: Collection<QualityTally>;

  constructor(
    @Inject(MONGO) private readonly mongo: Connection,
    private readonly facts: FactsReader,
  ) {
    const collection = <T extends object>(name: string): Collection<T> =>
      mongo.model(name).collection as unknown as Collection<T>;
    this.items = collection('Item');
    this.ledger = collection('LedgerTally');
    this.flow = collection('FlowTally');
    this.quality = collection('QualityTally');
  }

  /**
   * Enters what the stages hold of these items now.
   *
   * @returns how many revisions changed
   * @throws UnavailableError
   */
  async enter(contentIds: string[]): Promise<number> {
    if (contentIds.length === 0) return 0;
    const items = new Map(itemsOf(await this.facts.read(contentIds)).map((item) => [item._id, item]));
    return whileMongoIsThere(() => this.mongo.transaction((session) => this.replace(contentIds, items, session)));
  }

  /** Forgets everything: what is derived otherwise than before is entered anew. @throws UnavailableError */
  async clear(): Promise<void> {
    for (const book of [this.items, this.ledger, this.flow, this.quality] as Pick<Collection, 'deleteMany'>[]) {
      await whileMongoIsThere(() => book.deleteMany({}));
    }
  }

  private async replace(
    contentIds: string[],
    items: ReadonlyMap<string, ItemDocument>,
    session: ClientSession,
  ): Promise<number> {
    const rows = await this.items.find({ contentId: { $in: contentIds } }, { session }).toArray();
    const before = new Map(rows.map((row) => [row._id, row]));
    const added = [...items.values()].filter((item) => !isDeepStrictEqual(item, before.get(item._id)));
    const gone = rows.filter(({ _id }) => !items.has(_id));
    const replaced = added.flatMap(({ _id }) => before.get(_id) ?? []);
    if (added.length + gone.length === 0) return 0;
    await this.items.bulkWrite(
      [
        ...added.map((item) => ({ replaceOne: { filter: { _id: item._id }, replacement: item, upsert: true } })),
        ...gone.map(({ _id }) => ({ deleteOne: { filter: { _id } } })),
      ],
      { session, ordered: false },
    );
    await this.change(netOf([...replaced, ...gone], added), session);
    return added.length + gone.length;
  }

  private async change(changes: Change[], session: ClientSession): Promise<void> {
    for (const book of ['ledger', 'flow', 'quality'] as const) {
      const operations = changes.filter((change) => change.book === book).map(operationOf);
      if (operations.length === 0) continue;
      // The cast is where a computed `$inc` meets the type of its sum.
      const collection = this[book] as unknown as Collection<{ _id: string }>;
      await collection.bulkWrite(operations, { session, ordered: false });
    }
    // What is in flight leaves a sum of nothing behind in every minute it passes.
    const touched = changes.filter(({ book }) => book === 'ledger').map(({ id }) => id);
    await this.ledger.deleteMany({ _id: { $in: touched }, count: 0 }, { session });
  }
}

/** What the sums gain when some rows take the place of others. */
function netOf(removed: ItemDocument[], added: ItemDocument[]): Change[] {
  const changes = new Map<string, Change>();
  const count = (items: ItemDocument[], sign: 1 | -1): void => {
    for (const { book, id, key, counts } of items.flatMap(contributionsOf)) {
      const name = `${book} ${id}`;
      const change = changes.get(name) ?? { book, id, key, counts: new Map<string, number>() };
      changes.set(name, change);
      for (const [field, by] of Object.entries(counts)) {
        change.counts.set(field, (change.counts.get(field) ?? 0) + sign * by);
      }
    }
  };
  count(removed, -1);
  count(added, 1);
  for (const { counts } of changes.values()) for (const [field, by] of counts) if (by === 0) counts.delete(field);
  return [...changes.values()].filter(({ counts }) => counts.size > 0);
}

function operationOf({ id, key, counts }: Change): AnyBulkWriteOperation<{ _id: string }> {
  const update = { $inc: Object.fromEntries(counts), $setOnInsert: key };
  return { updateOne: { filter: { _id: id }, update, upsert: true } };
}
