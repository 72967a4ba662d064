import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { Nested, NestedList } from '../nested.js';
import { TopicPlace } from './answers.js';

export const DEAD_LETTER_STATES = ['open', 'replayed', 'discarded'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** A message that could not be processed, without its bytes. */
export class DeadLetterSummary {
  @IsString() id!: string;
  @IsString() stage!: string;
  @IsIn(DEAD_LETTER_STATES) state!: DeadLetterState;
  @IsString() code!: string;
  @IsString() detail!: string;
  @IsInt() @Min(1) attempts!: number;
  @Nested(() => TopicPlace) place!: TopicPlace;
  @IsOptional() @IsString() contentId?: string;
  @IsOptional() @IsString() source?: string;
  @IsISO8601() firstFailedAt!: string;
  @IsISO8601() lastFailedAt!: string;
  @IsInt() valueBytes!: number;
  /** How often it was replayed, and failed again. */
  @IsInt() replays!: number;
  @IsOptional() @IsString() discardReason?: string;
}

/** A dead letter with its original key, value and headers (base64) and the error's stack. */
export class DeadLetterAnswer extends DeadLetterSummary {
  @IsOptional() @IsString() keyBase64?: string;
  @IsOptional() @IsString() valueBase64?: string;
  @IsArray() headers!: { name: string; valueBase64: string }[];
  @IsOptional() @IsString() stack?: string;
}

export class DeadLetterPage {
  @NestedList(() => DeadLetterSummary, 1000) items!: DeadLetterSummary[];
  /** How many match the filter in all. */
  @IsInt() total!: number;
  @IsOptional() @IsString() nextCursor?: string;
}

/** Which dead letters; all fields narrow. */
export class DeadLetterFilter {
  @IsOptional() @IsIn(DEAD_LETTER_STATES) state?: DeadLetterState;
  @IsOptional() @IsString() @MaxLength(100) code?: string;
  @IsOptional() @IsString() @MaxLength(100) source?: string;
  @IsOptional() @IsString() @MaxLength(100) contentId?: string;
}

export class ListDeadLettersRequest extends DeadLetterFilter {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

/** Replays the named dead letters, or all open ones that match the filter. */
export class ReplayRequest {
  @IsOptional() @IsArray() @IsString({ each: true }) ids?: string[];
  @IsOptional() @Nested(() => DeadLetterFilter) filter?: DeadLetterFilter;
}

/** Discards dead letters for good; the record and the reason stay. */
export class DiscardRequest extends ReplayRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
}

export class ActionAnswer {
  /** How many dead letters the action took. */
  @IsInt() affected!: number;
  @IsArray() @IsString({ each: true }) ids!: string[];
}
