import { defineRoute } from '../route.js';
import { AuditPage, ListAuditRequest } from './audit.js';
import { ReasonedAction } from './action.js';
import { CHANNEL_ROUTES } from './channels.js';
import { FAILURE_ROUTES } from './failures.js';
import { ItemAnswer, ItemPage, ListItemsRequest, OriginalTextAnswer, RevisionAnswer } from './items.js';
import { KAFKA_ROUTES } from './kafka.js';
import { LedgerAnswer, LedgerCheckAnswer, LedgerRequest, QualityAnswer, QualityRequest } from './ledger.js';
import { AlarmsAnswer, OverviewAnswer, OverviewRequest } from './overview.js';
import { REDRIVE_ROUTES } from './redrives.js';
import { REPROCESS_ROUTES } from './reprocess.js';
import {
  ApiTokenView,
  CreateTokenRequest,
  CreatedToken,
  SessionAnswer,
  SignInOptions,
  SignInRequest,
  SignOutAnswer,
  TokensAnswer,
} from './session.js';
import { SOURCE_VIEW_ROUTES } from './sources.js';

const SESSION_ROUTES = {
  signInOptions: defineRoute({
    method: 'GET',
    path: '/v1/session/options',
    summary: 'How one can sign in',
    role: 'anyone',
    response: SignInOptions,
    status: 200,
    errors: [],
  }),
  signIn: defineRoute({
    method: 'POST',
    path: '/v1/session',
    summary: 'Sign in: sets the session’s cookie',
    role: 'anyone',
    request: SignInRequest,
    response: SessionAnswer,
    status: 201,
    errors: [400, 401, 403, 415, 429, 503],
  }),
  session: defineRoute({
    method: 'GET',
    path: '/v1/session',
    summary: 'Who the caller is',
    role: 'viewer',
    response: SessionAnswer,
    status: 200,
    errors: [401, 403, 503],
  }),
  signOut: defineRoute({
    method: 'DELETE',
    path: '/v1/session',
    summary: 'End the session',
    role: 'viewer',
    response: SignOutAnswer,
    status: 200,
    errors: [401, 403, 503],
  }),
  listTokens: defineRoute({
    method: 'GET',
    path: '/v1/ops/tokens',
    summary: 'API tokens, newest first (admin)',
    role: 'admin',
    response: TokensAnswer,
    status: 200,
    errors: [401, 403, 503],
  }),
  createToken: defineRoute({
    method: 'POST',
    path: '/v1/ops/tokens',
    summary: 'Give out an API token (admin); its secret is shown this once',
    role: 'admin',
    request: CreateTokenRequest,
    response: CreatedToken,
    status: 201,
    errors: [400, 401, 403, 409, 415, 503],
  }),
  revokeToken: defineRoute({
    method: 'POST',
    path: '/v1/ops/tokens/:id/revoke',
    summary: 'Take an API token back, and end the sessions it opened (admin)',
    role: 'admin',
    request: ReasonedAction,
    response: ApiTokenView,
    status: 200,
    errors: [400, 401, 403, 404, 409, 415, 503],
  }),
} as const;

const OVERVIEW_ROUTES = {
  overview: defineRoute({
    method: 'GET',
    path: '/v1/ops/overview',
    summary: 'The wire now and over a window of time',
    role: 'viewer',
    request: OverviewRequest,
    response: OverviewAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  alarms: defineRoute({
    method: 'GET',
    path: '/v1/ops/alarms',
    summary: 'The alarms of now and of the last week',
    role: 'viewer',
    response: AlarmsAnswer,
    status: 200,
    errors: [401, 403, 503],
  }),
  watch: defineRoute({
    method: 'GET',
    path: '/v1/ops/live',
    summary: 'The wire as it moves, by server-sent events: `now` every two seconds, `redrive` with its progress',
    role: 'viewer',
    produces: 'text/event-stream',
    status: 200,
    errors: [401, 403, 503],
  }),
} as const;

const LEDGER_ROUTES = {
  ledger: defineRoute({
    method: 'GET',
    path: '/v1/ops/ledger',
    summary: 'What became of everything accepted in a period',
    role: 'viewer',
    request: LedgerRequest,
    response: LedgerAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  checkLedger: defineRoute({
    method: 'GET',
    path: '/v1/ops/ledger/check',
    summary: 'Count the stages’ own collections again and hold the ledger against them; slow for long periods',
    role: 'viewer',
    request: LedgerRequest,
    response: LedgerCheckAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  quality: defineRoute({
    method: 'GET',
    path: '/v1/ops/quality',
    summary: 'Coverage and drift of each source against its own past week',
    role: 'viewer',
    request: QualityRequest,
    response: QualityAnswer,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
} as const;

const ITEM_ROUTES = {
  listItems: defineRoute({
    method: 'GET',
    path: '/v1/ops/items',
    summary: 'Revisions and how they ended, newest first',
    role: 'viewer',
    request: ListItemsRequest,
    response: ItemPage,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
  item: defineRoute({
    method: 'GET',
    path: '/v1/ops/items/:contentId',
    summary: 'The whole way of one item',
    role: 'viewer',
    response: ItemAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  itemRevision: defineRoute({
    method: 'GET',
    path: '/v1/ops/items/:contentId/revisions/:revision',
    summary: 'The documents of all stages for one revision, with provenance',
    role: 'viewer',
    response: RevisionAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  itemOriginal: defineRoute({
    method: 'GET',
    path: '/v1/ops/items/:contentId/revisions/:revision/original',
    summary: 'The original, byte for byte, as a download',
    role: 'viewer',
    produces: 'application/octet-stream',
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  itemOriginalText: defineRoute({
    method: 'GET',
    path: '/v1/ops/items/:contentId/revisions/:revision/original/text',
    summary: 'The original as the text that provenance counts in',
    role: 'viewer',
    response: OriginalTextAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  itemOriginalFrame: defineRoute({
    method: 'GET',
    path: '/v1/ops/items/:contentId/revisions/:revision/original/frame',
    summary: 'The original for a sandboxed frame: without scripts, forms, network or origin',
    role: 'viewer',
    produces: 'text/html',
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
} as const;

const AUDIT_ROUTES = {
  listAudit: defineRoute({
    method: 'GET',
    path: '/v1/ops/audit',
    summary: 'Who did what, newest first',
    role: 'viewer',
    request: ListAuditRequest,
    response: AuditPage,
    status: 200,
    errors: [400, 401, 403, 503],
  }),
} as const;

/**
 * What the console answers. A page signs in and has a cookie; a program sends `Authorization: Bearer` with an API
 * token or OPS_TOKEN. Every change needs a role and is written to the audit.
 */
export const CONSOLE_ROUTES = {
  ...SESSION_ROUTES,
  ...OVERVIEW_ROUTES,
  ...LEDGER_ROUTES,
  ...ITEM_ROUTES,
  ...FAILURE_ROUTES,
  ...REDRIVE_ROUTES,
  ...KAFKA_ROUTES,
  ...SOURCE_VIEW_ROUTES,
  ...CHANNEL_ROUTES,
  ...REPROCESS_ROUTES,
  ...AUDIT_ROUTES,
} as const;
