import { ContentSubmitted } from '../events/content-submitted.v1.js';
import { ErrorAnswer } from '../http/answers.js';
import type { Route } from '../http/route.js';
import { INGEST_ROUTES } from '../http/routes.js';
import { type JsonSchema, refTo } from './json-schema.js';
import { samplesOf } from './samples.js';

export type Json = Record<string, unknown>;

/** The groups of the page, each with the paths that belong to it. */
export const TAGS = [
  { name: 'content', prefix: '/v1/content', description: 'Handing in content.' },
  { name: 'originals', prefix: '/v1/originals/', description: 'What was handed in, byte for byte.' },
  { name: 'articles', prefix: '/v1/articles', description: 'Reading what was published.' },
  { name: 'stream', prefix: '/v1/stream', description: 'Releases as they happen.' },
  { name: 'feeds', prefix: '/feeds/', description: 'The newest articles, for feed readers.' },
  { name: 'session', prefix: '/v1/session', description: 'Signing in to the console.' },
  { name: 'sources', prefix: '/v1/ops/sources', description: 'Where news is taken in from; for operators.' },
  { name: 'pushes', prefix: '/v1/websub/', description: 'Where WebSub hubs call.' },
  { name: 'operations', prefix: '/v1/ops/', description: 'For operators, by bearer token where one is set.' },
  { name: 'supervision', prefix: '/', description: 'For supervisors, load balancers and Prometheus.' },
];

const IDEMPOTENCY_KEY = headerParameter(
  'Idempotency-Key',
  'With the same content it is answered as the first time; with other content it is a 409.',
  { type: 'string', pattern: '^[!-~]{1,200}$' },
);
const TRACEPARENT = headerParameter('traceparent', 'W3C Trace Context; the trace goes on through every stage.', {
  type: 'string',
  pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$',
});
const LAST_EVENT_ID = headerParameter(
  'Last-Event-ID',
  'Id of the last release that arrived; the stream goes on after it.',
  { type: 'string' },
);

const HEADER_PARAMETERS: Record<string, Json[]> = {
  submit: [IDEMPOTENCY_KEY, TRACEPARENT],
  stream: [LAST_EVENT_ID],
};

const FAILURES: Record<number, string> = {
  400: 'Not what the contract says; `faults` names every bad field.',
  401: 'This route needs the operators’ bearer token, or a session of the console.',
  403: 'The caller’s role may not do this, or the request could come from another site.',
  404: 'There is no such thing here.',
  409: 'It contradicts what is there already; `message` says what.',
  410: 'The article was retracted.',
  413: 'Larger than this door takes.',
  415: 'A media type or encoding that this door doesn’t read.',
  429: 'Too many requests; try again after `Retry-After` seconds.',
  503: 'Storage is away and nothing was accepted; try again after `Retry-After` seconds.',
};
const WITH_RETRY_AFTER = new Set([429, 503]);

/** The routes that every service has beside its contracts. */
export const SUPERVISION: Record<string, Record<string, Json>> = {
  '/health/live': { get: healthCheck('live', 'Whether a restart would help: 503 if so') },
  '/health/ready': { get: healthCheck('ready', 'Whether everything the service needs is there: 503 if not') },
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Figures for Prometheus',
      tags: ['supervision'],
      responses: { 200: { description: 'The figures.', content: { 'text/plain': { schema: { type: 'string' } } } } },
    },
  },
};

/** The OpenAPI operation of a route; schemas are referred to as `#/$defs/<class>`. */
export function operation(name: string, route: Route, definitions: Record<string, JsonSchema>, security: Json[]): Json {
  const isGet = route.method === 'GET';
  const parameters = [
    ...pathParameters(route.path),
    ...(isGet && route.request ? queryParameters(definitions[route.request.name]!) : []),
    ...(HEADER_PARAMETERS[name] ?? []),
  ];
  return {
    operationId: name,
    summary: route.summary,
    tags: [tagOf(route.path)],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(isGet || !takesBody(route) ? {} : { requestBody: requestBody(route) }),
    responses: { [route.status]: success(route), ...failureRefs(route.errors) },
    ...(route.errors.includes(401) && route.role !== 'anyone' ? { security } : {}),
  };
}

