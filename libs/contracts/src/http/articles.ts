import { Type } from 'class-transformer';
import {
  IsArray,
  IsBooleanString,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ArticleData, ProvenanceData } from '../article.js';
import { EnrichmentData } from '../enrichment.js';
import { CONTENT_KINDS, type ContentKind } from '../events/content-submitted.v1.js';
import { Nested, NestedList } from '../nested.js';

/** A published article as readers get it. A retracted one has neither `article` nor `enrichment`. */
export class ArticleView {
  @IsUUID() id!: string;
  @IsInt() revision!: number;
  @IsInt() processingVersion!: number;
  @IsIn(CONTENT_KINDS) kind!: ContentKind;
  @IsIn(['published', 'retracted']) status!: 'published' | 'retracted';
  @IsString() source!: string;
  @IsOptional() @IsString() externalId?: string;
  @IsOptional() @IsString() url?: string;
  @IsOptional() @IsISO8601() publishedAt?: string;
  @IsISO8601() firstReleasedAt!: string;
  @IsISO8601() releasedAt!: string;
  @IsArray() @IsString({ each: true }) channels!: string[];
  @IsOptional() @IsInt() corrects?: number;
  @IsOptional() @Nested(() => ArticleData) article?: ArticleData;
  @IsOptional() @Nested(() => EnrichmentData) enrichment?: EnrichmentData;
  /** Only with `explain=true`. */
  @IsOptional() @NestedList(() => ProvenanceData, 100_000) provenance?: ProvenanceData[];
}

export class ArticlePage {
  @NestedList(() => ArticleView, 200) items!: ArticleView[];
  /** Pass it as `cursor` for the next page; absent on the last one. */
  @IsOptional() @IsString() nextCursor?: string;
}

export class RevisionsAnswer {
  @IsUUID() id!: string;
  @NestedList(() => ArticleView, 10_000) revisions!: ArticleView[];
}

/** Newest release first. All filters narrow. */
export class ListArticlesRequest {
  @IsOptional() @IsString() @MaxLength(100) source?: string;
  /** Code of the detected language. */
  @IsOptional() @IsString() @MaxLength(20) language?: string;
  @IsOptional() @IsString() @MaxLength(500) category?: string;
  @IsOptional() @IsIn(CONTENT_KINDS) kind?: ContentKind;
  /** Tombstones are left out unless asked for. */
  @IsOptional() @IsIn(['published', 'retracted', 'all']) status?: 'published' | 'retracted' | 'all';
  @IsOptional() @IsString() @MaxLength(500) externalId?: string;
  /** Released at or after this time. */
  @IsOptional() @IsISO8601() since?: string;
  @IsOptional() @IsISO8601() until?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

export class GetArticleRequest {
  /** `true` adds the provenance of every value. */
  @IsOptional() @IsBooleanString() explain?: string;
}
