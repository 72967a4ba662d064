import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import {
  type AlarmsAnswer,
  CONSOLE_ROUTES,
  ConsoleClient,
  ContentIngested,
  ContentPublished,
  type ContentSubmittedData,
  type CreatedToken,
  type LedgerAnswer,
  OVERVIEW_WINDOWS,
  type RevisionAnswer,
  type Role,
  type Route,
  type SourceSpec,
  STAGES,
  type StageName,
  type SubmitAnswer,
} from '@wireroom/contracts';
import { type OutboxBatch, type StageDocument, withBatches } from '@wireroom/pipeline';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { contributionsOf } from '../../apps/console/src/books/contributions.js';
import type { ItemDocument } from '../../apps/console/src/books/item.schema.js';
import { ConsolePage, callConsole } from './console-page.js';
import { openStream } from './open-stream.js';
import { queriesDuring } from './queries.js';
import { Wire, story } from './wire.js';

jest.setTimeout(300_000);

const OPS_TOKEN = 'an-ops-token-of-this-test';
const ONE_TIME_TOKEN = 'one-time-token-of-this-test-32-characters';
const ENV = { OPS_TOKEN, CONSOLE_ONE_TIME_TOKEN: ONE_TIME_TOKEN, CONSOLE_OVERDUE_SECONDS: '5' };
const SOON_MS = 90_000;
const READ_BY_VIEWS = [
  ...['items', 'ledger_tallies', 'flow_tallies', 'quality_tallies'].map((name) => `wireroom_console.${name}`),
  ...['audit', 'alarms', 'api_tokens', 'redrives'].map((name) => `wireroom_console.${name}`),
  ...STAGES.map((stage) => `wireroom_${stage}.dead_letters`),
  'wireroom_ingest.raw_items',
  'wireroom_enrichment.enriched_items',
  'wireroom_publishing.publications',
];
const ROUTES = Object.entries<Route>(CONSOLE_ROUTES);

let wire: Wire;
let url: string;
let console_: ConsoleClient;
let admin: ConsolePage;

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
  await wire.startService('console', ENV);
  url = wire.urlOf('console');
  console_ = new ConsoleClient(url, { token: OPS_TOKEN, deadlineMs: 30_000 });
});

afterAll(async () => {
  await wire?.stop();
});

/** Revisions that publishing's own collection says were released. */
async function releasedRevisions(): Promise<number> {
  const database = await wire.database('publishing');
  const publications = await database.collection<StageDocument>('publications').find({ outcome: 'done' }).toArray();
  const told = await withBatches(publications, database.collection<OutboxBatch>('outbox_batches') as never);
  return new Set(told.filter(({ said }) => said).map(({ contentId, revision }) => `${contentId}/${revision}`)).size;
}

async function giveOut(role: Role): Promise<CreatedToken> {
  return console_.createToken({ name: `e2e ${role}`, role, requestId: randomUUID() });
}

