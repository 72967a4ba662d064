import { ServiceProcess, pickPort, waitUntil } from '@wireroom/backends';
import type { ItemDocument } from '@wireroom/console-service/dist/books/item.schema.js';
import { createKafka, createLogger, provisionTopics } from '@wireroom/platform';
import { ConsoleClient, STAGES, TOPICS } from '@wireroom/contracts';
import { type Db, type Document, MongoClient } from 'mongodb';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onLocalServers } from '../local-servers.js';
import { figure, progress, tableOf } from '../report.js';
import { percentile } from '../statistics.js';
import { fillBooks } from './fill.js';
import { fillDeadLetters } from './letters.js';
import { madeUpRows, wordOf } from './rows.js';

const TOKEN = 'an-ops-token-of-the-bench';
const MAIN = fileURLToPath(new URL('../../../apps/console/dist/main.js', import.meta.url));
const WARM_UP = 5;
const LIMIT_MS = 300;

/** What one view took at the server, and how the database found it. */
export interface ViewFigures {
  view: string;
  p50Ms: number;
  p99Ms: number;
  bytes: number;
  /** Of one call, all its queries together. */
  keysExamined: number;
  documentsExamined: number;
  returned: number;
  /** Stages that no view may need with so many items: a read of a whole collection, a sort in memory. */
  slowPlans: string[];
}

export interface ConsoleReport {
  revisions: number;
  sources: number;
  calls: number;
  limitMs: number;
  views: ViewFigures[];
}

/** Fills a console's books on servers of its own and calls every view. */
export async function benchConsole({
  revisions,
  sources,
  calls,
}: Pick<ConsoleReport, 'revisions' | 'sources' | 'calls'>): Promise<ConsoleReport> {
  return onLocalServers(async ({ backends, dir, stopFirst }) => {
    await provision(backends.brokers);
    const port = await pickPort();
    const url = `http://127.0.0.1:${port}`;
    const servers = { KAFKA_BROKERS: backends.brokers.join(','), MONGODB_URI: backends.mongoUri };
    const mongo = new MongoClient(backends.mongoUri);
    stopFirst(() => mongo.close());
    const now = new Date();
    // Before the console looks: it would enter what it hears of in its books, and know nothing else of these items.
    progress('filling the dead letters');
    await fillDeadLetters(mongo, madeUpRows(revisions, sources, now));
    const service = serviceAt(url, port, servers, dir);
    stopFirst(() => service.stop());
    await service.start();
    await waitForBooks(url);
    const books = mongo.db('wireroom_console');
    progress(`filling the books with ${revisions.toLocaleString('en-GB')} revisions`);
    await fillBooks(books, madeUpRows(revisions, sources, now));
    const views: ViewFigures[] = [];
    for (const [view, path] of Object.entries(await viewsOf(books))) {
      const figures = await measure(mongo, view, `${url}${path}`, calls);
      views.push(figures);
      progress(`${view}: p50 ${figure(figures.p50Ms)} ms`);
    }
    return { revisions, sources, calls, limitMs: LIMIT_MS, views };
  });
}

/** Its first count, of nothing, empties the books that are filled next. */
async function waitForBooks(url: string): Promise<void> {
  const client = new ConsoleClient(url, { token: TOKEN });
  const isFollowing = async (): Promise<boolean> => (await client.overview()).now.books.state === 'following';
  if (!(await waitUntil(isFollowing, 60_000, 250))) throw new Error('the console does not follow the stages');
}

async function provision(brokers: string[]): Promise<void> {
  const admin = createKafka('bench', brokers, createLogger('bench', 'silent')).admin();
  await admin.connect();
  await provisionTopics(admin, TOPICS);
  await admin.disconnect();
}

function serviceAt(url: string, port: number, servers: NodeJS.ProcessEnv, dir: string): ServiceProcess {
  // No stage runs: what they would say of themselves is no part of what is measured.
  const nobody = 'http://127.0.0.1:9';
  return new ServiceProcess({
    name: 'console',
    script: MAIN,
    logFile: join(dir, 'console.log'),
    readyUrl: `${url}/health/ready`,
    env: {
      PATH: process.env['PATH'],
      ...servers,
      PORT: String(port),
      OPS_TOKEN: TOKEN,
      INGEST_URL: nobody,
      ENRICHMENT_URL: nobody,
      PUBLISHING_URL: nobody,
    },
  });
}

