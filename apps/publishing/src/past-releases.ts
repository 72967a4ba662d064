import { Inject, Injectable } from '@nestjs/common';
import { MONGO, OutboxBatches, endOfStretch } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { type ArticleView } from '@wireroom/contracts';
import { viewOf } from './article-reader.js';
import type { Publication } from './publication.schema.js';
import type { StreamPosition } from './stream-position.js';

/** A release from the database, with its place on the topic. */
export interface PastRelease {
  partition: number;
  offset: number;
  view: ArticleView;
}

interface Placed {
  offset: number;
  publication: Publication;
}

/** Offsets that are looked through at once where nothing lies. */
const FIRST_STEP = 256;
const MOST_STEP = 16_384;

/** Releases that no instance keeps in memory any more. */
@Injectable()
export class PastReleases {
  private readonly publications: Model<Publication>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly batches: OutboxBatches,
  ) {
    this.publications = mongo.model<Publication>('Publication');
  }

  /**
   * Every release from `from` on and before `until`, each partition in its order. Text that was retracted is left out.
   *
   * @param isWanted asked now and then; once it says no, the rest is left out
   */
  async *between(
    from: StreamPosition,
    until: StreamPosition,
    isWanted = (): boolean => true,
  ): AsyncGenerator<PastRelease> {
    for (let partition = 0; partition < from.partitions; partition++) {
      const end = until.nextOffset(partition);
      let start = from.nextOffset(partition);
      while (start < end && isWanted()) {
        const next = Math.min(end, endOfStretch(start));
        const placed = await this.within(partition, start, next);
        for (const { offset, publication } of placed) {
          const wasRetracted = publication.status === 'published' && publication.article === undefined;
          if (!wasRetracted) yield { partition, offset, view: viewOf(publication) };
        }
        start = placed.length > 0 ? next : await this.beyondEmpty(partition, next, end);
      }
    }
  }

  /** Goes past offsets at which nothing lies, in steps that grow, since a topic may begin far back. */
  private async beyondEmpty(partition: number, from: number, end: number): Promise<number> {
    let start = from;
    for (let width = FIRST_STEP; start < end; width = Math.min(width * 2, MOST_STEP)) {
      const next = Math.min(end, endOfStretch(start + width));
      if (await this.isAnyWithin(partition, start, next)) return start;
      start = next;
    }
    return start;
  }

  private async isAnyWithin(partition: number, from: number, until: number): Promise<boolean> {
    const [inBatches, telling] = await Promise.all([
      this.batches.saidBetween(partition, from, until),
      whileMongoIsThere(() => this.publications.exists(tellingWithin(partition, from, until))),
    ]);
    return inBatches.length > 0 || telling !== null;
  }

  /** The publications of one stretch in the order of their events, whether they or their batches tell where these lie. */
  private async within(partition: number, from: number, until: number): Promise<Placed[]> {
    const inBatches = new Map(
      (await this.batches.saidBetween(partition, from, until)).map(({ _id, offset }) => [_id, offset]),
    );
    const [told, telling] = await Promise.all([
      this.find({ _id: { $in: [...inBatches.keys()] }, said: { $exists: false } }),
      this.find(tellingWithin(partition, from, until)),
    ]);
    return [
      ...told.map((publication) => ({ offset: inBatches.get(publication._id)!, publication })),
      ...telling.map((publication) => ({ offset: publication.saidPlace!.offset, publication })),
    ].sort((a, b) => a.offset - b.offset);
  }

  private find(filter: QueryFilter<Publication>): Promise<Publication[]> {
    return whileMongoIsThere(() => this.publications.find(filter, { provenance: 0 }).lean<Publication[]>());
  }
}

/** Publications that say themselves that their events lie there. */
function tellingWithin(partition: number, from: number, until: number): QueryFilter<Publication> {
  return { outcome: 'done', 'saidPlace.partition': partition, 'saidPlace.offset': { $gte: from, $lt: until } };
}
