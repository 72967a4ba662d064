import { Injectable } from '@nestjs/common';
import type { ItemPage, ItemRow, ListItemsRequest } from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Filter } from 'mongodb';
import { Books } from '../books/books.js';
import { GRAINS } from '../books/grains.js';
import { headlineWords } from '../books/headline-words.js';
import type { ItemDocument } from '../books/item.schema.js';
import { Sums } from '../books/sums.js';
import { afterCursor, cursorOf } from '../paging.js';

type Search = { as: NonNullable<ItemPage['searchedAs']>; filter: Filter<ItemDocument> };

const PAGE = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TRACE_ID = /^[0-9a-f]{32}$/i;
/** A search that finds too little too late is stopped instead of keeping the database busy. */
const LONGEST_SEARCH_MS = 5000;
const BEGINNING = new Date(0);

/** Lists of revisions from the books. */
@Injectable()
export class Items {
  constructor(
    private readonly books: Books,
    private readonly sums: Sums,
  ) {}

  /** Newest acceptance first. */
  async list(request: ListItemsRequest): Promise<ItemPage> {
    const limit = request.limit ?? PAGE;
    const search = request.q === undefined ? undefined : searchOf(request.q.trim());
    const filter = { $and: [narrowedBy(request), search?.filter ?? {}, afterCursor('at', request.cursor, String)] };
    const [rows, total] = await Promise.all([
      whileMongoIsThere(() =>
        this.books.items
          .find(filter, { maxTimeMS: LONGEST_SEARCH_MS })
          .sort({ at: -1, _id: -1 })
          .limit(limit + 1)
          .toArray(),
      ),
      search ? undefined : this.total(request),
    ]);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(rowOf),
      searchedAs: search?.as,
      total,
      nextCursor: last && cursorOf(last.at, last._id),
    };
  }

  /** Every revision of an item, oldest first. */
  async revisionsOf(contentId: string): Promise<ItemRow[]> {
    const rows = await whileMongoIsThere(() => this.books.items.find({ contentId }).sort({ revision: 1 }).toArray());
    return rows.map(rowOf);
  }

  async revision(contentId: string, revision: number): Promise<ItemRow | undefined> {
    const row = await whileMongoIsThere(() => this.books.items.findOne({ _id: `${contentId}/${revision}` }));
    return row ? rowOf(row) : undefined;
  }

  /** From the sums; undefined for a period that is not of whole minutes, of which there are none. */
  private async total({ from, to, source, outcome, stage, code }: ListItemsRequest): Promise<number | undefined> {
    const start = from === undefined ? BEGINNING : new Date(from);
    const end = to === undefined ? new Date(Date.now() + GRAINS.day) : new Date(to);
    const isWhole = [from && start, to && end].every((time) => !time || time.getTime() % GRAINS.minute === 0);
    if (!isWhole) return undefined;
    const wholeEnd = new Date(Math.ceil(end.getTime() / GRAINS.minute) * GRAINS.minute);
    return this.sums.count(start, wholeEnd, { source, outcome, stage, code });
  }
}

function narrowedBy({ from, to, source, outcome, stage, code }: ListItemsRequest): Filter<ItemDocument> {
  const wanted = { source, outcome, stage, code };
  const filter: Record<string, unknown> = Object.fromEntries(
    Object.entries(wanted).flatMap(([field, value]) => (value === undefined ? [] : [[field, { $eq: value }]])),
  );
  if (from !== undefined || to !== undefined) {
    filter['at'] = { ...(from ? { $gte: new Date(from) } : {}), ...(to ? { $lt: new Date(to) } : {}) };
  }
  return filter;
}

/** What a person means by the text in the search field. */
function searchOf(text: string): Search {
  if (UUID.test(text)) return { as: 'content-id', filter: { contentId: text.toLowerCase() } };
  if (TRACE_ID.test(text)) return { as: 'trace-id', filter: { traceId: text.toLowerCase() } };
  if (/^https?:\/\//i.test(text)) return { as: 'address', filter: { url: text } };
  const words = headlineWords(text);
  const byId = { externalId: text };
  return { as: 'words-or-id', filter: words.length === 0 ? byId : { $or: [byId, { words: { $all: words } }] } };
}

function rowOf(item: ItemDocument): ItemRow {
  return {
    contentId: item.contentId,
    revision: item.revision,
    kind: item.kind,
    source: item.source,
    outcome: item.outcome,
    stage: item.stage,
    code: item.code,
    title: item.title,
    url: item.url,
    externalId: item.externalId,
    traceId: item.traceId,
    acceptedAt: item.acceptedAt?.toISOString(),
    enrichedAt: item.enrichedAt?.toISOString(),
    publishedAt: item.publishedAt?.toISOString(),
    bodyChars: item.bodyChars,
    language: item.language,
    processingVersion: item.processingVersion,
  };
}
