import { IsIn, IsInt, IsString, Matches, MaxLength, Min } from 'class-validator';
import { ArticleData, ProvenanceData } from '../article.js';
import { defineEvent } from '../define-event.js';
import { EnrichmentData } from '../enrichment.js';
import { Nested, NestedList } from '../nested.js';
import { RevisionData } from './content-ingested.v1.js';
import { Optional } from '../optional.js';

/** The original that the article was read from: what provenance with basis `original` counts in. */
export class OriginalData {
  @Optional() @IsString() @MaxLength(200) contentType?: string;
  /** WHATWG name of the encoding it was decoded with. */
  @IsString() @MaxLength(50) charset!: string;
  @IsIn(['html', 'flat-text']) format!: 'html' | 'flat-text';
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsInt() @Min(0) bytes!: number;
}

/** What a revision says, and how we know. A retraction has no article. */
export class ContentEnrichedData extends RevisionData {
  /** Grows when the same revision is processed again on purpose. */
  @IsInt() @Min(1) processingVersion!: number;
  @Optional() @Nested(() => OriginalData) original?: OriginalData;
  @Optional() @Nested(() => ArticleData) article?: ArticleData;
  @Optional() @Nested(() => EnrichmentData) enrichment?: EnrichmentData;
  @NestedList(() => ProvenanceData, 100_000) provenance!: ProvenanceData[];
}

export const ContentEnriched = defineEvent({
  topic: 'content.enriched.v1',
  type: 'wireroom.content.enriched.v1',
  data: ContentEnrichedData,
  title: 'Content enriched',
  description: 'The article was extracted from a revision and enriched.',
});
