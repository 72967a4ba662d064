import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBase64,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { Nested, NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { STAGES, type StageName } from '../../pipeline.js';
import { QueryNumber } from '../../query-numbers.js';
import { IsInstant, IsTimestamp } from '../../timestamps.js';
import { FaultAnswer } from '../answers.js';
import {
  DEAD_LETTER_SELECTIONS,
  DeadLetterAnswer,
  DeadLetterPage,
  type DeadLetterSelection,
  EditedHeader,
} from '../dead-letters.js';
import { defineRoute } from '../route.js';

/** Most dead letters that one call replays or discards; more than these are sent by a redrive. */
export const MAX_DIRECT_ACTION = 1000;

/** How many dead letters of a group are in each state. */
export class DeadLetterCounts {
  @IsInt() open!: number;
  @IsInt() parked!: number;
  @IsInt() replayed!: number;
  @IsInt() resolved!: number;
  @IsInt() discarded!: number;
}

/** Dead letters of one stage and source that failed with one code. */
export class FailureGroup {
  @IsIn(STAGES) stage!: StageName;
  @IsString() code!: string;
  /** Absent where the message could not be read so far. */
  @Optional() @IsString() source?: string;
  @Nested(() => DeadLetterCounts) counts!: DeadLetterCounts;
  @IsInt() total!: number;
  @IsTimestamp() firstFailedAt!: string;
  @IsTimestamp() lastFailedAt!: string;
  /** The newest of them and what it says, as an example. */
  @IsString() newestId!: string;
  @IsString() newestDetail!: string;
}

/** Which failures; all fields narrow. */
export class ListFailuresRequest {
  @Optional() @IsIn(STAGES) stage?: StageName;
  @Optional() @IsString() @MaxLength(100) code?: string;
  /** Empty for those whose source could not be read. */
  @Optional() @IsString() @MaxLength(100) source?: string;
  @Optional() @IsIn(DEAD_LETTER_SELECTIONS) state?: DeadLetterSelection;
  /** Failed last at or after this moment. */
  @Optional() @IsInstant() from?: string;
  /** Failed last before this moment. */
  @Optional() @IsInstant() to?: string;
}

/** Groups with the newest failure first. */
export class FailuresAnswer {
  @NestedList(() => FailureGroup, 10_000) groups!: FailureGroup[];
  @IsTimestamp() asOf!: string;
}

export class ListConsoleDeadLettersRequest extends ListFailuresRequest {
  @Optional() @IsString() @MaxLength(100) contentId?: string;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(500) limit?: number;
  @Optional() @IsString() @MaxLength(400) cursor?: string;
}

/** A dead letter as an operator works on it. */
export class ConsoleDeadLetterAnswer extends DeadLetterAnswer {
  /** What the contract of its topic says against the newest version; empty where it would be read. */
  @NestedList(() => FaultAnswer, 50) faults!: FaultAnswer[];
}

export class DownloadDeadLetterRequest {
  /** Number of the version; 0, the original, where it is not given. */
  @Optional() @QueryNumber() @IsInt() @Min(0) @Max(1000) edit?: number;
}

export class CheckMessageRequest {
  @IsBase64() @MaxLength(4_000_000) valueBase64!: string;
}

/** Whether the stage could read such a message. */
export class CheckMessageAnswer {
  @IsBoolean() readable!: boolean;
  @NestedList(() => FaultAnswer, 50) faults!: FaultAnswer[];
}

/** Which dead letters of a stage an action takes; `state` is `open` where it is not given. */
export class DeadLetterChoice {
  @Optional() @IsString() @MaxLength(100) code?: string;
  /** Empty for those whose source could not be read. */
  @Optional() @IsString() @MaxLength(100) source?: string;
  @Optional() @IsString() @MaxLength(100) contentId?: string;
  @Optional() @IsIn(['open', 'parked', 'waiting']) state?: 'open' | 'parked' | 'waiting';
  @Optional() @IsInstant() from?: string;
  @Optional() @IsInstant() to?: string;
}

/** The named dead letters, or those that match the filter: one of the two has to be given. */
export class DeadLettersActionRequest {
  @IsIn(STAGES) stage!: StageName;
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_DIRECT_ACTION)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  ids?: string[];
  @Optional() @Nested(() => DeadLetterChoice) filter?: DeadLetterChoice;
  /** Given by the caller: the same id again answers what the first call did, and does nothing. */
  @IsUUID() requestId!: string;
  /** Only tells what it would take. */
  @Optional() @IsBoolean() dryRun?: boolean;
}

