import { Inject, Injectable } from '@nestjs/common';
import { contentIdOf } from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { addressKey, siteOf } from './item-names.js';
import type { ItemAddress, SourceItem } from './source.schema.js';

/** What an item's contentId is made of, and which source takes it in. */
export interface ItemIdentity {
  contentId: string;
  externalId?: string;
  url?: string;
  source: string;
  /** The item of another publisher of which this one is a copy, without a revision of its own. */
  copyOf?: string;
}

/** An item that is known by one of its names. */
export interface KnownItem {
  identity: ItemIdentity;
  /** What this source knows of it; absent where another one brought it. */
  item?: SourceItem;
  /** Those of the names it is known by already. */
  names: Set<string>;
}

/** Names by their keys. */
export type Names = Map<string, string>;

/** Knows items by all their names, so that one item stays one under a new guid or another address. */
@Injectable()
export class ItemMemory {
  private readonly addresses: Model<ItemAddress>;
  private readonly items: Model<SourceItem>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.addresses = mongo.model<ItemAddress>('ItemAddress');
    this.items = mongo.model<SourceItem>('SourceItem');
  }

  /**
   * The item these names stand for; where they stand for several, the one of the first name, so that an item's own id
   * weighs more than its addresses.
   */
  async recall(source: string, publisher: string, names: Names): Promise<KnownItem | undefined> {
    const keys = [...names.keys()];
    const rows = await whileMongoIsThere(() =>
      this.addresses.find({ _id: { $in: keys.map((key) => addressId(publisher, key)) } }).lean(),
    );
    const byName = new Map(rows.map((row) => [row._id, row]));
    const row = keys.map((key) => byName.get(addressId(publisher, key))).find((one) => one !== undefined);
    if (!row) return undefined;
    const item = await whileMongoIsThere(() => this.items.findById(itemId(source, row.contentId)).lean());
    const { contentId } = row;
    const known = keys.filter((key) => byName.get(addressId(publisher, key))?.contentId === contentId);
    return {
      identity: identityIn(row),
      item: item ?? undefined,
      names: new Set(known),
    };
  }

  /** Gives a known item more names; those that belong to another item stay with it. Safe to repeat. */
  async addNames(publisher: string, identity: ItemIdentity, names: Names): Promise<void> {
    // In one order everywhere, so that whoever takes the same item in meanwhile meets us at the first name we share.
    const rows = [...names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, address]) => ({
        updateOne: {
          filter: { _id: addressId(publisher, key) },
          update: { $setOnInsert: { ...identity, publisher, name: key, address, firstSeenAt: new Date() } },
          upsert: true,
        },
      }));
    await whileMongoIsThere(() => this.addresses.bulkWrite(rows));
  }

  /**
   * Gives a new item its names.
   *
   * @returns its identity, which is another's where one of the names was taken meanwhile.
   */
  async claim(publisher: string, identity: ItemIdentity, names: Names): Promise<ItemIdentity> {
    await this.addNames(publisher, identity, names);
    const ids = [...names.keys()].map((key) => addressId(publisher, key));
    const rows = await whileMongoIsThere(() =>
      this.addresses
        .find({ _id: { $in: ids } })
        .sort({ _id: 1 })
        .lean(),
    );
    const earlier = rows.find(({ contentId }) => contentId !== identity.contentId);
    if (!earlier) return identity;
    const winner = identityIn(earlier);
    await whileMongoIsThere(() =>
      this.addresses.updateMany({ _id: { $in: ids }, contentId: identity.contentId }, { $set: winner }),
    );
    return winner;
  }

  /**
   * The item of another publisher that stands at an address, on the site of that address; what a page elsewhere merely
   * calls its canonical address does not count. A copy leads to its original.
   *
   * @returns its contentId, of the one that was there first.
   */
  async holderOf(address: string, publisher: string): Promise<string | undefined> {
    const name = addressKey(address);
    const rows = await whileMongoIsThere(() =>
      this.addresses
        .find({ name, publisher: { $ne: publisher } })
        .sort({ firstSeenAt: 1 })
        .limit(MAX_HOLDERS)
        .lean(),
    );
    const ids = rows.map(({ source, contentId }) => itemId(source, contentId));
    const items = await whileMongoIsThere(() => this.items.find({ _id: { $in: ids }, state: 'taken' }).lean());
    const standing = items.filter(({ page }) => page && siteOf(page.url) === siteOf(address));
    const holder = rows.find((row) => standing.some(({ contentId }) => contentId === row.contentId));
    return holder && (holder.copyOf ?? holder.contentId);
  }

  /** Remembers of which item another one is a copy; without one it is none any more. */
  async setOriginal({ contentId }: ItemIdentity, copyOf: string | undefined): Promise<void> {
    const update = copyOf === undefined ? { $unset: { copyOf: '' } } : { $set: { copyOf } };
    await whileMongoIsThere(() => this.addresses.updateMany({ contentId }, update));
  }

  /** Makes another source of the publisher the one that takes the item in. */
  async handOver(contentId: string, to: string): Promise<void> {
    await whileMongoIsThere(() => this.addresses.updateMany({ contentId }, { $set: { source: to } }));
  }

  /** Remembers what was seen of an item. Losing this write only costs another look at it. */
  async remember(item: SourceItem): Promise<void> {
    const once = { upsert: true, writeConcern: { w: 1 } } as const;
    await whileMongoIsThere(() => this.items.replaceOne({ _id: item._id }, item, once));
  }

  /** Items whose page is due for another look, the longest overdue first. */
  async dueForCheck(source: string, now: Date, limit: number): Promise<SourceItem[]> {
    return whileMongoIsThere(() =>
      this.items
        .find({ source, checkAt: { $lte: now } })
        .sort({ checkAt: 1 })
        .limit(limit)
        .lean(),
    );
  }

  /** How an item is named to the store. */
  async identityOf(contentId: string): Promise<ItemIdentity | undefined> {
    const row = await whileMongoIsThere(() => this.addresses.findOne({ contentId }).lean());
    return row ? identityIn(row) : undefined;
  }
}

/** The identity of an item that is not known yet. */
export function newIdentity(
  publisher: string,
  source: string,
  { ownId, addresses }: { ownId?: string; addresses: string[] },
): ItemIdentity {
  const externalId = ownId === undefined || ownId.length > MAX_OWN_ID ? undefined : ownId;
  const [url] = addresses;
  return { contentId: contentIdOf({ source: publisher, externalId, url }), externalId, url, source };
}

/** Identity of what a source knows of an item. */
export function itemId(source: string, contentId: string): string {
  return `${source}\n${contentId}`;
}

/** Longest own id the contract takes. */
const MAX_OWN_ID = 1000;

/** Publishers whose items are looked at for one address. */
const MAX_HOLDERS = 10;

function identityIn({ contentId, externalId, url, source, copyOf }: ItemAddress): ItemIdentity {
  return { contentId, externalId, url, source, copyOf };
}

function addressId(publisher: string, name: string): string {
  return `${publisher}\n${name}`;
}
