import { Inject, Injectable } from '@nestjs/common';
import type {
  ListRedriveItemsRequest,
  ListRedrivesRequest,
  Redrive,
  RedriveCounts,
  RedriveItem,
  RedriveItemPage,
  RedriveOutcome,
  RedrivePage,
} from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model, UpdateQuery } from 'mongoose';
import { afterCursor, cursorOf } from '../paging.js';
import type { RedriveDocument, RedriveItemDocument } from './redrive.schema.js';

/** What became of an item, as far as it is known. */
export type ItemChange = Pick<RedriveItemDocument, 'outcome'> &
  Partial<
    Pick<
      RedriveItemDocument,
      'outcomeStage' | 'outcomeCode' | 'contentId' | 'revision' | 'stageEndedAt' | 'endedAt' | 'sentAt'
    >
  >;

const LIMIT = 50;
const ITEMS_AT_ONCE = 5000;
const LEASE_MS = 15_000;
const RATE_OVER_MS = 10_000;

const NAMES: Record<RedriveOutcome, keyof RedriveCounts> = {
  waiting: 'waiting',
  sent: 'sent',
  'under-way': 'underWay',
  published: 'published',
  skipped: 'skipped',
  duplicate: 'duplicate',
  'dead-lettered': 'deadLettered',
  failed: 'failed',
  parked: 'parked',
  gone: 'gone',
  left: 'left',
};