/** The views with what they may be narrowed by. */
async function viewsOf(books: Db): Promise<Record<string, string>> {
  const items = books.collection<ItemDocument>('items');
  const some = (await items.find({ outcome: 'published' }).sort({ at: -1 }).skip(1000).limit(1).next())!;
  const day = 24 * 60 * 60_000;
  const ago = (days: number): string => new Date(Date.now() - days * day).toISOString();
  const query = (path: string, parameters: Record<string, string>): string =>
    `/v1/ops/${path}?${new URLSearchParams(parameters).toString()}`;
  return {
    'overview, an hour': query('overview', { window: '1h' }),
    'overview, a day': query('overview', { window: '24h' }),
    'overview, a week': query('overview', { window: '7d' }),
    'ledger, a day': query('ledger', {}),
    'ledger, thirty days': query('ledger', { from: ago(30) }),
    'ledger, thirty days of a source': query('ledger', { from: ago(30), source: 'desk-0' }),
    'ledger, odd minutes': query('ledger', { from: ago(29.973), to: ago(0.519) }),
    quality: query('quality', {}),
    failures: query('failures', {}),
    'failures, open': query('failures', { state: 'open' }),
    'dead letters, waiting': query('dead-letters', { state: 'waiting' }),
    'dead letters, by code': query('dead-letters', { code: 'event-too-large' }),
    'dead letters, of a source': query('dead-letters', { source: 'desk-24' }),
    'dead letters, by stage, code and source': query('dead-letters', {
      stage: 'enrichment',
      code: 'undecodable',
      source: 'desk-24',
      state: 'open',
    }),
    'items, newest': query('items', {}),
    'items, of a source': query('items', { source: 'desk-24' }),
    'items, dead letters': query('items', { outcome: 'dead-lettered' }),
    'items, dead letters of a source': query('items', { outcome: 'dead-lettered', source: 'desk-24' }),
    'items, by code': query('items', { code: 'event-too-large' }),
    'items, by source and code': query('items', { code: 'event-too-large', source: 'desk-24' }),
    'items, three weeks ago': query('items', { to: ago(21) }),
    'items, by stage': query('items', { outcome: 'skipped', stage: 'publishing' }),
    'search, content id': query('items', { q: some.contentId }),
    'search, address': query('items', { q: some.url! }),
    'search, trace': query('items', { q: some.traceId! }),
    'search, own id': query('items', { q: some.externalId! }),
    'search, a frequent word': query('items', { q: wordOf(0) }),
    'search, a rare word': query('items', { q: wordOf(3900) }),
    'search, two words': query('items', { q: `${wordOf(2)} ${wordOf(3500)}` }),
    'search, a word of a source': query('items', { q: wordOf(40), source: 'desk-24' }),
    audit: query('audit', {}),
    alarms: query('alarms', {}),
  };
}

async function measure(mongo: MongoClient, view: string, address: string, calls: number): Promise<ViewFigures> {
  for (let call = 0; call < WARM_UP; call++) await timed(address);
  const answers = [];
  for (let call = 0; call < calls; call++) answers.push(await timed(address));
  const times = answers.map(({ milliseconds }) => milliseconds);
  const queries = await queriesOf(mongo, () => timed(address));
  const sum = (field: string): number => queries.reduce((total, query) => total + Number(query[field] ?? 0), 0);
  return {
    view,
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    bytes: answers[0]!.bytes,
    keysExamined: sum('keysExamined'),
    documentsExamined: sum('docsExamined'),
    returned: sum('nreturned'),
    slowPlans: queries.flatMap(slowPlansOf),
  };
}

async function timed(address: string): Promise<{ milliseconds: number; bytes: number }> {
  const began = performance.now();
  const response = await fetch(address, { headers: { authorization: `Bearer ${TOKEN}` } });
  const { byteLength } = await response.arrayBuffer();
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return { milliseconds: performance.now() - began, bytes: byteLength };
}

/** What the databases did for one call, as their profilers saw it: the plans that were run, not ones that were asked for. */
async function queriesOf(mongo: MongoClient, call: () => Promise<unknown>): Promise<Document[]> {
  const databases = ['console', ...STAGES].map((name) => mongo.db(`wireroom_${name}`));
  const since = new Date();
  for (const database of databases) await database.command({ profile: 2 });
  try {
    await call();
  } finally {
    for (const database of databases) await database.command({ profile: 0 });
  }
  const read = {
    ts: { $gte: since },
    ns: /\.(items|ledger_tallies|flow_tallies|quality_tallies|audit|alarms|dead_letters)$/,
    appName: 'wireroom_console',
    op: { $in: ['query', 'command', 'getmore'] },
  };
  const profiles = databases.map((database) => database.collection('system.profile').find(read).toArray());
  return (await Promise.all(profiles)).flat();
}

function slowPlansOf(query: Document): string[] {
  const namespace = String(query['ns']).split('.').at(-1);
  const plan = String(query['planSummary'] ?? '');
  return [
    ...(plan.includes('COLLSCAN') ? [`${namespace}: reads the whole collection`] : []),
    ...(query['hasSortStage'] === true ? [`${namespace}: sorts in memory`] : []),
  ];
}

export function printConsole({ revisions, sources, calls, limitMs, views }: ConsoleReport): string {
  const rows = views.map(({ view, p50Ms, p99Ms, bytes, keysExamined, documentsExamined, returned, slowPlans }) => [
    view,
    figure(p50Ms),
    figure(p99Ms),
    figure(bytes / 1000),
    figure(keysExamined),
    figure(documentsExamined),
    figure(returned),
    slowPlans.length > 0 ? slowPlans.join('; ') : p99Ms > limitMs ? `over ${limitMs} ms` : 'ok',
  ]);
  const head = ['view', 'p50 ms', 'p99 ms', 'kB', 'keys read', 'documents read', 'returned', ''];
  const counts = [revisions, sources].map((one) => one.toLocaleString('en-GB'));
  const title = `${counts[0]} revisions of ${counts[1]} sources, ${calls} calls of each view`;
  return [title, '', tableOf(head, rows)].join('\n');
}
