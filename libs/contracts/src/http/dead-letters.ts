import { IsArray, IsBase64, IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min, MinLength } from 'class-validator';
import { Nested, NestedList } from '../nested.js';
import { TopicPlace } from './answers.js';
import { Optional } from '../optional.js';
import { QueryNumber } from '../query-numbers.js';
import { IsInstant, IsTimestamp } from '../timestamps.js';

/** Base64 of the largest message the topics take. */
const MAX_EDIT_BASE64 = Math.ceil((2 * 1024 * 1024) / 3) * 4;

/**
 * open: waits for someone; parked: failed the same way again after a replay, and waits for someone to name it;
 * replayed: sent back, no ending yet; resolved: its replay ended well; discarded: closed with a reason.
 */
export const DEAD_LETTER_STATES = ['open', 'parked', 'replayed', 'resolved', 'discarded'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** What one may ask for: a state, or `waiting` for those that wait for someone, open and parked. */
export const DEAD_LETTER_SELECTIONS = [...DEAD_LETTER_STATES, 'waiting'] as const;
export type DeadLetterSelection = (typeof DEAD_LETTER_SELECTIONS)[number];

export const REPLAY_ENDINGS = ['done', 'skipped', 'duplicate'] as const;
export type ReplayEnding = (typeof REPLAY_ENDINGS)[number];

/** How a replayed message ended at its stage, when it did not fail again. */
export class DeadLetterResolution {
  @IsIn(REPLAY_ENDINGS) outcome!: ReplayEnding;
  /** Why it was skipped. */
  @Optional() @IsString() code?: string;
  @Optional() @IsString() contentId?: string;
  @Optional() @IsInt() revision?: number;
  @IsTimestamp() at!: string;
}

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
  @Optional() @IsInt() revision?: number;
  @IsTimestamp() firstFailedAt!: string;
  @IsTimestamp() lastFailedAt!: string;
  @IsInt() valueBytes!: number;
  /** How often it was sent back. */
  @IsInt() replays!: number;
  /** How many edited versions there are; the newest is what a replay sends. */
  @IsInt() edits!: number;
  @Optional() @IsTimestamp() replayedAt?: string;
  @Optional() @Nested(() => DeadLetterResolution) resolution?: DeadLetterResolution;
  @Optional() @IsTimestamp() discardedAt?: string;
  @Optional() @IsString() discardReason?: string;
}

/** One header of a message as it was received. */
export class DeadLetterHeader {
  @IsString() name!: string;
  @IsString() valueBase64!: string;
}

/** An edited version of a dead letter's message. The original stays as it was received. */
export class DeadLetterEdit {
  /** 1 for the first edit; the original is 0. */
  @IsInt() @Min(1) edit!: number;
  @Optional() @IsString() keyBase64?: string;
  @Optional() @IsString() valueBase64?: string;
  @NestedList(() => DeadLetterHeader, 10_000) headers!: DeadLetterHeader[];
  @IsString() reason!: string;
  @Optional() @IsString() by?: string;
  @IsTimestamp() at!: string;
}

/** A dead letter with its original key, value and headers (base64), its edited versions and the error's stack. */
export class DeadLetterAnswer extends DeadLetterSummary {
  @Optional() @IsString() keyBase64?: string;
  @Optional() @IsString() valueBase64?: string;
  @NestedList(() => DeadLetterHeader, 10_000) headers!: DeadLetterHeader[];
  /** Oldest first. */
  @NestedList(() => DeadLetterEdit, 1000) versions!: DeadLetterEdit[];
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
  @Optional() @IsIn(DEAD_LETTER_SELECTIONS) state?: DeadLetterSelection;
  @Optional() @IsString() @MaxLength(100) code?: string;
  /** Empty for those whose source could not be read. */
  @Optional() @IsString() @MaxLength(100) source?: string;
  @Optional() @IsString() @MaxLength(100) contentId?: string;
  /** Failed last at or after this moment. */
  @Optional() @IsInstant() from?: string;
  /** Failed last before this moment. */
  @Optional() @IsInstant() to?: string;
}

export class ListDeadLettersRequest extends DeadLetterFilter {
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(500) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

/**
 * Replays the named dead letters, or all that match the filter. Parked ones are taken when they are named or the
 * filter asks for them.
 */
export class ReplayRequest {
  @Optional() @IsArray() @IsString({ each: true }) ids?: string[];
  @Optional() @Nested(() => DeadLetterFilter) filter?: DeadLetterFilter;
}

/** Discards dead letters for good; the record and the reason stay. */
export class DiscardRequest extends ReplayRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
}

/** A header as it is to be sent. */
export class EditedHeader {
  @IsString() @MinLength(1) @MaxLength(500) name!: string;
  @IsBase64() @MaxLength(100_000) valueBase64!: string;
}

/** Keeps an edited version of the message and replays that. What is left out stays as it was in the newest version. */
export class EditDeadLetterRequest {
  @Optional() @IsBase64() @MaxLength(2000) keyBase64?: string;
  @Optional() @IsBase64() @MaxLength(MAX_EDIT_BASE64) valueBase64?: string;
  @Optional() @NestedList(() => EditedHeader, 300) headers?: EditedHeader[];
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Who edits it, for the record. */
  @Optional() @IsString() @MaxLength(200) by?: string;
  /** The same id again makes no second version and sends nothing. */
  @IsUUID() requestId!: string;
}

export class EditDeadLetterAnswer {
  @IsString() id!: string;
  /** Number of the version that was sent. */
  @IsInt() @Min(1) edit!: number;
}

export class ActionAnswer {
  /** How many dead letters the action took. */
  @IsInt() affected!: number;
  @IsArray() @IsString({ each: true }) ids!: string[];
}
