import type { ContentSubmittedData } from '../events/content-submitted.v1.js';
import type { StageName } from '../pipeline.js';
import { validate } from '../validate.js';
import { ErrorAnswer, type FaultAnswer, type PauseStageRequest, type ResumeStageRequest } from './answers.js';
import type { GetArticleRequest, ListArticlesRequest } from './articles.js';
import type { DiscardRequest, EditDeadLetterRequest, ListDeadLettersRequest, ReplayRequest } from './dead-letters.js';
import type { ConsoleAction, ReasonedAction } from './console/action.js';
import type {
  CheckMessageRequest,
  DiscardDeadLettersRequest,
  EditAndReplayRequest,
  ListConsoleDeadLettersRequest,
  ListFailuresRequest,
  ReplayDeadLettersRequest,
} from './console/failures.js';
import type { ChangeStageRequest, ListKafkaMessagesRequest, ResetOffsetsRequest } from './console/kafka.js';
import type {
  ChangeRedriveRequest,
  ListRedriveItemsRequest,
  ListRedrivesRequest,
  PreviewRedriveRequest,
  StartRedriveRequest,
} from './console/redrives.js';
import type { StartReprocessRequest } from './console/reprocess.js';
import type { DeclareSourceRequest } from './console/sources.js';
import type { ListAuditRequest } from './console/audit.js';
import type { ListItemsRequest } from './console/items.js';
import type { LedgerRequest, QualityRequest } from './console/ledger.js';
import type { OverviewRequest } from './console/overview.js';
import { CONSOLE_ROUTES } from './console/routes.js';
import type { CreateTokenRequest } from './console/session.js';
import type { ReprocessPreviewRequest, ReprocessRequest } from './reprocess.js';
import type { Route } from './route.js';
import { ENRICHMENT_ROUTES, INGEST_ROUTES, PUBLISHING_ROUTES, STAGE_ROUTES } from './routes.js';
import type {
  AddSourceRequest,
  ListFetchesRequest,
  ListSourcesRequest,
  PauseSourceRequest,
  SourceSpec,
} from './sources.js';

export interface ClientOptions {
  /** Bearer token for the operators' routes. */
  token?: string;
  /** For the whole call, milliseconds. */
  deadlineMs?: number;
}

/** A call that was answered with an error, or not at all (status 0). */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly faults: FaultAnswer[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CallFailed';
  }
}

interface CallParts {
  params?: Record<string, string | number>;
  request?: object;
  headers?: Record<string, string>;
}

const DEFAULT_DEADLINE_MS = 10_000;

/** Calls the routes of one service. */
class ServiceClient {
  constructor(
    readonly baseUrl: string,
    private readonly options: ClientOptions = {},
  ) {}

  /** Calls a route and returns its JSON answer. @throws CallFailed */
  protected async call<TRequest extends object, TResponse extends object>(
    route: Route<TRequest, TResponse>,
    parts: CallParts = {},
  ): Promise<TResponse> {
    const response = await this.fetch(route, parts);
    return readBody(response, async () => (await response.json()) as TResponse);
  }

  protected async fetch(route: Route, parts: CallParts): Promise<Response> {
    const hasBody = route.method === 'POST';
    const url = new URL(fillPath(route.path, parts.params), this.baseUrl);
    if (!hasBody) {
      for (const [name, value] of Object.entries(parts.request ?? {})) {
        if (value !== undefined) url.searchParams.set(name, String(value));
      }
    }
    const response = await fetch(url, {
      method: route.method,
      headers: {
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...(this.options.token === undefined ? {} : { authorization: `Bearer ${this.options.token}` }),
        ...parts.headers,
      },
      body: hasBody ? JSON.stringify(parts.request ?? {}) : undefined,
      signal: AbortSignal.timeout(this.options.deadlineMs ?? DEFAULT_DEADLINE_MS),
    }).catch((cause: unknown) => {
      throw new CallFailed(0, 'unreachable', `${url.origin} did not answer`, [], { cause });
    });
    if (!response.ok) throw await failureOf(response);
    return response;
  }
}

/** What every stage answers to operators. */
export class StageClient extends ServiceClient {
  status = () => this.call(STAGE_ROUTES.status);
  journey = (contentId: string) => this.call(STAGE_ROUTES.journey, { params: { contentId } });
  listDeadLetters = (request: ListDeadLettersRequest = {}) => this.call(STAGE_ROUTES.listDeadLetters, { request });
  showDeadLetter = (id: string) => this.call(STAGE_ROUTES.showDeadLetter, { params: { id } });
  replayDeadLetters = (request: ReplayRequest) => this.call(STAGE_ROUTES.replayDeadLetters, { request });
  discardDeadLetters = (request: DiscardRequest) => this.call(STAGE_ROUTES.discardDeadLetters, { request });
  editDeadLetter = (id: string, request: EditDeadLetterRequest) =>
    this.call(STAGE_ROUTES.editDeadLetter, { params: { id }, request });
  pause = (request: PauseStageRequest) => this.call(STAGE_ROUTES.pause, { request });
  resume = (request: ResumeStageRequest = {}) => this.call(STAGE_ROUTES.resume, { request });
}

