import { Inject, Injectable } from '@nestjs/common';
import { MONGO, OutboxBatches, STRETCH } from '@wireroom/pipeline';
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

  /** Every release from `from` on and before `until`, each partition in its order. Text that was retracted is left out. */
  async *between(from: StreamPosition, until: StreamPosition): AsyncGenerator<PastRelease> {
    for (let partition = 0; partition < from.partitions; partition++) {
      const end = until.nextOffset(partition);
      let start = from.nextOffset(partition);
      while (start < end) {
        const next = Math.min(end, (Math.floor(start / STRETCH) + 1) * STRETCH);
        for (const { offset, publication } of await this.within(partition, start, next)) {
          const wasRetracted = publication.status === 'published' && publication.article === undefined;
          if (!wasRetracted) yield { partition, offset, view: viewOf(publication) };
        }
        start = next;
      }
    }
  }

  /** The publications of one stretch in the order of their events, whether they or their batches tell where these lie. */
  private async within(partition: number, from: number, until: number): Promise<Placed[]> {
    const range = { $gte: from, $lt: until };
    const inBatches = new Map(
      (await this.batches.saidBetween(partition, from, until)).map(({ _id, offset }) => [_id, offset]),
    );
    const [told, telling] = await Promise.all([
      this.find({ _id: { $in: [...inBatches.keys()] }, said: { $exists: false } }),
      this.find({ outcome: 'done', 'saidPlace.partition': partition, 'saidPlace.offset': range }),
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