/** The component responses of these error statuses, with the committed samples of each. */
export function failures(statuses: readonly number[]): Json {
  const retryAfter = { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } };
  return Object.fromEntries(
    [...new Set(statuses)].sort().map((status) => [
      failureName(status),
      {
        description: FAILURES[status],
        ...(WITH_RETRY_AFTER.has(status) ? { headers: { 'Retry-After': retryAfter } } : {}),
        content: { 'application/json': body(ErrorAnswer, String(status)) },
      },
    ]),
  );
}

function failureRefs(statuses: readonly number[]): Json {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${failureName(status)}` }]),
  );
}

function failureName(status: number): string {
  return `Failed${status}`;
}

function tagOf(path: string): string | undefined {
  return TAGS.find(({ prefix }) => path.startsWith(prefix))?.name;
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: pathParameterSchema(name!, path),
  }));
}

function pathParameterSchema(name: string, path: string): JsonSchema {
  if (name === 'revision') return { type: 'integer', minimum: 1 };
  const isItem = name === 'contentId' || path.startsWith('/v1/articles/');
  return isItem ? { type: 'string', format: 'uuid' } : { type: 'string' };
}

function queryParameters({ properties = {}, required = [] }: JsonSchema): Json[] {
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description === undefined ? {} : { description }),
    required: required.includes(name),
    schema,
  }));
}

function headerParameter(name: string, description: string, schema: JsonSchema): Json {
  return { name, in: 'header', description, required: false, schema };
}

function takesBody({ request, consumes }: Route): boolean {
  return request !== undefined || consumes !== undefined;
}

function requestBody(route: Route): Json {
  if (route === INGEST_ROUTES.submitBatch) {
    const lines = samplesOf(ContentSubmitted.type).map(({ value }) => `${JSON.stringify(value)}\n`);
    return {
      required: true,
      description: `One ${ContentSubmitted.data.name} a line.`,
      content: { [route.consumes!]: { schema: { type: 'string' }, example: lines.join('') } },
    };
  }
  if (!route.request) return { required: true, content: { [route.consumes!]: { schema: BYTES } } };
  return { required: true, content: { 'application/json': body(route.request) } };
}

/** A body that no contract describes. */
const BYTES: JsonSchema = { type: 'string', format: 'binary' };

function success(route: Route): Json {
  const description = `${route.summary}.`;
  if (route.produces === undefined) {
    return { description, content: { 'application/json': body(route.response!) } };
  }
  const isText = route.produces !== 'application/octet-stream';
  const each = route.response ? ` Each line is a ${route.response.name}.` : '';
  return {
    description: `${description}${each}`,
    content: { [route.produces]: { schema: isText ? { type: 'string' } : {} } },
  };
}

/** Schema of a JSON body with its committed samples; `prefix` narrows them by name. */
function body(contract: new () => object, prefix = ''): Json {
  const folder = contract === ContentSubmitted.data ? ContentSubmitted.type : `http/${contract.name}`;
  const samples = samplesOf(folder).filter(({ name }) => name.startsWith(prefix));
  const examples = Object.fromEntries(samples.map(({ name, value }) => [name, { value }]));
  return { schema: refTo(contract), ...(samples.length > 0 ? { examples } : {}) };
}

function healthCheck(name: string, summary: string): Json {
  const report = {
    type: 'object',
    properties: { ok: { type: 'boolean' }, reasons: { type: 'array', items: { type: 'string' } } },
    required: ['ok', 'reasons'],
  };
  const answer = (description: string): Json => ({ description, content: { 'application/json': { schema: report } } });
  return {
    operationId: name,
    summary,
    tags: ['supervision'],
    responses: { 200: answer('Yes.'), 503: answer('No, and why.') },
  };
}