describe('the door of the console', () => {
  it('is opened once by the one-time token, with a cookie that scripts and other sites can’t use', async () => {
    const first = await callConsole(url, CONSOLE_ROUTES.signIn, { request: { token: ONE_TIME_TOKEN } });
    expect(first.status).toBe(201);
    expect(first.headers.getSetCookie()[0]).toMatch(/^wireroom_session=\S+; Path=\/; .*HttpOnly; SameSite=Strict$/);
    const second = await callConsole(url, CONSOLE_ROUTES.signIn, { request: { token: ONE_TIME_TOKEN } });
    expect(second).toMatchObject({ status: 401, body: { code: 'unauthorised' } });
    admin = await ConsolePage.signIn(url, OPS_TOKEN);
    await expect(admin.call(CONSOLE_ROUTES.session)).resolves.toMatchObject({ status: 200, body: { role: 'admin' } });
  });

  it.each(ROUTES.filter(([, { role }]) => role !== 'anyone'))('does not let a stranger to %s', async (_name, route) => {
    for (const authorization of ['', 'Bearer nobody', 'Bearer no.body', `Bearer ${ONE_TIME_TOKEN}`]) {
      const answer = await callConsole(url, route, { headers: authorization === '' ? {} : { authorization } });
      expect({ authorization, status: answer.status }).toEqual({ authorization, status: 401 });
    }
  });

  it('lets a viewer see and not act', async () => {
    const viewer = await ConsolePage.signIn(url, (await giveOut('viewer')).token);
    const before = await console_.listAudit({ limit: 200 });
    for (const [name, route] of ROUTES.filter(([, { role }]) => role === 'operator' || role === 'admin')) {
      const answer = await viewer.call(route, { request: { requestId: randomUUID(), reason: 'to see whether I may' } });
      expect({ name, status: answer.status, code: answer.body['code'] }).toEqual({
        name,
        status: 403,
        code: 'role-needed',
      });
    }
    await expect(viewer.call(CONSOLE_ROUTES.overview)).resolves.toMatchObject({ status: 200 });
    expect((await console_.listAudit({ limit: 200 })).entries).toHaveLength(before.entries.length);
  });

  it('takes no change that another site could have sent', async () => {
    const request = { name: 'forged', role: 'admin', requestId: randomUUID() };
    const forge = (headers: Record<string, string>) => admin.call(CONSOLE_ROUTES.createToken, { request, headers });
    await expect(forge({ 'x-csrf-token': '' })).resolves.toMatchObject({ status: 403, body: { code: 'csrf' } });
    await expect(forge({ 'x-csrf-token': 'x'.repeat(43) })).resolves.toMatchObject({ status: 403 });
    await expect(forge({ origin: 'https://evil.example' })).resolves.toMatchObject({ body: { code: 'cross-site' } });
    await expect(forge({ 'sec-fetch-site': 'cross-site' })).resolves.toMatchObject({ status: 403 });
    await expect(forge({ 'content-type': 'text/plain' })).resolves.toMatchObject({ status: 415 });
    const names = (await console_.listTokens()).tokens.map(({ name }) => name);
    expect(names).not.toContain('forged');
  });

  it('closes for a token that is taken back, and for the sessions it opened', async () => {
    const { id, token } = await giveOut('operator');
    const page = await ConsolePage.signIn(url, token);
    await expect(page.call(CONSOLE_ROUTES.session)).resolves.toMatchObject({ status: 200 });
    await console_.revokeToken(id, { requestId: randomUUID(), reason: 'left the desk' });
    await expect(page.call(CONSOLE_ROUTES.session)).resolves.toMatchObject({ status: 401 });
    await expect(new ConsoleClient(url, { token }).overview()).rejects.toMatchObject({ status: 401 });
  });

  it('does what is asked once, and writes who asked, why and what came of it', async () => {
    const { id } = await giveOut('viewer');
    const request = { requestId: randomUUID(), reason: 'given to the wrong desk' };
    const first = await console_.revokeToken(id, request);
    await expect(console_.revokeToken(id, request)).resolves.toEqual(first);
    await expect(console_.revokeToken(id, { ...request, reason: 'another' })).rejects.toMatchObject({
      status: 409,
      code: 'request-id-reused',
    });
    await expect(
      console_.revokeToken('no-such-token', { requestId: randomUUID(), reason: 'a slip' }),
    ).rejects.toMatchObject({ status: 404 });
    const { entries } = await console_.listAudit({ action: 'tokens.revoke', limit: 2 });
    expect(entries).toMatchObject([
      { target: 'no-such-token', result: 'failed', code: 'not-found', reason: 'a slip' },
      { id: request.requestId, actor: 'ops token', target: id, result: 'done', reason: 'given to the wrong desk' },
    ]);
    expect(JSON.stringify(await console_.listAudit({ limit: 200 }))).not.toContain(OPS_TOKEN);
  });

  it('ends a session when its page signs out', async () => {
    const page = await ConsolePage.signIn(url, OPS_TOKEN);
    await expect(page.call(CONSOLE_ROUTES.signOut)).resolves.toMatchObject({ body: { signedOut: true } });
    await expect(page.call(CONSOLE_ROUTES.session)).resolves.toMatchObject({ status: 401 });
  });
});

/** The ledger as it is once the books hold everything that has happened by now. */
async function settledLedger(source?: string): Promise<LedgerAnswer> {
  const now = Date.now();
  let ledger: LedgerAnswer | undefined;
  await waitUntil(async () => {
    ledger = await console_.ledger({ source }).catch(() => undefined);
    return ledger?.books.state === 'following' && Date.parse(ledger.books.completeUntil ?? '') > now;
  }, SOON_MS);
  return ledger!;
}

interface Truth {
  accepted: Set<string>;
  published: Set<string>;
  skipped: string[];
  dead: string[];
  refused: string[];
}

