import { Inject, Injectable } from '@nestjs/common';
import type { ReprocessFilter } from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import type { EnrichedItem } from '../enriched-item.schema.js';

/** What an item is chosen by: the newest processing of its newest revision, without its texts. */
export type ItemHead = Pick<EnrichedItem, '_id' | 'contentId' | 'source' | 'receivedAt' | 'processingVersion'> &
  Partial<Pick<EnrichedItem, 'enrichment' | 'article' | 'reprocessedBy'>>;

const CHOSEN_BY = {
  contentId: 1,
  source: 1,
  receivedAt: 1,
  processingVersion: 1,
  reprocessedBy: 1,
  'article.completeness': 1,
  'enrichment.failedSteps': 1,
} as const;

/** The enriched stage as it is read for reprocessing: item by item, in the order of their ids. */
@Injectable()
export class StoredItems {
  private readonly items: Model<EnrichedItem>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.items = mongo.model<EnrichedItem>('EnrichedItem');
  }

  /** The heads of the items after one; none at the end. Fewer items than rows where some have several revisions. */
  async headsAfter(contentId: string, rows: number): Promise<ItemHead[]> {
    const found = await whileMongoIsThere(() =>
      this.items
        .find({ contentId: { $gt: contentId } }, CHOSEN_BY)
        .sort({ contentId: 1, revision: -1, processingVersion: -1 })
        .limit(rows)
        .lean<ItemHead[]>(),
    );
    return found.filter((row, at) => row.contentId !== found[at - 1]?.contentId);
  }

  /** Whole documents, in the order of the heads. */
  async read(heads: ItemHead[]): Promise<EnrichedItem[]> {
    const ids = heads.map(({ _id }) => _id);
    const found = await whileMongoIsThere(() => this.items.find({ _id: { $in: ids } }).lean<EnrichedItem[]>());
    const byId = new Map(found.map((item) => [item._id, item]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** Whether an item has an article and the filter takes it. Pure. */
export function isChosen(head: ItemHead, filter: ReprocessFilter): boolean {
  const { source, since, until, code, processingVersion } = filter;
  const received = Date.parse(head.receivedAt);
  return (
    head.article !== undefined &&
    (source === undefined || head.source === source) &&
    (since === undefined || received >= Date.parse(since)) &&
    (until === undefined || received < Date.parse(until)) &&
    (processingVersion === undefined || head.processingVersion === processingVersion) &&
    (code === undefined || (head.enrichment?.failedSteps ?? []).some((failure) => failure.code === code))
  );
}
