import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { defineRoute } from '../route.js';
import {
  AddSourceRequest,
  FetchPage,
  ListFetchesRequest,
  ListSourcesRequest,
  RemovedSourceAnswer,
  SourcePage,
  SourceSpec,
  SourceView,
  TestSourceAnswer,
} from '../sources.js';
import { ReasonedAction } from './action.js';

/** Declares a source, or changes the settings of one with `replace`, with a reason for the record. */
export class DeclareSourceRequest extends AddSourceRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Given by the caller: the same id again answers what the first call did, and does nothing. */
  @IsUUID() requestId!: string;
}

/** Sources as ingest knows them. */
export const SOURCE_VIEW_ROUTES = {
  sources: defineRoute({
    method: 'GET',
    path: '/v1/ops/sources',
    summary: 'Sources and where they stand, by name',
    role: 'viewer',
    request: ListSourcesRequest,
    response: SourcePage,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  declareSource: defineRoute({
    method: 'POST',
    path: '/v1/ops/sources',
    summary: 'Declare a source; the same declaration again changes nothing',
    role: 'operator',
    request: DeclareSourceRequest,
    response: SourceView,
    status: 200,
    errors: [400, 401, 403, 409, 415, 503],
  }),
  testSource: defineRoute({
    method: 'POST',
    path: '/v1/ops/sources/test',
    summary: 'Poll a source and say what would be taken, within a minute; nothing is stored',
    role: 'operator',
    request: SourceSpec,
    response: TestSourceAnswer,
    status: 200,
    errors: [400, 401, 403, 415, 503],
  }),
  source: defineRoute({
    method: 'GET',
    path: '/v1/ops/sources/:source',
    summary: 'One source',
    role: 'viewer',
    response: SourceView,
    status: 200,
    errors: [401, 403, 404, 503],
  }),
  sourceFetches: defineRoute({
    method: 'GET',
    path: '/v1/ops/sources/:source/fetches',
    summary: 'The ledger of a source, newest fetch first',
    role: 'viewer',
    request: ListFetchesRequest,
    response: FetchPage,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  pauseSource: defineRoute({
    method: 'POST',
    path: '/v1/ops/sources/:source/pause',
    summary: 'Stop polling a source, with a reason',
    role: 'operator',
    request: ReasonedAction,
    response: SourceView,
    status: 200,
    errors: [400, 401, 403, 404, 409, 503],
  }),
  resumeSource: defineRoute({
    method: 'POST',
    path: '/v1/ops/sources/:source/resume',
    summary: 'Poll a source again, now',
    role: 'operator',
    request: ReasonedAction,
    response: SourceView,
    status: 200,
    errors: [400, 401, 403, 404, 409, 503],
  }),
  removeSource: defineRoute({
    method: 'POST',
    path: '/v1/ops/sources/:source/remove',
    summary: 'Remove a source, with a reason; its items stay',
    role: 'operator',
    request: ReasonedAction,
    response: RemovedSourceAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 409, 415, 503],
  }),
} as const;