/** What the ledger must say, from the records on the topics and the stages' own collections. */
async function truth(): Promise<Truth> {
  const revisionsOn = async (topic: string): Promise<Set<string>> => {
    const values = (await wire.recordsOf(topic)).map(({ value }) => JSON.parse(value) as SubmitAnswer);
    return new Set(values.map(({ contentId, revision }) => `${contentId}/${revision}`));
  };
  const skippedAt = async (stage: StageName, collection: string): Promise<string[]> => {
    const rows = await (await wire.database(stage)).collection(collection).find({ outcome: 'skipped' }).toArray();
    return rows.map((row) => `${stage} ${String(row['code'])}`);
  };
  const deadAt = async (stage: StageName): Promise<string[]> => {
    const rows = await (await wire.database(stage)).collection('dead_letters').find({ state: 'open' }).toArray();
    return rows.map((row) => `${stage} ${String(row['code'])}`);
  };
  return {
    accepted: await revisionsOn(ContentIngested.topic),
    published: new Set((await wire.releases()).map(({ contentId, revision }) => `${contentId}/${revision}`)),
    skipped: [
      ...(await skippedAt('enrichment', 'enriched_items')),
      ...(await skippedAt('publishing', 'publications')),
    ].sort(),
    dead: [...(await deadAt('enrichment')), ...(await deadAt('publishing'))].sort(),
    refused: (await deadAt('ingest')).sort(),
  };
}

const listOf = (counts: LedgerAnswer['skipped']): string[] =>
  counts.flatMap(({ stage, code, count }) => Array.from({ length: count }, () => `${stage} ${code}`)).sort();

async function consoleDatabase(): Promise<Connection> {
  return wire.database('console');
}

