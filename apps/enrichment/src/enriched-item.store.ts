import { Inject, Injectable } from '@nestjs/common';
import type { ContentEnrichedData, ContentIngestedData } from '@wireroom/contracts';
import { MONGO, type OwnFields, type ReceivedEvent, RevisionStore } from '@wireroom/pipeline';
import type { Connection } from 'mongoose';
import type { EnrichedItem } from './enriched-item.schema.js';
import type { ReadContent } from './read-content.js';

/** The enriched stage. */
@Injectable()
export class EnrichedItemStore extends RevisionStore<ContentIngestedData, ReadContent, EnrichedItem> {
  constructor(@Inject(MONGO) mongo: Connection) {
    super(mongo.model<EnrichedItem>('EnrichedItem'), 'enrichment');
  }

  protected dataOf(document: EnrichedItem): ContentEnrichedData {
    const { original, article, enrichment, provenance } = document;
    return { ...this.revisionOf(document), original, article, enrichment, provenance };
  }

  protected override titleOf(document: EnrichedItem): string | undefined {
    return document.article?.title;
  }

  protected ownFields(_event: ReceivedEvent<ContentIngestedData>, read?: ReadContent): OwnFields<EnrichedItem> {
    return {
      original: read?.original,
      article: read?.article,
      enrichment: read?.enrichment,
      provenance: read?.provenance ?? [],
    };
  }
}
