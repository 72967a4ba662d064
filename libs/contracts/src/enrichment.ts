import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsString, Max, MaxLength, Min } from 'class-validator';
import { SpanData } from './article.js';
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

/** An IPTC Media Topic; `top` is the label of its top term. */
export class TopicData {
  @IsString() @MaxLength(50) code!: string;
  @IsString() @MaxLength(200) label!: string;
  @IsString() @MaxLength(200) top!: string;
  @IsNumber() score!: number;
  @Optional() @IsArray() @IsString({ each: true }) words?: string[];
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

/** The story cluster this item belongs to and how it belongs. */
export class ClusterData {
  @IsString() @MaxLength(100) id!: string;
  @IsIn(['first', 'exact', 'revised', 'syndicated', 'same-story']) kind!:
    'first' | 'exact' | 'revised' | 'syndicated' | 'same-story';
}

export class TextStatisticsData {
  @IsInt() @Min(0) words!: number;
  @IsInt() @Min(0) sentences!: number;
  @IsInt() @Min(0) readingSeconds!: number;
  @Optional() @IsNumber() readability?: number;
}

/** A step that could not do its part of this item; the item went on without it. */
export class StepFailureData {
  @IsString() @MaxLength(100) step!: string;
  @IsString() @MaxLength(100) code!: string;
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
  @Optional() @NestedList(() => StepFailureData, 20_000) failedSteps?: StepFailureData[];
}