describe('the ledger after a run with faults', () => {
  const unreadable: ContentSubmittedData[] = Array.from({ length: 4 }, (_, index) => ({
    source: 'north-desk',
    externalId: `unreadable-${index}`,
    contentType: 'text/html',
    bodyBase64: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200, index + 1)]).toString('base64'),
  }));

  beforeAll(async () => {
    for (let index = 0; index < 40; index++) {
      const source = index % 2 === 0 ? 'north-desk' : 'south-desk';
      await wire.ingest.submit(story(`ledger-${index}`, { source }));
      if (index % 10 === 0) await wire.publishRaw(Buffer.from(`{"broken ${index}`));
      if (index < unreadable.length) await wire.ingest.submit(unreadable[index]!);
      if (index === 10) await wire.services.get('enrichment')!.kill();
      if (index === 15) await wire.services.get('console')!.kill();
      if (index === 20) await wire.startService('enrichment');
      if (index === 25) await wire.services.get('publishing')!.kill();
    }
    await wire.startService('publishing');
    // A story that is killed stays dead: what comes after it is skipped.
    const killed = story('killed', { source: 'south-desk' });
    await wire.ingest.submit(killed);
    await wire.ingest.submit({ source: 'south-desk', externalId: 'killed', kind: 'retraction' });
    await wire.ingest.submit(
      story('killed', { source: 'south-desk', kind: 'update', body: `${killed.body}\n\nMore.` }),
    );
    await wire.startService('console', ENV);
    expect(await wire.waitForQuiet(120_000)).toBe(true);
  });

  it('adds up, and is what topics and collections say', async () => {
    // On a machine that is far too busy a change may come by the look at what is in flight, seconds later.
    await waitUntil(async () => (await settledLedger()).total.inFlight === 0, SOON_MS);
    const ledger = await settledLedger();
    const { accepted, published, skipped, dead, refused } = await truth();
    expect(accepted.size).toBe(40 + 4 + 3);
    expect(ledger.total).toEqual({
      accepted: accepted.size,
      published: published.size,
      skipped: skipped.length,
      deadLettered: dead.length,
      discarded: 0,
      inFlight: 0,
    });
    expect(listOf(ledger.skipped)).toEqual(skipped);
    expect(listOf(ledger.deadLettered)).toEqual(dead);
    expect(listOf(ledger.refused)).toEqual(refused);
    expect(refused).toHaveLength(4);
    expect(ledger.unaccepted).toBe(0);
    const { published: said, ...rest } = ledger.total;
    expect(rest.accepted).toBe(said + rest.skipped + rest.deadLettered + rest.discarded + rest.inFlight);
  });

  it('is the sum of its sources, and each source’s own', async () => {
    const ledger = await settledLedger();
    expect(ledger.sources.map(({ source, accepted }) => [source, accepted])).toEqual([
      ['north-desk', 24],
      ['south-desk', 23],
    ]);
    for (const { lag: _lag, source, ...totals } of ledger.sources) {
      expect((await settledLedger(source)).total).toEqual(totals);
    }
  });

  it('agrees with the stages when they are counted again', async () => {
    await expect(console_.checkLedger()).resolves.toMatchObject({
      difference: 0,
      figures: [
        { figure: 'accepted', atStage: 47 },
        { figure: 'published', atStage: 42 },
      ],
    });
  });

  it('counts nothing twice or never: every sum is that of the rows', async () => {
    const database = await consoleDatabase();
    const rows = (await database.collection('items').find().toArray()) as unknown as ItemDocument[];
    const wanted = new Map<string, Record<string, number>>();
    for (const { book, id, counts } of rows.flatMap(contributionsOf)) {
      const sum = wanted.get(`${book} ${id}`) ?? {};
      for (const [field, by] of Object.entries(counts)) sum[field] = (sum[field] ?? 0) + by;
      wanted.set(`${book} ${id}`, sum);
    }
    const kept = new Map<string, Record<string, number>>();
    for (const book of ['ledger', 'flow', 'quality']) {
      for (const { _id, ...row } of await database.collection<{ _id: string }>(`${book}_tallies`).find().toArray()) {
        kept.set(`${book} ${_id}`, countersOf(row));
      }
    }
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(wanted));
  });

  it('links each number to exactly its items', async () => {
    const ledger = await settledLedger();
    const { from, to } = ledger;
    for (const { stage, code, count } of [...ledger.deadLettered, ...ledger.skipped]) {
      const page = await console_.listItems({ from, to, stage: stage as StageName, code, limit: 200 });
      expect({ code, total: page.total, items: page.items.length }).toEqual({ code, total: count, items: count });
    }
    const published = await console_.listItems({ from, to, outcome: 'published', source: 'north-desk' });
    expect(published.total).toBe(ledger.sources.find(({ source }) => source === 'north-desk')!.published);
  });

  it('goes page by page through everything once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await console_.listItems({ limit: 7, cursor });
      seen.push(...page.items.map(({ contentId, revision }) => `${contentId}/${revision}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(47);
    expect(new Set(seen)).toEqual((await truth()).accepted);
  });

  it('moves what an operator discards', async () => {
    const before = await settledLedger('north-desk');
    const [letter] = (await wire.enrichment.listDeadLetters({ source: 'north-desk' })).items;
    await wire.enrichment.discardDeadLetters({ ids: [letter!.id], reason: 'no article was ever in it' });
    const after = await settledLedger('north-desk');
    expect(after.total).toEqual({
      ...before.total,
      deadLettered: before.total.deadLettered - 1,
      discarded: 1,
    });
  });
});

describe('the views', () => {
  it('are found by indexes, whatever they are narrowed by: none reads a whole collection', async () => {
    const { items } = await console_.listItems({ outcome: 'published', limit: 1 });
    const { contentId, title, traceId, externalId, source } = items[0]!;
    const period = { from: new Date(Date.now() - 20 * 24 * 60 * 60_000).toISOString(), to: new Date().toISOString() };
    const state = 'waiting' as const;
    const queries = await queriesDuring(wire, 'console', async () => {
      for (const window of OVERVIEW_WINDOWS) await console_.overview({ window });
      for (const narrowed of [{}, { source }]) {
        await console_.quality(narrowed);
        for (const more of [{}, period]) await console_.ledger({ ...narrowed, ...more });
        for (const more of [{}, { outcome: 'published' as const }, { code: 'empty' }, period]) {
          await console_.listItems({ ...narrowed, ...more });
        }
        for (const more of [{}, { state }, { code: 'empty' }, { state, code: 'empty' }, period]) {
          await console_.deadLetters({ ...narrowed, ...more });
          await console_.failures({ ...narrowed, ...more });
        }
      }
      for (const q of [contentId, title, traceId, externalId, 'https://harbour.example/a'])
        await console_.listItems({ q });
      await console_.listItems({ outcome: 'skipped', stage: 'enrichment' });
      await console_.deadLetters({ contentId });
      await console_.item(contentId);
      await console_.itemRevision(contentId, 1);
      for (const narrowed of [{}, { actor: 'ops token' }, { action: 'tokens.create' }])
        await console_.listAudit(narrowed);
      await console_.redrives();
      await console_.alarms();
      await console_.listTokens();
    });
    const read = new Set(queries.map(({ namespace }) => namespace));
    expect(READ_BY_VIEWS.filter((namespace) => !read.has(namespace))).toEqual([]);
    expect(queries.filter(({ plan }) => plan.includes('COLLSCAN'))).toEqual([]);
  });
});

/** Counters of a sum as the field paths by which they are counted. */
function countersOf(row: Record<string, unknown>): Record<string, number> {
  const counters = Object.entries(row).flatMap(([field, value]): [string, number][] => {
    if (typeof value === 'number') return [[field, value]];
    if (typeof value !== 'object' || value === null || value instanceof Date) return [];
    return Object.entries(value as Record<string, number>).map(([name, count]) => [`${field}.${name}`, count]);
  });
  return Object.fromEntries(counters.filter(([, count]) => count !== 0));
}

async function alarmIds(): Promise<string[]> {
  return (await console_.alarms()).alarms.filter(({ endedAt }) => endedAt === undefined).map(({ id }) => id);
}

async function waitForAlarm(id: string, lasts: boolean): Promise<AlarmsAnswer['alarms'][number] | undefined> {
  expect(await waitUntil(async () => (await alarmIds()).includes(id) === lasts, SOON_MS, 500)).toBe(true);
  return (await console_.alarms()).alarms.find((alarm) => alarm.id === id);
}

describe('what is under way', () => {
  it('is told by the stage that has to act, becomes overdue, and an alarm while the stage is away', async () => {
    await wire.services.get('enrichment')!.kill();
    for (let index = 0; index < 3; index++)
      await wire.ingest.submit(story(`waiting-${index}`, { source: 'west-desk' }));
    const waiting = await settledLedger('west-desk');
    expect(waiting.total).toMatchObject({ accepted: 3, inFlight: 3 });
    expect(waiting.inFlight).toEqual([{ stage: 'enrichment', code: 'waiting', count: 3 }]);

    const { now } = await console_.overview({ window: '15m' });
    expect(now.inFlight).toBe(3);
    expect(now.stages.map(({ instances }) => instances?.length)).toEqual([1, expect.any(Number), 1]);
    expect(now.oldest).toMatchObject({ source: 'west-desk', stage: 'enrichment' });
    await expect(waitForAlarm('stage-unreachable/enrichment', true)).resolves.toMatchObject({ severity: 'critical' });
    const gaps = (await console_.overview()).now.unavailable.map(({ figure }) => figure);
    expect(gaps).toContain('stages.enrichment.lag');

    // As if they had been accepted ten minutes ago.
    const raw = (await wire.database('ingest')).collection('raw_items');
    await raw.updateMany({ source: 'west-desk' }, { $set: { storedAt: new Date(Date.now() - 10 * 60_000) } });
    await expect(waitForAlarm('overdue', true)).resolves.toMatchObject({ severity: 'warning' });
    expect((await settledLedger('west-desk')).inFlight).toEqual([{ stage: 'enrichment', code: 'overdue', count: 3 }]);

    await wire.startService('enrichment');
    expect(await wire.waitForQuiet()).toBe(true);
    expect((await settledLedger('west-desk')).total).toMatchObject({ published: 3, inFlight: 0 });
    const ended = await waitForAlarm('stage-unreachable/enrichment', false);
    expect(ended!.endedAt).toBeDefined();
  });

  it('is missing where no stage has anything to do for it', async () => {
    const raw = (await wire.database('ingest')).collection<{ _id: string }>('raw_items');
    const [model] = await raw.find().limit(1).toArray();
    const contentId = randomUUID();
    // As after a broker that has lost an acknowledged message: ingest has said it and nobody will hear it.
    const lost = {
      ...model!,
      _id: `${contentId}/1/1`,
      contentId,
      storedAt: new Date(Date.now() - 10 * 60_000),
      eventId: randomUUID(),
    };
    await raw.insertOne({ ...lost, said: true, origin: undefined } as never, { ignoreUndefined: true });
    const alarm = await waitForAlarm('missing', true);
    expect(alarm).toMatchObject({ severity: 'critical', message: expect.stringContaining('1 revision is missing') });

    await raw.deleteOne({ _id: lost._id });
    await waitForAlarm('missing', false);
  });
});

describe('an item', () => {
  let contentId: string;

  beforeAll(async () => {
    const submission = story('journey', { source: 'east-desk', url: 'https://east-desk.example/ferry' });
    contentId = (await wire.ingest.submit(submission)).contentId;
    await wire.waitForPublished([contentId]);
    await settledLedger();
  });

  it('is told with the places its events have on their topics', async () => {
    const item = await console_.item(contentId);
    expect(item.steps.map(({ stage, outcome }) => [stage, outcome])).toEqual(STAGES.map((stage) => [stage, 'done']));
    expect(item.events.map(({ saidBy, hearer, heard }) => [saidBy, hearer, heard])).toEqual([
      ['ingest', 'enrichment', 'done'],
      ['enrichment', 'publishing', 'done'],
      ['publishing', undefined, undefined],
    ]);
    for (const { place, eventId } of item.events) {
      const records = await wire.recordsOf(place!.topic);
      const record = records.find(
        ({ partition, offset }) => partition === place!.partition && offset === place!.offset,
      );
      expect(record).toMatchObject({ key: contentId, headers: { ce_id: eventId } });
    }
  });

  it('is found by its id, address, own id, trace and words', async () => {
    const { traceId } = (await console_.item(contentId)).revisions[0]!;
    const asked = {
      'content-id': contentId.toUpperCase(),
      'trace-id': traceId!,
      address: 'https://east-desk.example/ferry',
      'words-or-id': 'FERRY journey saltmouth',
    };
    for (const [searchedAs, q] of Object.entries({ ...asked })) {
      const page = await console_.listItems({ q });
      expect({ searchedAs: page.searchedAs, found: page.items.map((item) => item.contentId) }).toEqual({
        searchedAs,
        found: [contentId],
      });
    }
    expect((await console_.listItems({ q: 'journey', source: 'east-desk' })).items).toHaveLength(1);
    expect((await console_.listItems({ q: 'zeppelin' })).items).toEqual([]);
  });

  it('says where its headline stands in the original', async () => {
    const { enriched } = await console_.itemRevision(contentId, 1);
    const { text } = await admin
      .call<{ text: string }>(CONSOLE_ROUTES.itemOriginalText, { params: { contentId, revision: '1' } })
      .then(({ body }) => body);
    const headline = enriched[0]!.provenance.find(({ field, chosen }) => field === '/article/title' && chosen)!;
    const [span] = headline.spans;
    expect(text.slice(span!.start, span!.end)).toBe(enriched[0]!.article!.title);
  });
});

describe('hostile content', () => {
  const script = '<script>parent.document.title = "taken"</script>';
  let contentId: string;

  beforeAll(async () => {
    const headline = `Ferry ${script} \u202egnihton\u202c ${'x'.repeat(10_000)}`;
    const body = `<html><head><title>${headline}</title></head><body><article><h1>${headline}</h1>
      <p>The ferry of Saltmouth came back to the harbour on Monday morning after four weeks in dock, its owners said.</p>
      <p>Sailings to the outer islands start again on Wednesday, and tickets bought before stay valid all year.</p>
      <img src="https://tracker.example/seen.gif" onerror="alert(1)">${script}</article></body></html>`;
    const submission = { source: 'hostile-desk', externalId: '"><svg/onload=1>', contentType: 'text/html', body };
    contentId = (await wire.ingest.submit(submission)).contentId;
    expect(await wire.waitForQuiet()).toBe(true);
    await settledLedger();
  });

  it('is framed without scripts, network or origin', async () => {
    const params = { contentId, revision: '1' };
    const frame = await admin.call(CONSOLE_ROUTES.itemOriginalFrame, { params });
    expect(frame.headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    );
    expect(frame.headers.get('x-content-type-options')).toBe('nosniff');
    const original = await admin.call(CONSOLE_ROUTES.itemOriginal, { params });
    expect(original.headers.get('content-type')).toBe('application/octet-stream');
    expect(original.headers.get('content-disposition')).toMatch(/^attachment; filename="?[0-9a-f-]+-1\.bin"?$/);
  });

  it('travels as text, in answers that no page takes for one', async () => {
    const answer = await admin.call<RevisionAnswer>(CONSOLE_ROUTES.itemRevision, {
      params: { contentId, revision: '1' },
    });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.body.item.externalId).toBe('"><svg/onload=1>');
    await expect(console_.listItems({ q: '"><svg/onload=1>' })).resolves.toMatchObject({ items: [{ contentId }] });
  });

  it.each([
    '/v1/ops/items?q[$gt]=',
    '/v1/ops/items?source[$ne]=x',
    '/v1/ops/items?outcome=$where',
    '/v1/ops/items?limit=1e9',
    '/v1/ops/items?cursor=eyIkd2hlcmUiOiIxIn0',
    '/v1/ops/items?from=yesterday',
    '/v1/ops/items?__proto__=1',
    '/v1/ops/items/..%2F..%2Fetc',
    '/v1/ops/items/%00',
    `/v1/ops/items/${randomUUID()}/revisions/1e3`,
    '/v1/ops/ledger?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z',
    '/v1/ops/ledger?source=x&source=y',
    '/v1/ops/audit?actor[$regex]=.*',
  ])('in an address (%s) is a 400 that names the field', async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${OPS_TOKEN}` } });
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({
      code: 'contract-violation',
      faults: expect.arrayContaining([{ field: expect.any(String), reason: expect.any(String) }]),
    });
  });
});

