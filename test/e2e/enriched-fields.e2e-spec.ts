import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import type { ListArticlesRequest, StepCallRequest } from '@wireroom/contracts';
import type { Connection } from 'mongoose';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wire, idOf } from './wire.js';

jest.setTimeout(300_000);

const BODIES = {
  ferry: [
    'The ferry company Northern Sound Lines said on Monday that its ships to Lisbon will sail again in April.',
    '“We have waited for this since autumn,” said Ada Quill, the director of Northern Sound Lines, in Lisbon.',
    'Tickets for the ferry can be bought from Wednesday, and passengers with old tickets need not pay again.',
  ],
  match: [
    'Le club de football de Lyon a gagné le match de samedi contre Nantes par trois buts à un devant son public.',
    'L’entraîneur a dit après la rencontre que son équipe avait mérité la victoire et que la saison était encore longue.',
    'Le championnat reprendra dimanche prochain avec un match à Marseille, où les joueurs voyageront dès vendredi.',
  ],
};
const submissions = Object.entries(BODIES).map(([externalId, paragraphs]) => ({
  source: 'e2e',
  externalId,
  contentType: 'text/plain',
  body: [`Report: ${externalId}`, ...paragraphs].join('\n\n'),
}));
/** A team's own step that breaks in whichever way a body asks for. */
const GAUGE = `export default {
  name: 'gauge',
  version: '1',
  run({ input: { body } }) {
    if (body.includes('[throw]')) throw new Error('the tide gauge is dry');
    if (body.includes('[bigint]')) return { fields: { custom: { gauge: { metres: 1n } } }, evidence: [] };
    if (body.includes('[topics]')) return { fields: { topics: [{ code: 5 }] }, evidence: [] };
    if (body.includes('[exit]')) process.exit(3);
    while (body.includes('[hang]'));
    return { fields: {}, evidence: [] };
  },
};`;
const RARE_CLUSTER = '0e8a1f5c-2b7d-5c43-9a61-4f0d3b6e7a10';
const [ferry, match] = submissions.map(idOf) as [string, string];

let wire: Wire;
let model: Server | undefined;
let port: number;
let folder: string;
let publishing: Connection;

beforeAll(async () => {
  port = await listen();
  await hangUp();
  wire = await Wire.start();
  folder = await mkdtemp(join(tmpdir(), 'wireroom-steps-'));
  const config = join(folder, 'config.json');
  const tone = { name: 'tone', url: `http://127.0.0.1:${port}/`, retries: 0, failuresToOpen: 1000 };
  await writeFile(join(folder, 'gauge.mjs'), GAUGE);
  await writeFile(config, JSON.stringify({ off: ['summary'], modules: [{ module: './gauge.mjs' }], http: [tone] }));
  await wire.startAll({ ENRICHMENT_CONFIG: config });
  for (const submission of submissions) await wire.publish(submission);
  await wire.waitForPublished([ferry, match]);
  publishing = await wire.database('publishing');
});
afterAll(async () => {
  await hangUp();
  await wire.stop();
  await rm(folder, { recursive: true });
});

describe('a step that is someone else’s server', () => {
  it('costs the item that step only while the server is down, and the item goes on marked', async () => {
    const { enrichment } = await wire.publishing.getArticle(ferry);
    expect(enrichment!.failedSteps).toEqual([{ step: 'tone', code: 'unreachable' }]);
    expect(enrichment!.language!.code).toBe('en');
    expect(enrichment!.summary).toBeUndefined();
    const metrics = await (await fetch(`${wire.urlOf('enrichment')}/metrics`)).text();
    expect(metrics).toContain('wireroom_step_failures_total{step="tone",code="unreachable"} 2');
    expect(metrics).toContain('wireroom_step_circuit_open{step="tone"} 0');
    expect(metrics).toMatch(/wireroom_step_seconds_count\{step="topics"\} 2/);
  });

  it('is made up for when it is back, for the items that lack it', async () => {
    await listen(port);
    const filter = { code: 'unreachable' };
    const { id } = await wire.enrichment.startReprocess({ steps: ['tone'], filter, rate: 100 });
    await waitUntil(async () => (await wire.enrichment.showReprocess(id)).state !== 'running', 60_000);
    expect(await wire.enrichment.showReprocess(id)).toMatchObject({ state: 'done', changed: 2, failed: 0 });
    await waitUntil(async () => (await wire.publishing.getArticle(match)).processingVersion === 2, 30_000);
    const { enrichment } = await wire.publishing.getArticle(ferry);
    expect(enrichment!.custom).toEqual({ tone: { words: wordsIn(BODIES.ferry.join(' ')) } });
    expect(enrichment!.failedSteps).toBeUndefined();
  });
});

