import { Injectable } from '@nestjs/common';
import type {
  ArticleData,
  ContentKind,
  EnrichedView,
  EnrichmentData,
  OriginalData,
  ProvenanceData,
  PublishedView,
  RawView,
  RevisionAnswer,
} from '@wireroom/contracts';
import type { StageDocument } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { StageData } from '../stages/stage-data.js';
import { Items } from './items.js';

/** Ingest's document, as far as it is shown. */
interface RawPart extends StageDocument {
  kind: ContentKind;
  externalId?: string;
  url?: string;
  publishedAt?: string;
  receivedAt: Date;
  contentType?: string;
  originalSha256: string;
  originalBytes: number;
  metadata?: Record<string, string>;
}

interface EnrichedPart extends StageDocument {
  original?: OriginalData;
  article?: ArticleData;
  enrichment?: EnrichmentData;
  provenance?: ProvenanceData[];
}

interface PublishedPart extends StageDocument {
  status: PublishedView['status'];
  current: boolean;
  channels: string[];
  firstReleasedAt: Date;
  releasedAt: Date;
  corrects?: number;
  article?: ArticleData;
  enrichment?: EnrichmentData;
}

const OLDEST_FIRST = { processingVersion: 1 } as const;

/** What all stages hold of one revision. */
@Injectable()
export class RevisionDocuments {
  constructor(
    private readonly stages: StageData,
    private readonly items: Items,
  ) {}

  /** Undefined for a revision that the books don't know. @throws UnavailableError */
  async of(contentId: string, revision: number): Promise<RevisionAnswer | undefined> {
    const item = await this.items.revision(contentId, revision);
    if (!item) return undefined;
    const wanted = { contentId, revision };
    return whileMongoIsThere(async () => {
      const [raw, enriched, published] = await Promise.all([
        this.stages.documents<RawPart>('ingest').findOne(wanted, { projection: { original: 0 } }),
        this.stages.documents<EnrichedPart>('enrichment').find(wanted).sort(OLDEST_FIRST).toArray(),
        this.stages.documents<PublishedPart>('publishing').find(wanted).sort(OLDEST_FIRST).toArray(),
      ]);
      return {
        item,
        raw: raw ? rawView(raw) : undefined,
        enriched: enriched.map(enrichedView),
        published: published.map(publishedView),
      };
    });
  }
}

function rawView(raw: RawPart): RawView {
  return {
    kind: raw.kind,
    source: raw.source,
    externalId: raw.externalId,
    url: raw.url,
    publishedAt: raw.publishedAt,
    receivedAt: raw.receivedAt.toISOString(),
    storedAt: raw.storedAt.toISOString(),
    eventId: raw.eventId,
    contentType: raw.contentType,
    originalSha256: raw.originalSha256,
    originalBytes: raw.originalBytes,
    metadata: raw.metadata,
  };
}

function enrichedView(document: EnrichedPart): EnrichedView {
  return {
    ...processingOf(document),
    original: document.original,
    article: document.article,
    enrichment: document.enrichment,
    provenance: document.provenance ?? [],
  };
}

function publishedView(document: PublishedPart): PublishedView {
  return {
    ...processingOf(document),
    status: document.status,
    current: document.current,
    channels: document.channels,
    firstReleasedAt: document.firstReleasedAt.toISOString(),
    releasedAt: document.releasedAt.toISOString(),
    corrects: document.corrects,
    article: document.article,
    enrichment: document.enrichment,
  };
}

function processingOf(
  document: StageDocument,
): Pick<EnrichedView, 'processingVersion' | 'outcome' | 'code' | 'storedAt' | 'eventId'> {
  const { processingVersion, outcome, code, storedAt, eventId } = document;
  return { processingVersion, outcome, code, storedAt: storedAt.toISOString(), eventId };
}