describe('the sources', () => {
  const folder: SourceSpec = {
    name: 'island-folder',
    kind: 'folder',
    address: '/nowhere-to-be-read',
    takenFiles: 'keep',
  };
  const feed: SourceSpec = { name: 'islander', kind: 'feed', address: 'https://islander.example/feed.xml' };
  const reasoned = () => ({ reason: 'for this test', requestId: randomUUID() });

  it('are declared, changed, paused and removed through the console, each in the audit', async () => {
    const declared = { ...feed, intervalSeconds: 3600, reason: 'the island desk asked', requestId: randomUUID() };
    const view = await console_.declareSource(declared);
    expect(view).toMatchObject({ spec: { ...feed, intervalSeconds: 3600 }, declaredBy: 'api' });
    await expect(console_.declareSource(declared)).resolves.toEqual(view);
    await expect(console_.declareSource({ ...feed, ...reasoned() })).rejects.toMatchObject({
      status: 409,
      code: 'source-exists',
    });
    await console_.declareSource({ ...feed, intervalSeconds: 7200, replace: true, ...reasoned() });
    await console_.pauseSource('islander', reasoned());
    const { items } = await console_.sources();
    expect(items).toMatchObject([{ spec: { name: 'islander', intervalSeconds: 7200 }, paused: true }]);
    await expect(console_.removeSource('islander', reasoned())).resolves.toEqual({ name: 'islander' });
    await expect(console_.source('islander')).rejects.toMatchObject({ status: 404 });

    const { entries } = await console_.listAudit({ limit: 5 });
    expect(entries.map(({ action, target, result, code }) => [action, target, result, code])).toEqual([
      ['source.remove', 'islander', 'done', undefined],
      ['source.pause', 'islander', 'done', undefined],
      ['source.declare', 'islander', 'done', undefined],
      ['source.declare', 'islander', 'failed', 'source-exists'],
      ['source.declare', 'islander', 'done', undefined],
    ]);
    expect(entries.at(-1)).toMatchObject({ id: declared.requestId, reason: 'the island desk asked' });
  });

  it('are refused as ingest refuses them, with the field named', async () => {
    const refused = { status: 400, faults: [{ field: 'address', reason: expect.any(String) }] };
    await expect(console_.testSource(folder)).rejects.toMatchObject(refused);
    await expect(console_.declareSource({ ...folder, ...reasoned() })).rejects.toMatchObject(refused);
    expect((await console_.sources()).total).toBe(0);
  });
});

