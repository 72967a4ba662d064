import { Inject, Injectable } from '@nestjs/common';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
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

/** Releases that no instance keeps in memory any more. */
@Injectable()
export class PastReleases {
  private readonly publications: Model<Publication>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.publications = mongo.model<Publication>('Publication');
  }

  /** Every release from `from` on and before `until`, each partition in its order. Text that was retracted is left out. */
  async *between(from: StreamPosition, until: StreamPosition): AsyncGenerator<PastRelease> {
    for (let partition = 0; partition < from.partitions; partition++) {
      const range = { $gte: from.nextOffset(partition), $lt: until.nextOffset(partition) };
      if (range.$gte >= range.$lt) continue;
      const cursor = this.publications
        .find({ outcome: 'done', 'saidPlace.partition': partition, 'saidPlace.offset': range }, { provenance: 0 })
        .sort({ 'saidPlace.offset': 1 })
        .lean<Publication>()
        .cursor();
      for (;;) {
        const publication = await whileMongoIsThere(() => cursor.next());
        if (publication === null) break;
        const wasRetracted = publication.status === 'published' && publication.article === undefined;
        if (!wasRetracted) yield { partition, offset: publication.saidPlace!.offset, view: viewOf(publication) };
      }
    }
  }
}
