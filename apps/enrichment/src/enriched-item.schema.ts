import type { ArticleData, EnrichmentData, OriginalData, ProvenanceData } from '@wireroom/contracts';
import { type RevisionDocument, revisionSchema } from '@wireroom/pipeline';
import { Schema } from 'mongoose';

/** What a revision says, and how we know: the enriched stage. */
export interface EnrichedItem extends RevisionDocument {
  /** Absent for a retraction and for what is no article. */
  original?: OriginalData;
  article?: ArticleData;
  enrichment?: EnrichmentData;
  provenance: ProvenanceData[];
  /** The reprocessing that this processing came of. */
  reprocessedBy?: string;
}

// The nested shapes are contracts, validated where they are decoded; the database keeps them as they are.
export const enrichedItemSchema = revisionSchema<EnrichedItem>('enriched_items', {
  original: Schema.Types.Mixed,
  article: Schema.Types.Mixed,
  enrichment: Schema.Types.Mixed,
  provenance: { type: [Schema.Types.Mixed], required: true },
  reprocessedBy: String,
});
