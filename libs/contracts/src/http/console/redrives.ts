import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
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
import { IsTimestamp } from '../../timestamps.js';
import { defineRoute } from '../route.js';
import { DeadLetterChoice } from './failures.js';

/** running, paused by a person, held by its own guard, stopped by a person, or finished: all sent and ended. */
export const REDRIVE_STATES = ['running', 'paused', 'held', 'stopped', 'finished'] as const;
export type RedriveState = (typeof REDRIVE_STATES)[number];

/**
 * waiting: not sent yet; sent: on the topic, the stage has not ended it yet; under-way: its stage is done, a later one
 * not yet; published, skipped, duplicate (known already or older than what is stored), dead-lettered (at a later
 * stage): ended; failed: dead again for another reason; parked: dead again for the same reason; gone: no longer open
 * when its turn came, because someone else had acted on it; left: not sent because the redrive was stopped.
 */
export const REDRIVE_OUTCOMES = [
  'waiting',
  'sent',
  'under-way',
  'published',
  'skipped',
  'duplicate',
  'dead-lettered',
  'failed',
  'parked',
  'gone',
  'left',
] as const;
export type RedriveOutcome = (typeof REDRIVE_OUTCOMES)[number];

/** Which dead letters a redrive takes. */
export class RedriveChoice extends DeadLetterChoice {
  /** Of all stages where it is not given. */
  @Optional() @IsIn(STAGES) stage?: StageName;
}

export class PreviewRedriveRequest {
  @Nested(() => RedriveChoice) filter!: RedriveChoice;
}

export class RedrivePart {
  @IsIn(STAGES) stage!: StageName;
  @IsString() code!: string;
  @Optional() @IsString() source?: string;
  @IsInt() count!: number;
}

/** What a redrive with this filter would take, if it were started now. */
export class RedrivePreviewAnswer {
  @IsInt() count!: number;
  @NestedList(() => RedrivePart, 10_000) parts!: RedrivePart[];
}

/** Starts a redrive of all dead letters that match the filter now; later ones are not taken. */
export class StartRedriveRequest extends PreviewRedriveRequest {
  /** The most it sends in a second, on average. */
  @IsNumber() @Min(0.1) @Max(1000) ratePerSecond!: number;
  /**
   * Sizes of the waves it begins with, 1, 2, 5, 20 where it is not given; the next wave goes when every item of the
   * last one has ended. An empty list begins at the full rate.
   */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(10_000, { each: true })
  ramp?: number[];
  /** It holds itself when more than this share of a wave, or of the last 20 that ended, fails again. */
  @Optional() @IsNumber() @Min(0) @Max(1) holdAtFailureShare?: number;
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Given by the caller: the same id again answers the redrive that the first call started. */
  @IsUUID() requestId!: string;
}

/** How many of its items stand where. */
export class RedriveCounts {
  @IsInt() waiting!: number;
  @IsInt() sent!: number;
  @IsInt() underWay!: number;
  @IsInt() published!: number;
  @IsInt() skipped!: number;
  @IsInt() duplicate!: number;
  @IsInt() deadLettered!: number;
  @IsInt() failed!: number;
  @IsInt() parked!: number;
  @IsInt() gone!: number;
  @IsInt() left!: number;
}

/** A redrive: dead letters sent back in bulk, at a rate, each followed to its end. */
export class Redrive {
  @IsString() id!: string;
  @IsIn(REDRIVE_STATES) state!: RedriveState;
  @Nested(() => RedriveChoice) filter!: RedriveChoice;
  @IsString() reason!: string;
  @IsString() by!: string;
  @IsNumber() ratePerSecond!: number;
  @IsArray() @IsInt({ each: true }) ramp!: number[];
  /** 1 for the first wave of the ramp; absent when the ramp is behind it. */
  @Optional() @IsInt() wave?: number;
  @IsInt() total!: number;
  @Nested(() => RedriveCounts) counts!: RedriveCounts;
  /** Sent in the last ten seconds, a second. */
  @IsNumber() currentRate!: number;
  @IsTimestamp() startedAt!: string;
  @Optional() @IsTimestamp() endedAt?: string;
  /** Why it is held, or what it waits for. */
  @Optional() @IsString() note?: string;
}