describe('/v1/articles', () => {
  const idsOf = async (request: ListArticlesRequest): Promise<string[]> =>
    (await wire.publishing.listArticles(request)).items.map(({ id }) => id);

  it('is filtered by language, entity, place, topic and cluster, whatever the case', async () => {
    const { enrichment } = await wire.publishing.getArticle(match);
    const topic = enrichment!.topics![0]!;
    const place = enrichment!.places![0]!;
    expect(await idsOf({ language: 'FR' })).toEqual([match]);
    expect(await idsOf({ entity: 'ada quill' })).toEqual([ferry]);
    expect(await idsOf({ place: 'LISBON' })).toEqual([ferry]);
    expect(await idsOf({ place: 'pt' })).toEqual([ferry]);
    expect(await idsOf({ place: String(place.geonameId) })).toEqual([match]);
    expect(await idsOf({ topic: topic.code })).toContain(match);
    expect(await idsOf({ topic: topic.label.toUpperCase(), language: 'fr' })).toEqual([match]);
    expect(await idsOf({ cluster: enrichment!.cluster!.id })).toEqual([match]);
    expect(await idsOf({ entity: 'ada quill', place: 'lyon' })).toEqual([]);
  });

  it.each([
    [{ language: 'fr' }],
    [{ entity: 'Ada Quill' }],
    [{ place: 'Lisbon' }],
    [{ topic: 'rare topic' }],
    [{ cluster: RARE_CLUSTER }],
    [{ category: 'rare category' }],
  ])('reads no more than it answers with for %j, by an index', async (request) => {
    await fill();
    await publishing.db!.command({ profile: 2 });
    const found = await idsOf({ ...request, limit: 5 });
    await publishing.db!.command({ profile: 0 });
    const [profile] = await publishing
      .db!.collection('system.profile')
      .find({ ns: /\.publications$/, op: 'query' })
      .sort({ ts: -1 })
      .limit(1)
      .toArray();
    expect(found.length).toBeGreaterThan(0);
    expect(profile!['planSummary']).toMatch(/^IXSCAN/);
    expect(profile!['hasSortStage']).toBeUndefined();
    expect(profile!['docsExamined']).toBeLessThanOrEqual(6);
  });

  it('refuses what no article can have, and names the filter', async () => {
    for (const [request, field] of [
      [{ cluster: 'ferries' }, 'cluster'],
      [{ entity: ' ' }, 'entity'],
    ] as const) {
      await expect(wire.publishing.listArticles(request)).rejects.toMatchObject({ status: 400, faults: [{ field }] });
    }
  });

  it('carries topics into the feeds', async () => {
    const feed = await (await fetch(`${wire.urlOf('publishing')}/feeds/all.rss`)).text();
    const { enrichment } = await wire.publishing.getArticle(match);
    expect(feed).toMatch(
      new RegExp(`<category domain="[^"]*mediatopic[^"]*">${enrichment!.topics![0]!.label}</category>`),
    );
  });
});

describe('a step of the team’s own', () => {
  it.each([
    ['throw', 'step-failed'],
    ['bigint', 'step-failed'],
    ['topics', 'step-failed'],
    ['exit', 'worker-died'],
    ['hang', 'timeout'],
  ])('that does not do its part (%s) costs the item that step, and the item goes on marked', async (word, code) => {
    const body = [`Report: ${word}`, ...BODIES.ferry, `The harbour asks its tide gauge to [${word}] on Friday.`].join(
      '\n\n',
    );
    const id = await wire.publish({ source: 'e2e', externalId: word, contentType: 'text/plain', body });
    await wire.waitForPublished([id]);
    const { enrichment } = await wire.publishing.getArticle(id);
    expect(enrichment!.failedSteps).toContainEqual({ step: 'gauge', code });
    expect(enrichment!.custom).not.toHaveProperty('gauge');
    expect(enrichment!.entities!.map(({ name }) => name)).toContain('Ada Quill');
    expect(enrichment!.topics![0]!.code).toMatch(/^medtop:/);
  });
});

/** Thousands of releases that no filter of the tests takes, older than all others, and a few that some take. */
async function fill(): Promise<void> {
  const publications = publishing.collection('publications');
  if ((await publications.countDocuments()) > 1000) return;
  const template = (await publications.findOne({ contentId: ferry, current: true }))!;
  const copies = Array.from({ length: 3000 }, (_, at) => ({
    ...template,
    _id: `filler-${at}` as never,
    contentId: `filler-${at}`,
    eventId: `filler-${at}`,
    releasedAt: new Date(Date.UTC(2020, 0, 1) + at * 1000),
    saidPlace: { topic: 'filler', partition: 0, offset: 1_000_000 + at },
    facets: at < 3 ? ['topic:rare topic'] : ['topic:common topic'],
    article: { ...(template['article'] as object), categories: [at < 3 ? 'rare category' : 'common'] },
    enrichment: {
      language: { code: 'de', confidence: 1 },
      cluster: { id: at < 3 ? RARE_CLUSTER : `c-${at}`, kind: 'first' },
    },
  }));
  await publications.insertMany(copies);
}

function wordsIn(text: string): number {
  return text.match(/\p{L}+/gu)?.length ?? 0;
}

/** A model server that counts words. */
async function listen(at = 0): Promise<number> {
  model = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { body } = JSON.parse(Buffer.concat(chunks).toString()) as StepCallRequest;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ value: { words: wordsIn(body) } }));
    });
  }).listen(at, '127.0.0.1');
  await once(model, 'listening');
  return (model.address() as AddressInfo).port;
}

async function hangUp(): Promise<void> {
  if (!model?.listening) return;
  model.closeAllConnections();
  model.close();
  await once(model, 'close');
}
