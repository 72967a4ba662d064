import { Inject, Injectable } from '@nestjs/common';
import {
  ContentEnriched,
  type ContentEnrichedData,
  type ContentIngestedData,
  type EventMessage,
  toMessage,
} from '@wireroom/contracts';
import { MONGO, type OwnFields, type ReceivedEvent, RevisionStore } from '@wireroom/pipeline';
import type { Connection } from 'mongoose';
import type { EnrichedItem } from './enriched-item.schema.js';
import type { ReadContent } from './read-content.js';

/** The enriched stage. */
@Injectable()
export class EnrichedItemStore extends RevisionStore<ContentIngestedData, ReadContent, EnrichedItem> {
  constructor(@Inject(MONGO) mongo: Connection) {
    super(mongo.model<EnrichedItem>('EnrichedItem'), ContentEnriched);
  }

  messageOf(document: EnrichedItem): EventMessage {
    const data: ContentEnrichedData = {
      contentId: document.contentId,
      revision: document.revision,
      processingVersion: document.processingVersion,
      kind: document.kind,
      source: document.source,
      externalId: document.externalId,
      url: document.url,
      publishedAt: document.publishedAt,
      receivedAt: document.receivedAt,
      metadata: document.metadata,
      original: document.original,
      article: document.article,
      enrichment: document.enrichment,
      provenance: document.provenance,
    };
    return toMessage(
      ContentEnriched,
      {
        id: document.eventId,
        source: 'urn:wireroom:enrichment',
        subject: document.contentId,
        time: document.storedAt.toISOString(),
        traceparent: document.traceparent,
      },
      data,
    );
  }

  protected override titleOf(document: EnrichedItem): string | undefined {
    return document.article?.title;
  }

  protected ownFields({ data }: ReceivedEvent<ContentIngestedData>, read?: ReadContent): OwnFields<EnrichedItem> {
    const optional = {
      externalId: data.externalId,
      url: data.url,
      publishedAt: data.publishedAt,
      metadata: data.metadata,
      original: read?.original,
      article: read?.article,
      enrichment: read?.enrichment,
    };
    return {
      receivedAt: data.receivedAt,
      provenance: read?.provenance ?? [],
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    };
  }
}