export class IngestClient extends StageClient {
  /** Hands in one piece of content. */
  submit = (submission: ContentSubmittedData, options: { idempotencyKey?: string; traceparent?: string } = {}) =>
    this.call(INGEST_ROUTES.submit, {
      request: submission,
      headers: {
        ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
        ...(options.traceparent === undefined ? {} : { traceparent: options.traceparent }),
      },
    });

  addSource = (request: AddSourceRequest) => this.call(INGEST_ROUTES.addSource, { request });
  listSources = (request: ListSourcesRequest = {}) => this.call(INGEST_ROUTES.listSources, { request });
  showSource = (source: string) => this.call(INGEST_ROUTES.showSource, { params: { source } });
  removeSource = (source: string) => this.call(INGEST_ROUTES.removeSource, { params: { source } });
  pauseSource = (source: string, request: PauseSourceRequest = {}) =>
    this.call(INGEST_ROUTES.pauseSource, { params: { source }, request });
  resumeSource = (source: string) => this.call(INGEST_ROUTES.resumeSource, { params: { source } });
  listFetches = (source: string, request: ListFetchesRequest = {}) =>
    this.call(INGEST_ROUTES.listFetches, { params: { source }, request });
  /** Polls without storing anything. It takes as long as the source does: give the client a deadline that long. */
  testSource = (spec: SourceSpec) => this.call(INGEST_ROUTES.testSource, { request: spec });

  /** The stored original, byte for byte. @throws CallFailed */
  async original(contentId: string, revision: number): Promise<Uint8Array> {
    const response = await this.fetch(INGEST_ROUTES.original, { params: { contentId, revision } });
    return readBody(response, async () => new Uint8Array(await response.arrayBuffer()));
  }
}

export class EnrichmentClient extends StageClient {
  startReprocess = (request: ReprocessRequest) => this.call(ENRICHMENT_ROUTES.startReprocess, { request });
  reprocessSteps = () => this.call(ENRICHMENT_ROUTES.reprocessSteps);
  listReprocess = () => this.call(ENRICHMENT_ROUTES.listReprocess);
  previewReprocess = (request: ReprocessPreviewRequest) => this.call(ENRICHMENT_ROUTES.previewReprocess, { request });
  showReprocess = (id: string) => this.call(ENRICHMENT_ROUTES.showReprocess, { params: { id } });
  stopReprocess = (id: string) => this.call(ENRICHMENT_ROUTES.stopReprocess, { params: { id } });
}

export class PublishingClient extends StageClient {
  channels = () => this.call(PUBLISHING_ROUTES.channels);
  listArticles = (request: ListArticlesRequest = {}) => this.call(PUBLISHING_ROUTES.listArticles, { request });
  getArticle = (id: string, request: GetArticleRequest = {}) =>
    this.call(PUBLISHING_ROUTES.getArticle, { params: { id }, request });
  listRevisions = (id: string) => this.call(PUBLISHING_ROUTES.listRevisions, { params: { id } });
}

