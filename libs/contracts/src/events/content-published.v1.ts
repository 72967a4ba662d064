import { IsArray, IsIn, IsInt, IsString, Min } from 'class-validator';
import { ArticleData } from '../article.js';
import { defineEvent } from '../define-event.js';
import { EnrichmentData } from '../enrichment.js';
import { Nested } from '../nested.js';
import { RevisionData } from './content-ingested.v1.js';
import { Optional } from '../optional.js';
import { IsTimestamp } from '../timestamps.js';

/**
 * A revision went out. The topic is compacted by key, so its last word on a retracted item is the
 * tombstone: status `retracted`, without article or enrichment.
 */
export class ContentPublishedData extends RevisionData {
  @IsInt() @Min(1) processingVersion!: number;
  @IsIn(['published', 'retracted']) status!: 'published' | 'retracted';
  @IsArray() @IsString({ each: true }) channels!: string[];
  /** When the first revision of this item went out; ISO 8601, UTC. */
  @IsTimestamp() firstReleasedAt!: string;
  @IsTimestamp() releasedAt!: string;
  /** The revision this one corrects. */
  @Optional() @IsInt() @Min(1) corrects?: number;
  @Optional() @Nested(() => ArticleData) article?: ArticleData;
  @Optional() @Nested(() => EnrichmentData) enrichment?: EnrichmentData;
}

export const ContentPublished = defineEvent({
  topic: 'content.published.v1',
  type: 'wireroom.content.published.v1',
  data: ContentPublishedData,
  title: 'Content published',
  description: 'A revision was published, or an item was retracted. The event that readers subscribe to.',
});
