import { IsArray, IsIn, IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { Nested, NestedList } from '../nested.js';
import { TopicPlace } from './answers.js';
import { Optional } from '../optional.js';
import { QueryNumber } from '../query-numbers.js';
import { IsTimestamp } from '../timestamps.js';

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
  @Optional() @IsString() contentId?: string;
  @Optional() @IsString() source?: string;
  @IsTimestamp() firstFailedAt!: string;
  @IsTimestamp() lastFailedAt!: string;
  @IsInt() valueBytes!: number;
  /** How often it was replayed, and failed again. */
  @IsInt() replays!: number;
  @Optional() @IsString() discardReason?: string;
}

/** One header of a message as it was received. */
export class DeadLetterHeader {
  @IsString() name!: string;
  @IsString() valueBase64!: string;
}

/** A dead letter with its original key, value and headers (base64) and the error's stack. */
export class DeadLetterAnswer extends DeadLetterSummary {
  @Optional() @IsString() keyBase64?: string;
  @Optional() @IsString() valueBase64?: string;
  @NestedList(() => DeadLetterHeader, 10_000) headers!: DeadLetterHeader[];
  @Optional() @IsString() stack?: string;
}

export class DeadLetterPage {
  @NestedList(() => DeadLetterSummary, 1000) items!: DeadLetterSummary[];
  /** How many match the filter in all. */
  @IsInt() total!: number;
  @Optional() @IsString() nextCursor?: string;
}

/** Which dead letters; all fields narrow. */
export class DeadLetterFilter {
  @Optional() @IsIn(DEAD_LETTER_STATES) state?: DeadLetterState;
  @Optional() @IsString() @MaxLength(100) code?: string;
  @Optional() @IsString() @MaxLength(100) source?: string;
  @Optional() @IsString() @MaxLength(100) contentId?: string;
}

export class ListDeadLettersRequest extends DeadLetterFilter {
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(500) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

/** Replays the named dead letters, or all open ones that match the filter. */
export class ReplayRequest {
  @Optional() @IsArray() @IsString({ each: true }) ids?: string[];
  @Optional() @Nested(() => DeadLetterFilter) filter?: DeadLetterFilter;
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
