import { IsArray, IsBooleanString, IsIn, IsInt, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { ArticleData, ProvenanceData } from '../article.js';
import { CLUSTER_KINDS, EnrichmentData } from '../enrichment.js';
import { CONTENT_KINDS, type ContentKind } from '../events/content-submitted.v1.js';
import { Nested, NestedList } from '../nested.js';
import { Optional } from '../optional.js';
import { QueryNumber } from '../query-numbers.js';
import { IsTimestamp } from '../timestamps.js';

/** An item of a story cluster, as it stands. */
export class ClusterMember {
  @IsUUID() id!: string;
  @IsString() source!: string;
  @IsIn(CLUSTER_KINDS) kind!: (typeof CLUSTER_KINDS)[number];
  @Optional() @IsString() title?: string;
  @Optional() @IsString() url?: string;
  @IsTimestamp() firstReleasedAt!: string;
}

/** A story cluster with the items it has now, oldest release first. */
export class ClusterView {
  @IsString() id!: string;
  @NestedList(() => ClusterMember, 100) members!: ClusterMember[];
  /** How many items it has, this one among them. */
  @IsInt() total!: number;
}

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
  /** Its story cluster; only where one article is asked for. */
  @Optional() @Nested(() => ClusterView) cluster?: ClusterView;
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

/** A filter that names something: nothing is called by nothing, so a blank one is a mistake and not a search. */
const NotBlank = (): PropertyDecorator => Matches(/\S/, { message: '$property must not be blank' });

/** Newest release first. All filters narrow. */
export class ListArticlesRequest {
  @Optional() @IsString() @NotBlank() @MaxLength(100) source?: string;
  /** Code of the detected language, in any case. */
  @Optional() @IsString() @NotBlank() @MaxLength(20) language?: string;
  @Optional() @IsString() @NotBlank() @MaxLength(500) category?: string;
  /** Canonical name of a person, organisation or place in it, in any case. */
  @Optional() @IsString() @NotBlank() @MaxLength(1000) entity?: string;
  /** Name of a place on the map, ISO 3166 code of its country, or its GeoNames id. */
  @Optional() @IsString() @NotBlank() @MaxLength(300) place?: string;
  /** Code of a topic or of one above it (`medtop:16000000` or `16000000`), its label, or that of its top term. */
  @Optional() @IsString() @NotBlank() @MaxLength(200) topic?: string;
  /** Id of a story cluster, also one that was merged into another. */
  @Optional() @IsUUID() cluster?: string;
  @Optional() @IsIn(CONTENT_KINDS) kind?: ContentKind;
  /** Tombstones are left out unless asked for. */
  @Optional() @IsIn(['published', 'retracted', 'all']) status?: 'published' | 'retracted' | 'all';
  @Optional() @IsString() @NotBlank() @MaxLength(500) externalId?: string;
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