/** Sends them back to the topic they came from. */
export class ReplayDeadLettersRequest extends DeadLettersActionRequest {
  @Optional() @IsString() @MinLength(3) @MaxLength(500) reason?: string;
}

/** Closes them without a replay; bytes, error and reason stay on record. */
export class DiscardDeadLettersRequest extends DeadLettersActionRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
}

export class DeadLettersActionAnswer {
  @IsUUID() requestId!: string;
  @IsBoolean() dryRun!: boolean;
  @IsInt() affected!: number;
  @IsArray() @IsString({ each: true }) ids!: string[];
}

/** Keeps an edited version of the message and replays that. What is left out stays as it was in the newest version. */
export class EditAndReplayRequest {
  @Optional() @IsBase64() @MaxLength(2000) keyBase64?: string;
  @Optional() @IsBase64() @MaxLength(4_000_000) valueBase64?: string;
  @Optional() @NestedList(() => EditedHeader, 300) headers?: EditedHeader[];
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Given by the caller: the same id again answers what the first call did, and does nothing. */
  @IsUUID() requestId!: string;
}

export class EditAndReplayAnswer {
  @IsUUID() requestId!: string;
  @IsString() id!: string;
  /** Number of the version that was sent; the original is 0. */
  @IsInt() @Min(1) edit!: number;
}

export const FAILURE_ROUTES = {
  failures: defineRoute({
    method: 'GET',
    path: '/v1/ops/failures',
    summary: 'Dead letters grouped by stage, code and source',
    role: 'viewer',
    request: ListFailuresRequest,
    response: FailuresAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  deadLetters: defineRoute({
    method: 'GET',
    path: '/v1/ops/dead-letters',
    summary: 'Dead letters of all stages, newest failure first',
    role: 'viewer',
    request: ListConsoleDeadLettersRequest,
    response: DeadLetterPage,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  deadLetter: defineRoute({
    method: 'GET',
    path: '/v1/ops/dead-letters/:stage/:id',
    summary: 'One dead letter with its bytes, its edited versions and what its contract says against it',
    role: 'viewer',
    response: ConsoleDeadLetterAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  downloadDeadLetter: defineRoute({
    method: 'GET',
    path: '/v1/ops/dead-letters/:stage/:id/download',
    summary: 'The value of a dead letter’s message, byte for byte, as an attachment',
    role: 'viewer',
    request: DownloadDeadLetterRequest,
    produces: 'application/octet-stream',
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  checkMessage: defineRoute({
    method: 'POST',
    path: '/v1/ops/dead-letters/:stage/check',
    summary: 'Whether the stage could read such a message; nothing is sent',
    role: 'viewer',
    request: CheckMessageRequest,
    response: CheckMessageAnswer,
    status: 200,
    errors: [400, 401, 403],
  }),
  replayDeadLetters: defineRoute({
    method: 'POST',
    path: '/v1/ops/dead-letters/replay',
    summary: 'Send dead letters of one stage back to the topic they came from',
    role: 'operator',
    request: ReplayDeadLettersRequest,
    response: DeadLettersActionAnswer,
    status: 200,
    errors: [400, 401, 403, 409, 503],
  }),
  discardDeadLetters: defineRoute({
    method: 'POST',
    path: '/v1/ops/dead-letters/discard',
    summary: 'Discard dead letters of one stage, with a reason',
    role: 'operator',
    request: DiscardDeadLettersRequest,
    response: DeadLettersActionAnswer,
    status: 200,
    errors: [400, 401, 403, 409, 503],
  }),
  editAndReplay: defineRoute({
    method: 'POST',
    path: '/v1/ops/dead-letters/:stage/:id/edit-and-replay',
    summary: 'Keep an edited version of a dead letter’s message and send that',
    role: 'operator',
    request: EditAndReplayRequest,
    response: EditAndReplayAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 409, 503],
  }),
} as const;
