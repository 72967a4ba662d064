import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { STEP_FAILURE_CODES } from '../enrichment.js';
import { Nested, NestedList } from '../nested.js';
import { Optional } from '../optional.js';
import { IsTimestamp } from '../timestamps.js';

/** Which items are processed again, by their newest revision; all fields narrow. */
export class ReprocessFilter {
  @Optional() @IsString() @MaxLength(100) source?: string;
  /** Taken in at or after this time. */
  @Optional() @IsTimestamp() since?: string;
  /** Taken in before this time. */
  @Optional() @IsTimestamp() until?: string;
  /** One of its steps failed with this code. */
  @Optional() @IsIn(STEP_FAILURE_CODES) code?: string;
  /** Processed last under this version. */
  @Optional() @IsInt() @Min(1) processingVersion?: number;
}

/** Which steps to run again over which items. */
export class ReprocessSelection {
  /** Names of steps; they run in the order of the chain, and find what the others had found before. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  steps!: string[];
  @Optional() @Nested(() => ReprocessFilter) filter?: ReprocessFilter;
}

/** Runs steps again over stored articles; nothing is fetched. */
export class ReprocessRequest extends ReprocessSelection {
  /** Items a second at most; 20 unless told. */
  @Optional() @IsInt() @Min(1) @Max(10_000) rate?: number;
  /** Counts what would change and stores nothing. */
  @Optional() @IsBoolean() dryRun?: boolean;
}

export const REPROCESS_STATES = ['running', 'stopped', 'done', 'failed'] as const;

/** Where a reprocessing stands. */
export class ReprocessAnswer {
  @IsUUID() id!: string;
  @IsIn(REPROCESS_STATES) state!: (typeof REPROCESS_STATES)[number];
  @IsArray() @IsString({ each: true }) steps!: string[];
  @Nested(() => ReprocessFilter) filter!: ReprocessFilter;
  @IsInt() rate!: number;
  @IsBoolean() dryRun!: boolean;
  /** Items looked at so far, those the filter leaves out among them. */
  @IsInt() seen!: number;
  /** Items with another result; each went on as a new processing of its revision. */
  @IsInt() changed!: number;
  @IsInt() unchanged!: number;
  /** Items of which a step failed; they are as they were. */
  @IsInt() failed!: number;
  @IsTimestamp() startedAt!: string;
  @Optional() @IsTimestamp() finishedAt?: string;
  /** Why it failed. */
  @Optional() @IsString() error?: string;
}

/** Reprocessings, newest first. */
export class ReprocessList {
  @NestedList(() => ReprocessAnswer, 100) jobs!: ReprocessAnswer[];
}

/** What a reprocessing would change, seen on some items; nothing is stored. */
export class ReprocessPreviewRequest extends ReprocessSelection {
  /** How many items to look at, picked at random; 10 unless told. */
  @Optional() @IsInt() @Min(1) @Max(50) sample?: number;
}

/** One value that would be another. */
export class FieldChange {
  /** JSON Pointer into the event's data, such as `/enrichment/topics/0/label`. */
  @IsString() field!: string;
  /** JSON text, cut where it is long; absent where there was none. */
  @Optional() @IsString() before?: string;
  @Optional() @IsString() after?: string;
}

export class ItemChanges {
  @IsUUID() contentId!: string;
  @IsInt() revision!: number;
  @IsInt() processingVersion!: number;
  @Optional() @IsString() title?: string;
  /** Empty where nothing would change. */
  @NestedList(() => FieldChange, 200) changes!: FieldChange[];
  /** Steps that failed, with their codes; the item would stay as it is. */
  @IsArray() @IsString({ each: true }) failures!: string[];
}

export class ReprocessPreviewAnswer {
  @NestedList(() => ItemChanges, 50) items!: ItemChanges[];
}

/** A step that enrichment runs. */
export class StepView {
  @IsString() name!: string;
  /** Whether a preview can show what it would change; a step that files what it reads can't be tried. */
  @IsBoolean() canBeTried!: boolean;
}

/** The steps that enrichment is configured to run, in their order. */
export class StepsAnswer {
  @NestedList(() => StepView, 1000) steps!: StepView[];
}