describe('reprocessing', () => {
  it('is previewed through the console with a step that enrichment names, and stores nothing', async () => {
    const { steps } = await console_.reprocessSteps();
    expect(steps).toContainEqual({ name: 'topics', canBeTried: true });
    expect(steps).toContainEqual({ name: 'cluster', canBeTried: false });
    const filter = { source: 'north-desk' };
    const { items } = await console_.previewReprocess({ steps: ['topics'], filter, sample: 3 });
    expect(items).toHaveLength(3);
    expect(items.every(({ changes, failures }) => changes.length === 0 && failures.length === 0)).toBe(true);
    await expect(console_.previewReprocess({ steps: ['no-such-step'] })).rejects.toMatchObject({
      status: 400,
      faults: [{ field: 'steps', reason: expect.stringContaining('topics') }],
    });
    await expect(console_.reprocessings()).resolves.toEqual({ jobs: [] });
  });
});

describe('the channels', () => {
  it('are told of as publishing serves them and as the brokers know their readers', async () => {
    const kafka = wire.kafka.admin();
    await kafka.connect();
    const { topic } = ContentPublished;
    const places = await kafka.fetchTopicOffsets(topic);
    const partitions = places.map(({ partition, low }) => ({ partition, offset: low }));
    await kafka.setOffsets({ groupId: 'archive', topic, partitions });
    await kafka.disconnect();
    const said = (await wire.releases()).length;
    const stream = await openStream(wire.urlOf('publishing'), '0.0.0.0.0.0');
    await fetch(`${wire.urlOf('publishing')}/feeds/all.rss`).then((feed) => feed.text());
    await waitUntil(async () => {
      const readers = (await console_.channels()).publishing?.stream.readers;
      return readers?.[0]?.state === 'live' && readers[0].sent === stream.events.length;
    }, SOON_MS);

    const released = await releasedRevisions();
    await waitUntil(async () => (await console_.channels()).releasedLastHour === released, SOON_MS);
    const { publishing, topicReaders, releasedLastHour, unavailable } = await console_.channels();
    stream.close();
    expect(releasedLastHour).toBe(released);
    expect(unavailable).toEqual([]);
    expect(publishing!.stream).toMatchObject({ isOpen: true, readers: [{ address: '127.0.0.1', waitingBytes: 0 }] });
    const [newest] = (await wire.publishing.listArticles({ status: 'all', limit: 1 })).items;
    expect(publishing!.lastRelease).toMatchObject({ contentId: newest!.id, releasedAt: newest!.releasedAt });
    expect(publishing!.channels).toMatchObject([
      { name: 'articles', health: 'ok', failed: 0 },
      { name: 'rss', health: 'ok', asked: 1, failed: 0 },
      { name: 'atom', asked: 0 },
      { name: 'json', asked: 0 },
      { name: 'stream', health: 'ok', asked: 1 },
    ]);
    expect(topicReaders).toMatchObject([{ group: 'archive', state: 'Empty', members: 0, lagMessages: said }]);
    await waitUntil(async () => (await console_.channels()).publishing?.stream.readers.length === 0, SOON_MS);
  });
});

