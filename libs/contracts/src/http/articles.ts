import { IsArray, IsBooleanString, IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { ArticleData, ProvenanceData } from '../article.js';
import { EnrichmentData } from '../enrichment.js';
import { CONTENT_KINDS, type ContentKind } from '../events/content-submitted.v1.js';
import { Nested, NestedList } from '../nested.js';
import { Optional } from '../optional.js';
import { QueryNumber } from '../query-numbers.js';
import { IsTimestamp } from '../timestamps.js';

/** A published article as readers get it. A retracted one has neither `article` nor `enrichment`. */
export class ArticleView {
  @IsUUID() id!: string;
  @IsInt() revision!: number;
  @IsInt() processingVersion!: number;
  @IsIn(CONTENT_KINDS) kind!: ContentKind;
  @IsIn(['published', 'retracted']) status!: 'published' | 'retracted';
  @IsString() source!: string;
  @Optional() @IsString() externalId?: string;
  @Optional() @IsString() url?: string;
  @Optional() @IsTimestamp() publishedAt?: string;
  @IsTimestamp() firstReleasedAt!: string;
  @IsTimestamp() releasedAt!: string;
  @IsArray() @IsString({ each: true }) channels!: string[];
  @Optional() @IsInt() corrects?: number;
  @Optional() @Nested(() => ArticleData) article?: ArticleData;
  @Optional() @Nested(() => EnrichmentData) enrichment?: EnrichmentData;
  /** Only with `explain=true`. */
  @Optional() @NestedList(() => ProvenanceData, 100_000) provenance?: ProvenanceData[];
}

export class ArticlePage {
  @NestedList(() => ArticleView, 200) items!: ArticleView[];
  /** Pass it as `cursor` for the next page; absent on the last one. */
  @Optional() @IsString() nextCursor?: string;
}

export class RevisionsAnswer {
  @IsUUID() id!: string;
  @NestedList(() => ArticleView, 10_000) revisions!: ArticleView[];
}

/** Newest release first. All filters narrow. */
export class ListArticlesRequest {
  @Optional() @IsString() @MaxLength(100) source?: string;
  /** Code of the detected language. */
  @Optional() @IsString() @MaxLength(20) language?: string;
  @Optional() @IsString() @MaxLength(500) category?: string;
  @Optional() @IsIn(CONTENT_KINDS) kind?: ContentKind;
  /** Tombstones are left out unless asked for. */
  @Optional() @IsIn(['published', 'retracted', 'all']) status?: 'published' | 'retracted' | 'all';
  @Optional() @IsString() @MaxLength(500) externalId?: string;
  /** Released at or after this time. */
  @Optional() @IsTimestamp() since?: string;
  @Optional() @IsTimestamp() until?: string;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(200) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

export class GetArticleRequest {
  /** `true` adds the provenance of every value. */
  @Optional() @IsBooleanString() explain?: string;
}
