import type { ArticleData, EnrichmentData, ProvenanceData } from '@wireroom/contracts';
import { type RevisionDocument, revisionSchema } from '@wireroom/pipeline';
import { Schema } from 'mongoose';

/** A revision that went out: the published stage. */
export interface Publication extends RevisionDocument {
  status: 'published' | 'retracted';
  channels: string[];
  firstReleasedAt: Date;
  releasedAt: Date;
  corrects?: number;
  /** Taken out of every revision when the item is retracted. */
  article?: ArticleData;
  enrichment?: EnrichmentData;
  /** What of the enrichment it is found by. */
  facets?: string[];
  provenance: ProvenanceData[];
  /** True while this is the revision that readers get. */
  current: boolean;
}

export const publicationSchema = revisionSchema<Publication>('publications', {
  status: String,
  channels: [String],
  firstReleasedAt: Date,
  releasedAt: Date,
  corrects: Number,
  article: Schema.Types.Mixed,
  enrichment: Schema.Types.Mixed,
  facets: { type: [String], default: undefined },
  provenance: [Schema.Types.Mixed],
  current: Boolean,
});
const isCurrent = { partialFilterExpression: { current: true } };
publicationSchema.index({ releasedAt: -1, _id: -1 }, isCurrent);
publicationSchema.index({ source: 1, releasedAt: -1, _id: -1 }, isCurrent);
publicationSchema.index({ 'enrichment.language.code': 1, releasedAt: -1, _id: -1 }, isCurrent);
publicationSchema.index({ 'article.categories': 1, releasedAt: -1, _id: -1 }, isCurrent);
publicationSchema.index({ facets: 1, releasedAt: -1, _id: -1 }, isCurrent);
publicationSchema.index({ 'enrichment.cluster.id': 1, releasedAt: -1, _id: -1 }, isCurrent);
publicationSchema.index({ externalId: 1, releasedAt: -1 }, isCurrent);
publicationSchema.index(
  { 'saidPlace.partition': 1, 'saidPlace.offset': 1 },
  { partialFilterExpression: { outcome: 'done' } },
);
