import type { ArticleData, ContentKind, EnrichmentData, OriginalData, ProvenanceData } from '@wireroom/contracts';
import { type StageDocument, stageSchema } from '@wireroom/pipeline';
import { Schema } from 'mongoose';

/** What a revision says, and how we know: the enriched stage. */
export interface EnrichedItem extends StageDocument {
  kind: ContentKind;
  externalId?: string;
  url?: string;
  publishedAt?: string;
  receivedAt: string;
  metadata?: Record<string, string>;
  /** Absent for a retraction and for what is no article. */
  original?: OriginalData;
  article?: ArticleData;
  enrichment?: EnrichmentData;
  provenance: ProvenanceData[];
}

// The nested shapes are contracts, validated where they are decoded; the database keeps them as they are.
export const enrichedItemSchema = stageSchema<EnrichedItem>('enriched_items', {
  externalId: String,
  url: String,
  publishedAt: String,
  receivedAt: { type: String, required: true },
  metadata: Schema.Types.Mixed,
  original: Schema.Types.Mixed,
  article: Schema.Types.Mixed,
  enrichment: Schema.Types.Mixed,
  provenance: { type: [Schema.Types.Mixed], required: true },
});