describe('the live stream', () => {
  it('tells how the wire is, again and again', async () => {
    const stop = new AbortController();
    const response = await fetch(`${url}/v1/ops/live`, {
      headers: { authorization: `Bearer ${OPS_TOKEN}` },
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(30_000)]),
    });
    let text = '';
    for await (const chunk of response.body!) {
      text += Buffer.from(chunk).toString();
      if (text.split('event: now\n').length > 3) break;
    }
    stop.abort();
    const moments = [...text.matchAll(/^data: (.*)$/gm)]
      .slice(0, 2)
      .map(([, data]) => JSON.parse(data!) as { at: string });
    expect(Date.parse(moments[1]!.at) - Date.parse(moments[0]!.at)).toBeGreaterThanOrEqual(1000);
  });
});

describe('the console’s absence', () => {
  it('costs nothing: what happened meanwhile is in the books when it is back, and no stage noticed', async () => {
    await wire.services.get('console')!.stop();
    for (let index = 0; index < 5; index++) await wire.ingest.submit(story(`absent-${index}`, { source: 'late-desk' }));
    expect(await wire.waitForQuiet()).toBe(true);
    await sleep(1000);
    await wire.startService('console', ENV);
    expect((await settledLedger('late-desk')).total).toMatchObject({ accepted: 5, published: 5 });
    expect(await wire.logs()).not.toMatch(/counting everything stored/);
    await expect(admin.call(CONSOLE_ROUTES.session)).resolves.toMatchObject({ status: 200 });
  });

  it('may be long enough for its books to be of another version: they are made anew', async () => {
    await wire.services.get('console')!.stop();
    const database = await consoleDatabase();
    await database.collection<{ _id: string }>('books_positions').updateOne({ _id: 'count' }, { $set: { version: 0 } });
    await database.collection('ledger_tallies').updateMany({}, { $inc: { count: 7 } });
    await wire.startService('console', ENV);
    await settledLedger();
    await expect(console_.checkLedger()).resolves.toMatchObject({ difference: 0 });
  });
});