/** Redrives and their items, in the console's own database. */
@Injectable()
export class RedriveStore {
  private readonly redrives: Model<RedriveDocument>;
  private readonly items: Model<RedriveItemDocument>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.redrives = mongo.model<RedriveDocument>('Redrive');
    this.items = mongo.model<RedriveItemDocument>('RedriveItem');
  }

  /** Keeps a redrive with its items; nothing is seen of it before all of them are there. Safe to repeat. */
  async create(
    redrive: RedriveDocument,
    items: Omit<RedriveItemDocument, '_id' | 'redriveId' | 'position'>[],
  ): Promise<void> {
    await whileMongoIsThere(() => this.items.deleteMany({ redriveId: redrive._id }));
    for (let start = 0; start < items.length; start += ITEMS_AT_ONCE) {
      const documents = items.slice(start, start + ITEMS_AT_ONCE).map((item, index) => {
        const position = start + index;
        return { ...item, _id: `${redrive._id}/${position}`, redriveId: redrive._id, position };
      });
      await whileMongoIsThere(() => this.items.collection.insertMany(documents as never, { ordered: false }));
    }
    await whileMongoIsThere(() => this.redrives.create(redrive));
  }

  async find(id: string): Promise<RedriveDocument | undefined> {
    return (await whileMongoIsThere(() => this.redrives.findOne({ _id: { $eq: id } }).lean())) ?? undefined;
  }

  /** Changes a redrive that is in one of these states. @returns it as it is then; undefined where it was not */
  async change(
    id: string,
    from: RedriveDocument['state'][],
    change: UpdateQuery<RedriveDocument>,
  ): Promise<RedriveDocument | undefined> {
    const changed = await whileMongoIsThere(() =>
      this.redrives
        .findOneAndUpdate({ _id: { $eq: id }, state: { $in: from } }, change, { returnDocument: 'after' })
        .lean(),
    );
    return changed ?? undefined;
  }

  /** Takes a redrive that has not ended and that no other console runs, for a while. */
  async claim(owner: string, except: string[]): Promise<RedriveDocument | undefined> {
    const isFree = {
      $or: [{ $lte: [{ $ifNull: ['$lease.until', new Date(0)] }, '$$NOW'] }, { $eq: ['$lease.owner', owner] }],
    };
    const claimed = await whileMongoIsThere(() =>
      this.redrives
        .findOneAndUpdate(
          { endedAt: { $eq: null }, _id: { $nin: except }, $expr: isFree },
          [{ $set: { lease: { owner, until: { $add: ['$$NOW', LEASE_MS] } } } }],
          { sort: { startedAt: 1 }, returnDocument: 'after', updatePipeline: true },
        )
        .lean(),
    );
    return claimed ?? undefined;
  }

  /** The items of these outcomes, in the order they are sent, from a position on. */
  async itemsOf(redriveId: string, outcomes: RedriveOutcome[], limit: number): Promise<RedriveItemDocument[]> {
    return whileMongoIsThere(() =>
      this.items
        .find({ redriveId, outcome: { $in: outcomes } })
        .sort({ position: 1 })
        .limit(limit)
        .lean(),
    );
  }

  async countOf(redriveId: string, outcomes: RedriveOutcome[], before?: number): Promise<number> {
    const position = before === undefined ? {} : { position: { $lt: before } };
    return whileMongoIsThere(() => this.items.countDocuments({ redriveId, outcome: { $in: outcomes }, ...position }));
  }

  /** The outcomes of the items that their stages ended last, newest first. */
  async lastEnded(redriveId: string, since: Date, limit: number): Promise<RedriveOutcome[]> {
    const rows = await whileMongoIsThere(() =>
      this.items
        .find({ redriveId, stageEndedAt: { $gte: since } }, { outcome: 1 })
        .sort({ stageEndedAt: -1 })
        .limit(limit)
        .lean(),
    );
    return rows.map(({ outcome }) => outcome);
  }

  /** The outcomes of the items between two positions. */
  async outcomesWithin(redriveId: string, from: number, to: number): Promise<RedriveOutcome[]> {
    const rows = await whileMongoIsThere(() =>
      this.items.find({ redriveId, position: { $gte: from, $lt: to } }, { outcome: 1 }).lean(),
    );
    return rows.map(({ outcome }) => outcome);
  }

  async changeItems(changes: [item: RedriveItemDocument, change: ItemChange][]): Promise<void> {
    if (changes.length === 0) return;
    const operations = changes.map(([{ _id, outcome }, change]) => ({
      updateOne: { filter: { _id, outcome }, update: { $set: change } },
    }));
    await whileMongoIsThere(() => this.items.bulkWrite(operations, { ordered: false }));
  }

  /** What was not sent stays as it is in its stage. */
  async leaveWaiting(redriveId: string): Promise<void> {
    await whileMongoIsThere(() =>
      this.items.updateMany({ redriveId, outcome: 'waiting' }, { $set: { outcome: 'left', endedAt: new Date() } }),
    );
  }

  async list({ limit = LIMIT, cursor }: ListRedrivesRequest): Promise<RedrivePage> {
    const after = afterCursor('startedAt', cursor, (id) => id);
    const rows = await whileMongoIsThere(() =>
      this.redrives
        .find(after)
        .sort({ startedAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean(),
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: await Promise.all(shown.map((row) => this.viewOf(row))),
      nextCursor: last && cursorOf(last.startedAt, last._id),
    };
  }

  async listItems(
    redriveId: string,
    { outcome, limit = LIMIT, cursor }: ListRedriveItemsRequest,
  ): Promise<RedriveItemPage> {
    const from = cursor === undefined ? 0 : Number.parseInt(cursor, 10) || 0;
    const filter = { redriveId: { $eq: redriveId }, position: { $gte: from }, ...(outcome ? { outcome } : {}) };
    const rows = await whileMongoIsThere(() =>
      this.items
        .find(filter)
        .sort({ position: 1 })
        .limit(limit + 1)
        .lean(),
    );
    return {
      items: rows.slice(0, limit).map(itemView),
      nextCursor: rows.length > limit ? String(rows[limit]!.position) : undefined,
    };
  }

  /** A redrive with its counts as they are now. */
  async viewOf(redrive: RedriveDocument): Promise<Redrive> {
    const redriveId = redrive._id;
    const since = new Date(Date.now() - RATE_OVER_MS);
    const [counts, sentLately] = await whileMongoIsThere(() =>
      Promise.all([
        this.items.aggregate<{ _id: RedriveOutcome; count: number }>([
          { $match: { redriveId } },
          { $group: { _id: '$outcome', count: { $sum: 1 } } },
        ]),
        redrive.endedAt ? 0 : this.items.countDocuments({ redriveId, sentAt: { $gte: since } }),
      ]),
    );
    return {
      id: redriveId,
      state: redrive.state,
      filter: redrive.filter,
      reason: redrive.reason,
      by: redrive.by,
      ratePerSecond: redrive.ratePerSecond,
      ramp: redrive.ramp,
      wave: redrive.wave < redrive.ramp.length ? redrive.wave + 1 : undefined,
      total: redrive.total,
      counts: countsOf(counts),
      currentRate: sentLately / (RATE_OVER_MS / 1000),
      startedAt: redrive.startedAt.toISOString(),
      endedAt: redrive.endedAt?.toISOString(),
      note: redrive.note,
    };
  }
}

function countsOf(rows: { _id: RedriveOutcome; count: number }[]): RedriveCounts {
  const counts = Object.fromEntries(Object.values(NAMES).map((name) => [name, 0])) as unknown as RedriveCounts;
  for (const { _id, count } of rows) counts[NAMES[_id]] = count;
  return counts;
}

function itemView(item: RedriveItemDocument): RedriveItem {
  return {
    position: item.position,
    stage: item.stage,
    deadLetterId: item.letterId,
    code: item.code,
    source: item.source,
    contentId: item.contentId,
    revision: item.revision,
    outcome: item.outcome,
    outcomeStage: item.outcomeStage,
    outcomeCode: item.outcomeCode,
    sentAt: item.sentAt?.toISOString(),
    endedAt: item.endedAt?.toISOString(),
  };
}