export class RedrivePage {
  @NestedList(() => Redrive, 200) items!: Redrive[];
  @Optional() @IsString() nextCursor?: string;
}

export class ListRedrivesRequest {
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(200) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

/** One dead letter of a redrive and what became of it. */
export class RedriveItem {
  /** Place in the redrive, from 0. */
  @IsInt() position!: number;
  @IsIn(STAGES) stage!: StageName;
  @IsString() deadLetterId!: string;
  /** What it had failed with. */
  @IsString() code!: string;
  @Optional() @IsString() source?: string;
  @Optional() @IsString() contentId?: string;
  @Optional() @IsInt() revision?: number;
  @IsIn(REDRIVE_OUTCOMES) outcome!: RedriveOutcome;
  /** Stage and code of the outcome, where it has them. */
  @Optional() @IsIn(STAGES) outcomeStage?: StageName;
  @Optional() @IsString() outcomeCode?: string;
  @Optional() @IsTimestamp() sentAt?: string;
  @Optional() @IsTimestamp() endedAt?: string;
}

export class ListRedriveItemsRequest {
  @Optional() @IsIn(REDRIVE_OUTCOMES) outcome?: RedriveOutcome;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(500) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

export class RedriveItemPage {
  @NestedList(() => RedriveItem, 500) items!: RedriveItem[];
  @Optional() @IsString() nextCursor?: string;
}

export class ChangeRedriveRequest {
  @Optional() @IsString() @MinLength(3) @MaxLength(500) reason?: string;
  @IsUUID() requestId!: string;
}

const CHANGE = {
  request: ChangeRedriveRequest,
  response: Redrive,
  status: 200,
  errors: [400, 401, 403, 404, 409, 503],
};

export const REDRIVE_ROUTES = {
  previewRedrive: defineRoute({
    method: 'POST',
    path: '/v1/ops/redrives/preview',
    summary: 'How many dead letters a redrive would take; nothing is sent',
    role: 'viewer',
    request: PreviewRedriveRequest,
    response: RedrivePreviewAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  startRedrive: defineRoute({
    method: 'POST',
    path: '/v1/ops/redrives',
    summary: 'Start sending dead letters back, in waves and at a rate',
    role: 'operator',
    request: StartRedriveRequest,
    response: Redrive,
    status: 201,
    errors: [400, 401, 403, 409, 503],
  }),
  redrives: defineRoute({
    method: 'GET',
    path: '/v1/ops/redrives',
    summary: 'Redrives, newest first',
    role: 'viewer',
    request: ListRedrivesRequest,
    response: RedrivePage,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  redrive: defineRoute({
    method: 'GET',
    path: '/v1/ops/redrives/:id',
    summary: 'One redrive and how far it is',
    role: 'viewer',
    response: Redrive,
    status: 200,
    errors: [401, 403, 404, 503],
  }),
  redriveItems: defineRoute({
    method: 'GET',
    path: '/v1/ops/redrives/:id/items',
    summary: 'The items of a redrive in the order they are sent, each with what became of it',
    role: 'viewer',
    request: ListRedriveItemsRequest,
    response: RedriveItemPage,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  pauseRedrive: defineRoute({
    method: 'POST',
    path: '/v1/ops/redrives/:id/pause',
    summary: 'Send no more until it is resumed',
    role: 'operator',
    ...CHANGE,
  }),
  resumeRedrive: defineRoute({
    method: 'POST',
    path: '/v1/ops/redrives/:id/resume',
    summary: 'Go on with a redrive that is paused or held',
    role: 'operator',
    ...CHANGE,
  }),
  stopRedrive: defineRoute({
    method: 'POST',
    path: '/v1/ops/redrives/:id/stop',
    summary: 'Send no more for good; what is sent is followed to its end',
    role: 'operator',
    ...CHANGE,
  }),
} as const;
