import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { SpanData } from './article.js';
import { IsCustomFields } from './custom-fields.js';
import { Nested, NestedList } from './nested.js';
import { Optional } from './optional.js';

/** ISO 639-1 code, 639-3 where there is none, `und` where it can't be told. */
export class LanguageData {
  @IsString() @MaxLength(20) code!: string;
  @IsNumber() @Min(0) @Max(1) confidence!: number;
}

export const ENTITY_TYPES = ['person', 'organisation', 'place'] as const;

/** One mention of an entity; offsets in the body. `name` is the canonical name of its group. */
export class EntityData {
  @IsIn(ENTITY_TYPES) type!: (typeof ENTITY_TYPES)[number];
  @IsString() @MaxLength(1000) text!: string;
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
  @Optional() @IsString() @MaxLength(1000) name?: string;
  @Optional() @IsNumber() @Min(0) @Max(1) salience?: number;
}

/** Who said it: as written (`text` at `start`..`end`) and as resolved (`name`). Absent when not certain. */
export class SpeakerData {
  @IsString() @MaxLength(1000) name!: string;
  @IsString() @MaxLength(1000) text!: string;
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
  @Optional() @IsNumber() @Min(0) @Max(1) confidence?: number;
}

/** Spoken words; the span lies inside the quotation marks and counts in the body. */
export class QuoteData {
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
  @IsString() @MaxLength(100_000) text!: string;
  @Optional() @Nested(() => SpeakerData) speaker?: SpeakerData;
  @Optional() @IsString() @MaxLength(100) verb?: string;
  @IsBoolean() direct!: boolean;
}

/** A date expression; `value` is ISO 8601, as precise as the text. */
export class DateMentionData {
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
  @IsString() @MaxLength(100) value!: string;
}

/** An IPTC Media Topic, of the 17 top terms or below; `top` is the label of its top term. */
export class TopicData {
  @IsString() @MaxLength(50) code!: string;
  @IsString() @MaxLength(200) label!: string;
  @IsString() @MaxLength(200) top!: string;
  @IsNumber() score!: number;
  @Optional() @IsArray() @IsString({ each: true }) words?: string[];
  /** Codes of the terms above it, the top term first; absent on a top term. */
  @Optional() @IsArray() @ArrayMaxSize(10) @IsString({ each: true }) broader?: string[];
}

export class KeyphraseData {
  @IsString() @MaxLength(300) text!: string;
  @IsNumber() score!: number;
}

/** Sentences quoted from the body, never invented. */
export class SummaryData {
  @IsString() @MaxLength(100_000) text!: string;
  @NestedList(() => SpanData, 20_000) spans!: SpanData[];
}

/** A place mention resolved to a point on the map. */
export class PlaceData {
  @IsString() @MaxLength(300) name!: string;
  @IsNumber() @Min(-90) @Max(90) lat!: number;
  @IsNumber() @Min(-180) @Max(180) lon!: number;
  @IsString() @MaxLength(2) country!: string;
  @Optional() @IsInt() geonameId?: number;
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
}

export const CLUSTER_KINDS = ['first', 'exact', 'revised', 'syndicated', 'same-story'] as const;

/** Who had a story before the others, by the time it came in. */
export class ClusterFirstData {
  @IsUUID() contentId!: string;
  @IsString() @MaxLength(100) source!: string;
}

/** The story cluster this item belongs to and how it belongs. */
export class ClusterData {
  @IsString() @MaxLength(100) id!: string;
  @IsIn(CLUSTER_KINDS) kind!: (typeof CLUSTER_KINDS)[number];
  /** Who was first, as far as was known then; absent where it is this item. */
  @Optional() @Nested(() => ClusterFirstData) first?: ClusterFirstData;
  /** Clusters that this item showed to be the same one: their items belong to `id` from now on. */
  @Optional() @IsArray() @ArrayMaxSize(1000) @IsString({ each: true }) merged?: string[];
}

export class TextStatisticsData {
  @IsInt() @Min(0) words!: number;
  @IsInt() @Min(0) sentences!: number;
  @IsInt() @Min(0) readingSeconds!: number;
  @Optional() @IsNumber() readability?: number;
}

/** Why a step could not do its part, as docs/custom-steps.md tells them apart. */
export const STEP_FAILURE_CODES = [
  'step-failed',
  'timeout',
  'out-of-memory',
  'worker-died',
  'unreachable',
  'unavailable',
  'circuit-open',
  'refused',
  'bad-answer',
] as const;

export type StepFailureCode = (typeof STEP_FAILURE_CODES)[number];

/** A step that could not do its part of this item; the item went on without it. */
export class StepFailureData {
  @IsString() @MaxLength(100) step!: string;
  @IsString() @MaxLength(100) code!: string;
}

export const TRUST_MARK_KINDS = [
  'model-instruction',
  'invisible-character',
  'bidi-control',
  'look-alike-letters',
  'hidden-text',
] as const;

/** A place that a language model must not take at its word; offsets in the body, or in the decoded original. */
export class TrustMarkData {
  @IsIn(TRUST_MARK_KINDS) kind!: (typeof TRUST_MARK_KINDS)[number];
  @IsIn(['body', 'original']) basis!: 'body' | 'original';
  @IsInt() @Min(0) start!: number;
  @IsInt() @Min(0) end!: number;
}

/** What a language model downstream must know of the text before it reads it. */
export class TrustData {
  /** True for text from outside, whatever was marked in it: no marks are no promise. */
  @IsBoolean() untrusted!: boolean;
  @NestedList(() => TrustMarkData, 1000) marks!: TrustMarkData[];
}

/** What the story says, about whom, where and when. A step that is switched off leaves its field absent. */
export class EnrichmentData {
  @Optional() @Nested(() => LanguageData) language?: LanguageData;
  @Optional() @NestedList(() => EntityData, 20_000) entities?: EntityData[];
  @Optional() @NestedList(() => QuoteData, 5000) quotes?: QuoteData[];
  @Optional() @NestedList(() => DateMentionData, 5000) dates?: DateMentionData[];
  @Optional() @NestedList(() => TopicData, 100) topics?: TopicData[];
  @Optional() @NestedList(() => KeyphraseData, 200) keyphrases?: KeyphraseData[];
  @Optional() @Nested(() => SummaryData) summary?: SummaryData;
  @Optional() @NestedList(() => PlaceData, 5000) places?: PlaceData[];
  @Optional() @Nested(() => ClusterData) cluster?: ClusterData;
  @Optional() @Nested(() => TextStatisticsData) statistics?: TextStatisticsData;
  @Optional() @Nested(() => TrustData) trust?: TrustData;
  /** What a team's own steps found, by step; its shape is the step's affair. */
  @Optional() @IsCustomFields() custom?: Record<string, unknown>;
  @Optional() @NestedList(() => StepFailureData, 20_000) failedSteps?: StepFailureData[];
}
