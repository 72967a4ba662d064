import { ContentSubmittedData } from '../events/content-submitted.v1.js';
import { BatchLineAnswer, JourneyAnswer, StageStatusAnswer, SubmitAnswer } from './answers.js';
import { ArticlePage, ArticleView, GetArticleRequest, ListArticlesRequest, RevisionsAnswer } from './articles.js';
import {
  ActionAnswer,
  DeadLetterAnswer,
  DeadLetterPage,
  DiscardRequest,
  ListDeadLettersRequest,
  ReplayRequest,
} from './dead-letters.js';
import { defineRoute } from './route.js';

/** What every stage answers to operators. With OPS_TOKEN set they need it as a bearer token. */
export const STAGE_ROUTES = {
  status: defineRoute({
    method: 'GET',
    path: '/v1/ops/status',
    summary: 'Where this stage stands now',
    response: StageStatusAnswer,
    status: 200,
    errors: [401, 503],
  }),
  journey: defineRoute({
    method: 'GET',
    path: '/v1/ops/journey/:contentId',
    summary: 'What happened to an item at this stage',
    response: JourneyAnswer,
    status: 200,
    errors: [400, 401, 503],
  }),
  listDeadLetters: defineRoute({
    method: 'GET',
    path: '/v1/ops/dead-letters',
    summary: 'Dead letters of this stage, newest first',
    request: ListDeadLettersRequest,
    response: DeadLetterPage,
    status: 200,
    errors: [400, 401, 503],
  }),
  showDeadLetter: defineRoute({
    method: 'GET',
    path: '/v1/ops/dead-letters/:id',
    summary: 'One dead letter with its original bytes',
    response: DeadLetterAnswer,
    status: 200,
    errors: [401, 404, 503],
  }),
  replayDeadLetters: defineRoute({
    method: 'POST',
    path: '/v1/ops/dead-letters/replay',
    summary: 'Send dead letters back to the topic they came from',
    request: ReplayRequest,
    response: ActionAnswer,
    status: 200,
    errors: [400, 401, 503],
  }),
  discardDeadLetters: defineRoute({
    method: 'POST',
    path: '/v1/ops/dead-letters/discard',
    summary: 'Discard dead letters, with a reason',
    request: DiscardRequest,
    response: ActionAnswer,
    status: 200,
    errors: [400, 401, 503],
  }),
} as const;

export const INGEST_ROUTES = {
  ...STAGE_ROUTES,
  submit: defineRoute({
    method: 'POST',
    path: '/v1/content',
    summary: 'Hand in one piece of content',
    request: ContentSubmittedData,
    response: SubmitAnswer,
    status: 202,
    errors: [400, 409, 413, 415, 429, 503],
  }),
  submitBatch: defineRoute({
    method: 'POST',
    path: '/v1/content/batch',
    summary: 'Hand in many: one submission a line, one answer a line, in order',
    consumes: 'application/x-ndjson',
    produces: 'application/x-ndjson',
    response: BatchLineAnswer,
    status: 200,
    errors: [415, 503],
  }),
  original: defineRoute({
    method: 'GET',
    path: '/v1/originals/:contentId/:revision',
    summary: 'The stored original, byte for byte',
    produces: 'application/octet-stream',
    status: 200,
    errors: [400, 401, 404, 503],
  }),
} as const;

export const ENRICHMENT_ROUTES = { ...STAGE_ROUTES } as const;

export const PUBLISHING_ROUTES = {
  ...STAGE_ROUTES,
  listArticles: defineRoute({
    method: 'GET',
    path: '/v1/articles',
    summary: 'Published articles, newest release first',
    request: ListArticlesRequest,
    response: ArticlePage,
    status: 200,
    errors: [400, 503],
  }),
  getArticle: defineRoute({
    method: 'GET',
    path: '/v1/articles/:id',
    summary: 'One article as it stands',
    request: GetArticleRequest,
    response: ArticleView,
    status: 200,
    errors: [400, 404, 410, 503],
  }),
  listRevisions: defineRoute({
    method: 'GET',
    path: '/v1/articles/:id/revisions',
    summary: 'All revisions of one article, oldest first',
    response: RevisionsAnswer,
    status: 200,
    errors: [400, 404, 503],
  }),
  rss: defineRoute({
    method: 'GET',
    path: '/feeds/all.rss',
    summary: 'RSS 2.0 feed of the newest articles',
    produces: 'application/rss+xml',
    status: 200,
    errors: [503],
  }),
  atom: defineRoute({
    method: 'GET',
    path: '/feeds/all.atom',
    summary: 'Atom 1.0 feed of the newest articles',
    produces: 'application/atom+xml',
    status: 200,
    errors: [503],
  }),
  json: defineRoute({
    method: 'GET',
    path: '/feeds/all.json',
    summary: 'JSON Feed 1.1 of the newest articles',
    produces: 'application/feed+json',
    status: 200,
    errors: [503],
  }),
  stream: defineRoute({
    method: 'GET',
    path: '/v1/stream',
    summary: 'Releases as they happen, by server-sent events; resumes after Last-Event-ID',
    produces: 'text/event-stream',
    status: 200,
    errors: [400, 503],
  }),
} as const;