/** What the console answers, for programs with an API token or OPS_TOKEN. */
export class ConsoleClient extends ServiceClient {
  overview = (request: OverviewRequest = {}) => this.call(CONSOLE_ROUTES.overview, { request });
  alarms = () => this.call(CONSOLE_ROUTES.alarms);
  ledger = (request: LedgerRequest = {}) => this.call(CONSOLE_ROUTES.ledger, { request });
  checkLedger = (request: LedgerRequest = {}) => this.call(CONSOLE_ROUTES.checkLedger, { request });
  quality = (request: QualityRequest = {}) => this.call(CONSOLE_ROUTES.quality, { request });
  listItems = (request: ListItemsRequest = {}) => this.call(CONSOLE_ROUTES.listItems, { request });
  item = (contentId: string) => this.call(CONSOLE_ROUTES.item, { params: { contentId } });
  itemRevision = (contentId: string, revision: number) =>
    this.call(CONSOLE_ROUTES.itemRevision, { params: { contentId, revision } });
  failures = (request: ListFailuresRequest = {}) => this.call(CONSOLE_ROUTES.failures, { request });
  deadLetters = (request: ListConsoleDeadLettersRequest = {}) => this.call(CONSOLE_ROUTES.deadLetters, { request });
  deadLetter = (stage: StageName, id: string) => this.call(CONSOLE_ROUTES.deadLetter, { params: { stage, id } });
  checkMessage = (stage: StageName, request: CheckMessageRequest) =>
    this.call(CONSOLE_ROUTES.checkMessage, { params: { stage }, request });
  replayDeadLetters = (request: ReplayDeadLettersRequest) => this.call(CONSOLE_ROUTES.replayDeadLetters, { request });
  discardDeadLetters = (request: DiscardDeadLettersRequest) =>
    this.call(CONSOLE_ROUTES.discardDeadLetters, { request });
  editAndReplay = (stage: StageName, id: string, request: EditAndReplayRequest) =>
    this.call(CONSOLE_ROUTES.editAndReplay, { params: { stage, id }, request });
  previewRedrive = (request: PreviewRedriveRequest) => this.call(CONSOLE_ROUTES.previewRedrive, { request });
  startRedrive = (request: StartRedriveRequest) => this.call(CONSOLE_ROUTES.startRedrive, { request });
  redrives = (request: ListRedrivesRequest = {}) => this.call(CONSOLE_ROUTES.redrives, { request });
  redrive = (id: string) => this.call(CONSOLE_ROUTES.redrive, { params: { id } });
  redriveItems = (id: string, request: ListRedriveItemsRequest = {}) =>
    this.call(CONSOLE_ROUTES.redriveItems, { params: { id }, request });
  pauseRedrive = (id: string, request: ChangeRedriveRequest) =>
    this.call(CONSOLE_ROUTES.pauseRedrive, { params: { id }, request });
  resumeRedrive = (id: string, request: ChangeRedriveRequest) =>
    this.call(CONSOLE_ROUTES.resumeRedrive, { params: { id }, request });
  stopRedrive = (id: string, request: ChangeRedriveRequest) =>
    this.call(CONSOLE_ROUTES.stopRedrive, { params: { id }, request });
  kafka = () => this.call(CONSOLE_ROUTES.kafka);
  kafkaMessages = (topic: string, request: ListKafkaMessagesRequest = {}) =>
    this.call(CONSOLE_ROUTES.kafkaMessages, { params: { topic }, request });
  kafkaMessage = (topic: string, partition: number, offset: string) =>
    this.call(CONSOLE_ROUTES.kafkaMessage, { params: { topic, partition, offset } });
  resetOffsets = (group: string, request: ResetOffsetsRequest) =>
    this.call(CONSOLE_ROUTES.resetOffsets, { params: { group }, request });
  pauseStage = (stage: StageName, request: ChangeStageRequest) =>
    this.call(CONSOLE_ROUTES.pauseStage, { params: { stage }, request });
  resumeStage = (stage: StageName, request: ChangeStageRequest) =>
    this.call(CONSOLE_ROUTES.resumeStage, { params: { stage }, request });
  sources = (request: ListSourcesRequest = {}) => this.call(CONSOLE_ROUTES.sources, { request });
  source = (source: string) => this.call(CONSOLE_ROUTES.source, { params: { source } });
  sourceFetches = (source: string, request: ListFetchesRequest = {}) =>
    this.call(CONSOLE_ROUTES.sourceFetches, { params: { source }, request });
  declareSource = (request: DeclareSourceRequest) => this.call(CONSOLE_ROUTES.declareSource, { request });
  /** Polls without storing anything. It takes as long as the source does: give the client a deadline that long. */
  testSource = (spec: SourceSpec) => this.call(CONSOLE_ROUTES.testSource, { request: spec });
  removeSource = (source: string, request: ReasonedAction) =>
    this.call(CONSOLE_ROUTES.removeSource, { params: { source }, request });
  pauseSource = (source: string, request: ReasonedAction) =>
    this.call(CONSOLE_ROUTES.pauseSource, { params: { source }, request });
  resumeSource = (source: string, request: ReasonedAction) =>
    this.call(CONSOLE_ROUTES.resumeSource, { params: { source }, request });
  channels = () => this.call(CONSOLE_ROUTES.channels);
  reprocessings = () => this.call(CONSOLE_ROUTES.reprocessings);
  reprocessSteps = () => this.call(CONSOLE_ROUTES.reprocessSteps);
  reprocessing = (id: string) => this.call(CONSOLE_ROUTES.reprocessing, { params: { id } });
  previewReprocess = (request: ReprocessPreviewRequest) => this.call(CONSOLE_ROUTES.previewReprocess, { request });
  startReprocess = (request: StartReprocessRequest) => this.call(CONSOLE_ROUTES.startReprocess, { request });
  stopReprocess = (id: string, request: ConsoleAction) =>
    this.call(CONSOLE_ROUTES.stopReprocess, { params: { id }, request });
  listAudit = (request: ListAuditRequest = {}) => this.call(CONSOLE_ROUTES.listAudit, { request });
  listTokens = () => this.call(CONSOLE_ROUTES.listTokens);
  createToken = (request: CreateTokenRequest) => this.call(CONSOLE_ROUTES.createToken, { request });
  revokeToken = (id: string, request: ReasonedAction) =>
    this.call(CONSOLE_ROUTES.revokeToken, { params: { id }, request });
}

function fillPath(path: string, params: Record<string, string | number> = {}): string {
  return path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(String(params[name])));
}

async function readBody<T>(response: Response, read: () => Promise<T>): Promise<T> {
  return read().catch((cause: unknown) => {
    throw new CallFailed(0, 'unreadable-answer', `the answer of ${response.url} could not be read`, [], { cause });
  });
}

async function failureOf(response: Response): Promise<CallFailed> {
  const text = await readBody(response, () => response.text());
  try {
    const { code, message, faults } = validate(ErrorAnswer, JSON.parse(text));
    return new CallFailed(response.status, code, message, faults);
  } catch {
    return new CallFailed(response.status, 'unreadable-answer', text.slice(0, 200));
  }
}
