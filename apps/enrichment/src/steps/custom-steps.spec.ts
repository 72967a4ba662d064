import { afterEach, describe, expect, it } from '@jest/globals';
import type { ArticleData, StepCallRequest } from '@wireroom/contracts';
import type { HttpStepConfig } from '@wireroom/enrichment/custom-steps';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { EnrichmentSteps } from './enrichment-steps.js';
import { RemoteStep, type StepFailed } from './remote-step.js';
import { askRemoteSteps } from './remote-steps.js';

const EXAMPLE = resolve(import.meta.dirname, '../../../../docs/examples/custom-steps/wireroom.config.ts');
const ARTICLE = { title: 'Flash: ferry is late', authors: [], paragraphs: [{ text: 'It waits.', role: 'paragraph' }] };
const article = ARTICLE as unknown as ArticleData;

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
    const { names, own, off } = await EnrichmentSteps.read(EXAMPLE, '/');
    expect(names).toEqual(expect.arrayContaining(['urgency', 'tone', 'cluster']));
    expect(own).toEqual(['urgency']);
    expect(off).toEqual(['summary']);
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
