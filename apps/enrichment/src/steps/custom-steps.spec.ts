import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ArticleData, StepCallRequest } from '@wireroom/contracts';
import { enrichArticle } from '@wireroom/enrichment';
import { once } from 'node:events';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { stepsOf } from './chain-of.js';
import { EnrichmentSteps } from './enrichment-steps.js';
import type { HttpStepConfig } from './enrichment-config.js';
import { RemoteStep, type StepFailed } from './remote-step.js';
import { askRemoteSteps } from './remote-steps.js';

const EXAMPLES = resolve(import.meta.dirname, '../../../../docs/examples/custom-steps');
const EXAMPLE = join(EXAMPLES, 'wireroom.config.ts');
const URGENCY = join(EXAMPLES, 'urgency.ts');
const ARTICLE = { title: 'Flash: ferry is late', authors: [], paragraphs: [{ text: 'It waits.', role: 'paragraph' }] };
const article = ARTICLE as unknown as ArticleData;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steps-'));
});
afterEach(() => rm(folder, { recursive: true }));

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers each call as told; the last answer goes on. @returns its address and what it was asked */
async function serve(...answers: { status?: number; body?: unknown; afterMs?: number }[]) {
  const asked: StepCallRequest[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const {
        status = 200,
        body = { value: { label: 'calm' } },
        afterMs = 0,
      } = answers[asked.length] ?? answers.at(-1) ?? {};
      asked.push(JSON.parse(Buffer.concat(chunks).toString()) as StepCallRequest);
      setTimeout(() => response.writeHead(status).end(JSON.stringify(body)), afterMs).unref();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tone`, asked };
}

function step(url: string, changes: Partial<HttpStepConfig> = {}): RemoteStep {
  const defaults = {
    version: '1',
    deadlineMs: 1000,
    retries: 0,
    concurrency: 4,
    failuresToOpen: 3,
    restMs: 60_000,
    cached: 10,
  };
  return new RemoteStep({ name: 'tone', url, ...defaults, ...changes });
}

/** What is known of the article after the step was asked, and how the step ended. */
async function ask(remote: RemoteStep, body = 'It waits.') {
  const endings: (StepFailed | undefined)[] = [];
  const other = { ...article, paragraphs: [{ text: body, role: 'paragraph' }] } as ArticleData;
  const before = { enrichment: { language: { code: 'en', confidence: 1 }, custom: { urgency: {} } }, provenance: [] };
  const after = await askRemoteSteps([remote], other, undefined, before, (_step, _ms, failure) =>
    endings.push(failure),
  );
  return { ...after, ending: endings[0]?.code, detail: endings[0]?.detail };
}

describe('the example of the documentation', () => {
  it('switches a step off, adds one of its own and knows its server', async () => {
    const { chain } = await stepsOf(EXAMPLE);
    const { enrichment, provenance } = enrichArticle({ title: 'Flash: ferry is late', body: 'It waits.' }, {}, chain);
    expect(enrichment.summary).toBeUndefined();
    expect(enrichment.custom).toEqual({ urgency: { urgent: true } });
    expect(provenance.find(({ extractor }) => extractor === 'urgency')).toMatchObject({ value: 'Flash' });
    const { names } = await EnrichmentSteps.read(EXAMPLE, '/');
    expect(names).toEqual(expect.arrayContaining(['urgency', 'tone', 'cluster']));
    expect(names).not.toContain('summary');
  });
});

describe('a configuration', () => {
  it('means what the documentation says where it says nothing', async () => {
    const path = join(folder, 'config.json');
    await writeFile(path, JSON.stringify({ http: [{ name: 'tone', url: 'http://127.0.0.1:8099/tone' }] }));
    const { chain, http } = await stepsOf(path);
    expect(chain.map(({ name }) => name)).toContain('summary');
    expect(http).toMatchObject([
      { deadlineMs: 2000, retries: 1, concurrency: 8, failuresToOpen: 5, restMs: 10_000, cached: 1000 },
    ]);
  });
});

describe('a module', () => {
  it('is read as it stands, and no copy of it is kept', async () => {
    const path = join(folder, 'config.json');
    await copyFile(URGENCY, join(folder, 'urgency.ts'));
    await writeFile(path, JSON.stringify({ modules: [{ module: './urgency.ts' }] }));
    expect((await stepsOf(path)).own).toEqual(['urgency']);
    const copies = await readdir(join(tmpdir(), 'jiti')).catch(() => []);
    expect(copies.filter((name) => name.startsWith(basename(folder)))).toEqual([]);
  });
});

describe('a configuration at fault', () => {
  it.each([
    [{ off: ['tealeaves'] }, 'there is no step tealeaves'],
    [{ http: [{ name: 'tone', url: 'ftp://example.org' }] }, 'http[0].url'],
    [
      { http: [{ name: 'topics', url: 'http://127.0.0.1/' }] },
      "http[0].name: there are two steps named topics, one of them built in; off: ['topics'] makes room",
    ],
    [
      { modules: [{ module: URGENCY }, { module: URGENCY }] },
      'modules[1].module: there are two steps named urgency, the other in modules[0].module',
    ],
    [{ modules: [{ module: './missing.js' }] }, "modules[0].module: ./missing.js can't be loaded"],
    [{ entities: 'best' }, 'entities'],
    [
      {
        http: [
          { name: 'tone', url: 'http://127.0.0.1/' },
          { name: 'tone', url: 'http://127.0.0.1/' },
        ],
      },
      'http[1].name: there are two steps named tone, the other in http[0].name',
    ],
    [{ extra: 1 }, 'extra: there is no such setting; there are off, entities, modules, http'],
    [{ modules: [{ path: './x.js' }] }, 'modules[0].path: there is no such setting; there are module'],
    [
      { http: [{ name: 'tone', url: 'http://127.0.0.1/', retrys: 2 }] },
      'http[0].retrys: there is no such setting; there are name, url, version, deadlineMs',
    ],
  ])('is refused with its file and what is wrong: %j', async (config, reason) => {
    const path = join(folder, 'config.json');
    await writeFile(path, JSON.stringify(config));
    await expect(stepsOf(path)).rejects.toThrow(path);
    await expect(stepsOf(path)).rejects.toThrow(reason);
  });
});

describe('a configuration that is not there', () => {
  it('is missed by its name', async () => {
    await expect(stepsOf('/nowhere/wire.ts')).rejects.toThrow('/nowhere/wire.ts: there is no such file');
  });
});

describe('an HTTP step', () => {
  it('is asked with what was found so far, and its answer goes under its name', async () => {
    const { url, asked } = await serve({ body: { value: { label: 'calm' }, reason: 'few verbs' } });
    const { enrichment, provenance, ending } = await ask(step(url));
    expect(asked).toEqual([
      {
        step: 'tone',
        title: article.title,
        body: 'It waits.',
        enrichment: { language: { code: 'en', confidence: 1 } },
      },
    ]);
    expect(enrichment.custom).toEqual({ urgency: {}, tone: { label: 'calm' } });
    expect(enrichment.failedSteps).toBeUndefined();
    expect(provenance).toMatchObject([{ extractor: 'tone', rule: 'http-step', reason: 'few verbs' }]);
    expect(ending).toBeUndefined();
  });

  it('is asked once for the same article', async () => {
    const { url, asked } = await serve({});
    const remote = step(url);
    await ask(remote);
    await ask(remote);
    await ask(remote, 'It sails.');
    expect(asked).toHaveLength(2);
  });

  it('is tried again when it can not just now', async () => {
    const { url, asked } = await serve({ status: 503 }, {});
    expect((await ask(step(url, { retries: 1 }))).enrichment.custom).toHaveProperty('tone');
    expect(asked).toHaveLength(2);
  });

  it.each([
    [{ status: 500 }, 'unavailable', 'status 500'],
    [{ status: 400 }, 'refused', 'status 400'],
    [{ body: { label: 'calm' } }, 'bad-answer', 'value'],
    [{ body: { value: ['calm'] } }, 'bad-answer', 'value'],
    [{ afterMs: 2000 }, 'timeout', '200 ms'],
  ])('that answers %j costs the article that step only: %s, %s', async (answer, code, why) => {
    const { url } = await serve(answer);
    const { enrichment, ending, detail } = await ask(step(url, { deadlineMs: 200 }));
    expect(enrichment).toMatchObject({ language: { code: 'en' }, failedSteps: [{ step: 'tone', code }] });
    expect(ending).toBe(code);
    expect(detail).toContain(why);
  });

  it('that is not there says how the connection failed', async () => {
    // A port that browsers, and fetch, refuse to call.
    expect(await ask(step('http://127.0.0.1:1/tone'))).toMatchObject({ ending: 'unreachable', detail: 'bad port' });
    const { url } = await serve({});
    server?.closeAllConnections();
    server?.close();
    expect(await ask(step(url))).toMatchObject({ ending: 'unreachable', detail: 'ECONNREFUSED' });
  });

  it('that is down is left alone after some failures, and asked again after a rest', async () => {
    const { url, asked } = await serve({ status: 503 }, { status: 503 }, {});
    const remote = step(url, { failuresToOpen: 2, restMs: 300 });
    const endings = [];
    for (const body of ['One.', 'Two.', 'Three.']) endings.push((await ask(remote, body)).ending);
    expect(endings).toEqual(['unavailable', 'unavailable', 'circuit-open']);
    expect(remote.isResting).toBe(true);
    expect(asked).toHaveLength(2);
    await new Promise((rested) => setTimeout(rested, 350));
    expect((await ask(remote, 'Four.')).ending).toBeUndefined();
  });
});
