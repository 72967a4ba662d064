import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import {
  ReprocessAnswer,
  ReprocessList,
  ReprocessPreviewAnswer,
  ReprocessPreviewRequest,
  ReprocessRequest,
  StepsAnswer,
} from '../reprocess.js';
import { defineRoute } from '../route.js';
import { ConsoleAction } from './action.js';

/** Runs steps again over stored articles, with a reason for the record. */
export class StartReprocessRequest extends ReprocessRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Given by the caller: the same id again answers what the first call did, and does nothing. */
  @IsUUID() requestId!: string;
}

/** Reprocessings, as enrichment runs them. */
export const REPROCESS_ROUTES = {
  reprocessings: defineRoute({
    method: 'GET',
    path: '/v1/ops/reprocess',
    summary: 'The last reprocessings, newest first',
    role: 'viewer',
    response: ReprocessList,
    status: 200,
    errors: [401, 403, 503],
  }),
  reprocessSteps: defineRoute({
    method: 'GET',
    path: '/v1/ops/reprocess/steps',
    summary: 'The steps that can be run again',
    role: 'viewer',
    response: StepsAnswer,
    status: 200,
    errors: [401, 403, 503],
  }),
  reprocessing: defineRoute({
    method: 'GET',
    path: '/v1/ops/reprocess/:id',
    summary: 'Where a reprocessing stands',
    role: 'viewer',
    response: ReprocessAnswer,
    status: 200,
    errors: [401, 403, 404, 503],
  }),
  previewReprocess: defineRoute({
    method: 'POST',
    path: '/v1/ops/reprocess/preview',
    summary: 'What a reprocessing would change, seen on a sample; nothing is stored',
    role: 'viewer',
    request: ReprocessPreviewRequest,
    response: ReprocessPreviewAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  startReprocess: defineRoute({
    method: 'POST',
    path: '/v1/ops/reprocess',
    summary: 'Run steps again over stored articles, at a rate; one such run at a time',
    role: 'operator',
    request: StartReprocessRequest,
    response: ReprocessAnswer,
    status: 202,
    errors: [400, 401, 403, 409, 503],
  }),
  stopReprocess: defineRoute({
    method: 'POST',
    path: '/v1/ops/reprocess/:id/stop',
    summary: 'Stop a reprocessing; what it did so far stays',
    role: 'operator',
    request: ConsoleAction,
    response: ReprocessAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 409, 503],
  }),
} as const;
