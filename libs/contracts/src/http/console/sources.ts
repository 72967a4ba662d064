import { defineRoute } from '../route.js';
import { FetchPage, ListFetchesRequest, ListSourcesRequest, SourcePage, SourceView } from '../sources.js';
import { ReasonedAction } from './action.js';

/** Sources as ingest knows them. They are declared and removed at ingest, by `wireroom source` or its own routes. */
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
} as const;
