import type { NowAnswer, SessionAnswer, SourceSpec } from '@wireroom/contracts';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { channels } from './fixtures/channels.js';
import { deadLetter, deadLetters, failures, redrive, redriveItems, redrives } from './fixtures/failures.js';
import { item, itemPage, originalFrame, originalText, revision } from './fixtures/items.js';
import { kafka, message, messages } from './fixtures/kafka.js';
import { ledger, ledgerCheck, quality } from './fixtures/ledger.js';
import { now, overview } from './fixtures/overview.js';
import { audit, session, tokens } from './fixtures/people.js';
import { fetches, reprocessPreview, reprocessings, source, sources, steps, testedSource } from './fixtures/sources.js';

const PAGE = resolve(import.meta.dirname, '../../apps/console/web/dist');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The service's own, written out again: a looser one there must not loosen what the page is held to here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Answer = object | { status: number; body: object };
/** `body` is absent where something is read. */
type Handler = (parts: string[], query: URLSearchParams, body?: unknown) => Answer;

/**
 * The built page over fixtures: it tests what the page does with answers, and nothing of what gives them. Its answers
 * can be replaced, so that a test can have the empty, the failing and the quiet day.
 */
export class FixtureConsole {
  role: SessionAnswer['role'] | undefined = 'operator';
  now: NowAnswer = now;
  /** What was sent to it and is no reading. */
  readonly changes: { path: string; body: unknown; csrf: string | undefined }[] = [];
  private readonly replaced = new Map<string, Answer>();
  private readonly streams = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FixtureConsole> {
    const server = createServer();
    const fixture = new FixtureConsole(server);
    server.on('request', (request, response) => void fixture.answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return fixture;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers a path otherwise from now on. */
  replace(path: string, answer: Answer): void {
    this.replaced.set(path, answer);
  }

  reset(): void {
    this.replaced.clear();
    this.changes.length = 0;
    this.role = 'operator';
    this.now = now;
  }

  async stop(): Promise<void> {
    for (const stream of this.streams) stream.destroy();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    if (!url.pathname.startsWith('/v1/')) return this.serveFile(url.pathname, response);
    let body: unknown;
    if (request.method !== 'GET') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as unknown;
      this.changes.push({ path: url.pathname, body, csrf: request.headers['x-csrf-token'] as string | undefined });
    }
    if (url.pathname.endsWith('/original/frame')) {
      const policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
      response.writeHead(200, { 'content-type': TYPES['.html'], 'content-security-policy': policy });
      response.end(originalFrame);
      return;
    }
    if (url.pathname === '/v1/ops/live' || url.pathname.endsWith('/tail')) return this.stream(url.pathname, response);
    const answer = this.replaced.get(url.pathname) ?? this.answerOf(url, body);
    const isFault = 'status' in answer && 'body' in answer;
    response.writeHead(isFault ? answer.status : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isFault ? answer.body : answer));
  }

  private answerOf(url: URL, body: unknown): Answer {
    for (const [pattern, handler] of Object.entries(this.handlers)) {
      const match = new RegExp(`^${pattern}$`).exec(url.pathname);
      if (match) return handler(match.slice(1).map(decodeURIComponent), url.searchParams, body);
    }
    return fault(404, 'not-found', `nothing at ${url.pathname}`);
  }

  private readonly handlers: Record<string, Handler> = {
    '/v1/session': () => (this.role === undefined ? fault(401, 'signed-out', 'sign in first') : session(this.role)),
    '/v1/session/options': () => ({}),
    '/v1/ops/overview': (_parts, query) => ({ ...overview, now: this.now, window: query.get('window') ?? '1h' }),
    '/v1/ops/ledger': () => ledger,
    '/v1/ops/ledger/check': () => ledgerCheck,
    '/v1/ops/quality': () => quality,
    '/v1/ops/items': () => itemPage,
    '/v1/ops/items/([^/]+)': ([id]) => item(id!),
    '/v1/ops/items/([^/]+)/revisions/(\\d+)': ([id, number]) => revision(id!, Number(number)),
    '/v1/ops/items/([^/]+)/revisions/(\\d+)/original/text': () => originalText,
    '/v1/ops/failures': () => failures,
    '/v1/ops/dead-letters': () => deadLetters,
    '/v1/ops/dead-letters/(?:replay|discard)': () => ({ requestId: '', dryRun: false, affected: 1, ids: [] }),
    '/v1/ops/dead-letters/([^/]+)/check': () => ({ readable: true, faults: [] }),
    '/v1/ops/dead-letters/([^/]+)/([^/]+)': ([stage, id]) => deadLetter(stage!, id!),
    '/v1/ops/dead-letters/([^/]+)/([^/]+)/edit-and-replay': ([, id]) => ({ requestId: '', id: id!, edit: 2 }),
    '/v1/ops/redrives': (_parts, _query, body) => (body === undefined ? { items: redrives } : redrive),
    '/v1/ops/redrives/preview': () => ({
      count: 512,
      parts: [{ stage: 'enrichment', code: 'page-too-large', source: 'saltmouth-gazette', count: 512 }],
    }),
    '/v1/ops/redrives/([^/]+)': () => redrive,
    '/v1/ops/redrives/([^/]+)/items': () => redriveItems,
    '/v1/ops/kafka': () => kafka,
    '/v1/ops/kafka/topics/([^/]+)/messages': () => ({ items: messages, direction: 'backwards', looked: 26 }),
    '/v1/ops/kafka/topics/([^/]+)/messages/(\\d+)/(\\d+)': () => message(3),
    '/v1/ops/kafka/groups/([^/]+)/offsets': () => ({
      requestId: '',
      dryRun: true,
      group: 'enrichment',
      topic: 'content.ingested.v1',
      partitions: [{ partition: 0, from: '24096', to: '0', again: 24_096, passedOver: 0 }],
      again: 24_096,
      passedOver: 0,
    }),
    '/v1/ops/sources': (_parts, _query, spec) => (spec === undefined ? sources : source((spec as SourceSpec).name)),
    '/v1/ops/sources/test': () => testedSource,
    '/v1/ops/sources/([^/]+)/remove': ([name]) => ({ name: name! }),
    '/v1/ops/sources/([^/]+)': ([name]) => source(name!),
    '/v1/ops/sources/([^/]+)/fetches': () => fetches,
    '/v1/ops/channels': () => channels,
    '/v1/ops/reprocess': () => reprocessings,
    '/v1/ops/reprocess/steps': () => steps,
    '/v1/ops/reprocess/preview': () => reprocessPreview,
    '/v1/ops/audit': () => audit,
    '/v1/ops/tokens': () => tokens,
  };

  private stream(path: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.streams.add(response);
    const say = (): void => {
      const [event, data] = path.endsWith('/tail')
        ? ['message', message(Math.floor(Math.random() * 9000))]
        : ['now', { ...this.now, at: new Date().toISOString() }];
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    say();
    const timer = setInterval(say, 1000);
    response.on('close', () => {
      clearInterval(timer);
      this.streams.delete(response);
    });
  }

  private async serveFile(path: string, response: ServerResponse): Promise<void> {
    const file = join(PAGE, normalize(path));
    const content =
      file.startsWith(PAGE) && extname(file) !== '' ? await readFile(file).catch(() => undefined) : undefined;
    response.setHeader('content-security-policy', POLICY);
    response.setHeader(
      'content-type',
      TYPES[content === undefined ? '.html' : extname(file)] ?? 'application/octet-stream',
    );
    response.end(content ?? (await readFile(join(PAGE, 'index.html'))));
  }
}

function fault(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}
