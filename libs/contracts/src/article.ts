import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Nested, NestedList } from './nested.js';
import { Optional } from './optional.js';
import { IsTimestamp } from './timestamps.js';

/** What a block of the body is. */
export const PARAGRAPH_ROLES = ['paragraph', 'heading', 'list-item', 'quotation', 'caption', 'table-row'] as const;
export type ParagraphRole = (typeof PARAGRAPH_ROLES)[number];

/** A half-open range `[start, end)` of UTF-16 code units. */
export class SpanData {
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
}

/** One block of the article, in reading order, plain text in NFC. */
export class ParagraphData {
  @IsString() @MaxLength(1_000_000) text!: string;
  @IsIn(PARAGRAPH_ROLES) role!: ParagraphRole;
}

/** A person or organisation named as author. */
export class AuthorData {
  @IsString() @MaxLength(500) name!: string;
  @IsIn(['person', 'organisation']) type!: 'person' | 'organisation';
}

/** The lead image with the words that go with it. */
export class ImageData {
  @IsString() @MaxLength(4096) url!: string;
  @Optional() @IsString() @MaxLength(5000) caption?: string;
  @Optional() @IsString() @MaxLength(1000) credit?: string;
}

/** A video, audio or post embedded in the article. */
export class EmbedData {
  @IsString() @MaxLength(4096) url!: string;
  @IsString() @MaxLength(50) type!: string;
}

/** An entry of a live blog. */
export class LiveEntryData {
  @Optional() @IsTimestamp() at?: string;
  @Optional() @IsString() @MaxLength(2000) title?: string;
  @IsString() @MaxLength(100_000) text!: string;
}

/** How far the extraction can be trusted, 0 to 1, and why. */
export class QualityData {
  @IsNumber() @Min(0) @Max(1) score!: number;
  @IsArray() @IsString({ each: true }) reasons!: string[];
}

/**
 * Where one value came from: the answer to "why does this field say that".
 *
 * `field` is a JSON Pointer (RFC 6901) into the event's data (`/article/title`,
 * `/article/paragraphs/3`, `/enrichment/language`). `spans` count UTF-16 code units in the text
 * named by `basis`: the stored original, decoded with its recorded charset, or the article's body
 * (paragraphs joined by a blank line). A value that was found and not chosen is kept as a record
 * with `chosen: false` and the `value` it would have had.
 */
export class ProvenanceData {
  @IsString() @MaxLength(200) field!: string;
  @IsString() @MaxLength(100) extractor!: string;
  @IsString() @MaxLength(40) version!: string;
  @IsString() @MaxLength(200) rule!: string;
  /** Where in the document: `json-ld:$.headline`, `meta:og:title`, `element:html>body>article>h1`, `text`. */
  @IsString() @MaxLength(1000) source!: string;
  @IsIn(['original', 'body']) basis!: 'original' | 'body';
  @NestedList(() => SpanData, 20_000) spans!: SpanData[];
  @IsBoolean() chosen!: boolean;
  @Optional() @IsString() @MaxLength(5000) value?: string;
  /** Why this candidate was or was not chosen, for a person to read. */
  @Optional() @IsString() @MaxLength(500) reason?: string;
}

/** The article, whole and nothing else. Texts are NFC and hold no markup. */
export class ArticleData {
  @Optional() @IsString() @MaxLength(10_000) title?: string;
  @Optional() @IsString() @MaxLength(10_000) alternativeTitle?: string;
  @NestedList(() => AuthorData, 200) authors!: AuthorData[];
  @Optional() @IsString() @MaxLength(1000) byline?: string;
  /** ISO 8601; with zone where the source gave one. */
  @Optional() @IsTimestamp() publishedAt?: string;
  @Optional() @IsTimestamp() modifiedAt?: string;
  @Optional() @IsString() @MaxLength(300) dateline?: string;
  @NestedList(() => ParagraphData, 20_000) paragraphs!: ParagraphData[];
  @Optional() @IsString() @MaxLength(500) section?: string;
  @IsArray() @ArrayMaxSize(500) @IsString({ each: true }) categories!: string[];
  @IsArray() @ArrayMaxSize(1000) @IsString({ each: true }) tags!: string[];
  @Optional() @Nested(() => ImageData) leadImage?: ImageData;
  @Optional() @IsString() @MaxLength(4096) canonicalUrl?: string;
  @Optional() @IsString() @MaxLength(500) siteName?: string;
  /** Language as the page declares it (BCP 47); the detected one is in the enrichment. */
  @Optional() @IsString() @MaxLength(50) declaredLanguage?: string;
  @NestedList(() => EmbedData, 500) embeds!: EmbedData[];
  @Optional() @NestedList(() => LiveEntryData, 20_000) liveEntries?: LiveEntryData[];
  /** `full`, or why the text is not the whole of it. */
  @IsIn(['full', 'teaser', 'walled']) completeness!: 'full' | 'teaser' | 'walled';
  @Nested(() => QualityData) quality!: QualityData;
}

/** The body as one text: the paragraphs joined by a blank line. Offsets with basis `body` count in it. */
export function bodyOf(article: Pick<ArticleData, 'paragraphs'>): string {
  return article.paragraphs.map((paragraph) => paragraph.text).join('\n\n');
}
