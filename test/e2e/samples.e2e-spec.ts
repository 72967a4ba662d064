import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { type ArticleView, type StageName, type SubmitAnswer, contentIdOf, traceIdOf } from '@wireroom/contracts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openStream } from './open-stream.js';
import { Wire, story } from './wire.js';

jest.setTimeout(180_000);

const SAMPLES = resolve(import.meta.dirname, '../../samples');

interface Sample {
  name: string;
  door: 'http' | 'topic';
  file?: string;
  source?: string;
  externalId?: string;
  url?: string;
  contentType?: string;
  kind?: 'original' | 'update' | 'correction' | 'retraction';
  publishedAt?: string;
  metadata?: Record<string, string>;
  expect: {
    outcome: string;
    headline?: string;
    revision?: number;
    language?: string;
    code?: string;
    stage?: StageName;
  };
}

let wire: Wire;
let samples: Sample[];
const answers = new Map<string, SubmitAnswer>();
const text = new Map<string, Buffer>();

beforeAll(async () => {
  samples = JSON.parse(await readFile(join(SAMPLES, 'wire.json'), 'utf8')) as Sample[];
  wire = await Wire.start();
  await wire.startAll();
  for (const sample of samples) await handIn(sample);
  await wire.waitForQuiet();
});
afterAll(async () => {
  await wire.stop();
});

async function handIn(sample: Sample): Promise<void> {
  const { name, door, file, source, externalId, url, contentType, kind, publishedAt, metadata } = sample;
  const bytes = file === undefined ? undefined : await readFile(join(SAMPLES, file));
  if (bytes) text.set(name, bytes);
  if (door === 'topic') return wire.publishRaw(bytes!);
  const bodyBase64 = bytes?.toString('base64');
  const answer = await wire.ingest.submit({
    source: source!,
    externalId,
    url,
    contentType,
    kind,
    publishedAt,
    metadata,
    bodyBase64,
  });
  answers.set(name, answer);
}

describe('the sample wire', () => {
  it('is answered at the door as each sample expects', () => {
    for (const { name, door, expect: expected } of samples) {
      if (door === 'topic') continue;
      expect({ name, ...answers.get(name) }).toMatchObject({
        name,
        outcome: expected.outcome === 'duplicate' ? 'duplicate' : 'accepted',
        ...(expected.revision === undefined ? {} : { revision: expected.revision }),
      });
    }
  });

  it('is published with the headlines and languages expected', async () => {
    const wrong: string[] = [];
    for (const { name, expect: expected } of samples.filter(({ expect: { outcome } }) => outcome === 'published')) {
      const { contentId, revision } = answers.get(name)!;
      const { revisions } = await wire.publishing.listRevisions(contentId);
      const view = revisions.find((one) => one.revision === revision);
      const retracted = revisions.some(({ status }) => status === 'retracted');
      if (!view) wrong.push(`${name}: not published`);
      else if (retracted ? view.article !== undefined : view.article?.title !== expected.headline) {
        wrong.push(`${name}: ${view.article?.title} instead of ${expected.headline}`);
      }
      if (!retracted && expected.language && view?.enrichment?.language?.code !== expected.language) {
        wrong.push(`${name}: language ${view?.enrichment?.language?.code} instead of ${expected.language}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps the poison as dead letters with their original bytes', async () => {
    for (const { name, door, expect: expected } of samples.filter(
      ({ expect: { outcome } }) => outcome === 'dead-letter',
    )) {
      const { items } = await wire.clientOf(expected.stage!).listDeadLetters({ state: 'open', code: expected.code });
      const letters = await Promise.all(items.map(({ id }) => wire.clientOf(expected.stage!).showDeadLetter(id)));
      const own = letters.find(({ contentId, valueBase64 }) =>
        door === 'topic'
          ? valueBase64 === text.get(name)!.toString('base64')
          : contentId === answers.get(name)!.contentId,
      );
      expect({ name, code: own?.code }).toEqual({ name, code: expected.code });
      expect(Buffer.from(own!.valueBase64!, 'base64').length).toBe(own!.valueBytes);
    }
  });

  it('takes a retracted text out of everything that is served', async () => {
    const retraction = samples.find(({ expect: { outcome } }) => outcome === 'retracted')!;
    const claim = samples.find(
      ({ name, externalId, source }) =>
        name !== retraction.name && externalId === retraction.externalId && source === retraction.source,
    )!;
    const { contentId } = answers.get(retraction.name)!;
    const words = claim.expect.headline!;

    await expect(wire.publishing.getArticle(contentId)).rejects.toMatchObject({ status: 410, code: 'retracted' });
    const { revisions } = await wire.publishing.listRevisions(contentId);
    expect(revisions.map(({ status }) => status)).toEqual(['published', 'retracted']);
    const feeds = await Promise.all(['rss', 'atom', 'json'].map((format) => get(`/feeds/all.${format}`)));
    const stream = await openStream(wire.urlOf('publishing'), '0.0.0.0.0.0');
    await waitUntil(
      () => stream.events.some(({ event, data }) => event === 'retracted' && data.id === contentId),
      10_000,
    );
    stream.close();
    for (const served of [JSON.stringify(revisions), ...feeds, JSON.stringify(stream.events)])
      expect(served).not.toContain(words);
    expect(JSON.stringify(await wire.publishing.listArticles({ status: 'all', limit: 200 }))).not.toContain(words);

    const back = await wire.ingest.submit({
      ...story('back'),
      source: retraction.source!,
      externalId: retraction.externalId,
    });
    expect(back.outcome).toBe('accepted');
    await waitUntil(
      async () => (await wire.publishing.journey(contentId)).steps.some(({ code }) => code === 'retracted'),
      20_000,
    );
    await expect(wire.publishing.getArticle(contentId)).rejects.toMatchObject({ status: 410 });
  });

  it('shows a correction as one', async () => {
    const correction = samples.find(({ kind }) => kind === 'correction')!;
    const { contentId } = answers.get(correction.name)!;
    await expect(wire.publishing.getArticle(contentId)).resolves.toMatchObject({ kind: 'correction', corrects: 1 });
    expect(await get('/feeds/all.json')).toContain(`Correction: ${correction.expect.headline}`);
  });

  it('says of every chosen value where it came from', async () => {
    const sample = samples.find(({ name }) => name === 'html-tidal-array')!;
    const { contentId, revision } = answers.get(sample.name)!;
    const { provenance = [], article } = await wire.publishing.getArticle(contentId, { explain: 'true' });
    const original = Buffer.from(await wire.ingest.original(contentId, revision));
    expect(original.equals(text.get(sample.name)!)).toBe(true);
    expect(article!.paragraphs.length).toBeGreaterThan(3);
    const decoded = original.toString('utf8');
    for (const [index, paragraph] of article!.paragraphs.entries()) {
      const record = provenance.find(({ field, chosen }) => chosen && field === `/article/paragraphs/${index}`)!;
      expect(record).toMatchObject({ basis: 'original', extractor: expect.any(String), version: expect.any(String) });
      const shown = record.spans.map(({ start, end }) => decoded.slice(start, end)).join('');
      expect(shown).toContain(paragraph.text.split(/[\s&<]/)[0]);
    }
  });
});

describe('an item’s journey', () => {
  it('names time, topic, partition and offset at each stage, in one trace from the door on', async () => {
    const { contentId } = await wire.ingest.submit(story('traced'), {
      traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
    });
    await expect(wire.waitForPublished([contentId])).resolves.toEqual([]);
    const steps = (
      await Promise.all([wire.ingest, wire.enrichment, wire.publishing].map((client) => client.journey(contentId)))
    ).flatMap((one) => one.steps);
    expect(steps.map(({ stage }) => stage)).toEqual(['ingest', 'enrichment', 'publishing']);
    for (const step of steps) {
      expect(step.said).toEqual({
        topic: expect.any(String),
        partition: expect.any(Number),
        offset: expect.stringMatching(/^\d+$/),
      });
      expect(traceIdOf(step.traceparent)).toBe('ab'.repeat(16));
    }
    expect(steps[1]!.heard).toEqual(steps[0]!.said);
    expect(steps[2]!.heard).toEqual(steps[1]!.said);
    const published = (await wire.recordsOf('content.published.v1')).filter(({ key }) => key === contentId);
    expect(published.map(({ headers }) => traceIdOf(headers['traceparent']))).toEqual(['ab'.repeat(16)]);
    expect(published[0]).toMatchObject({ partition: steps[2]!.said!.partition, offset: steps[2]!.said!.offset });
  });
});

describe('the doors', () => {
  it('answer the same to the same Idempotency-Key, and refuse it for something else', async () => {
    const first = await wire.ingest.submit(story('keyed'), { idempotencyKey: 'key-1' });
    const update = { ...story('keyed'), body: `${story('keyed').body}\n\nMore was learnt in the evening.` };
    expect((await wire.ingest.submit(update)).revision).toBe(2);
    await expect(wire.ingest.submit(story('keyed'), { idempotencyKey: 'key-1' })).resolves.toEqual(first);
    await expect(wire.ingest.submit(update, { idempotencyKey: 'key-1' })).rejects.toMatchObject({ status: 409 });
  });

  it('take a message that lies where another lay before the topic was made anew', async () => {
    const [before, after] = [story('before-the-topic-was-lost'), story('after-it-was-made-anew')];
    const handInAt = (submission: typeof before): Promise<void> =>
      wire.publishRaw(Buffer.from(JSON.stringify(submission)), null, {}, 0);
    await handInAt(before);
    await expect(wire.waitForPublished([contentIdOf(before)])).resolves.toEqual([]);
    const raw = (await wire.database('ingest')).collection('raw_items');
    const { heard } = (await raw.findOne({ contentId: contentIdOf(before) }))!;
    const { topic, partition, offset } = heard as { topic: string; partition: number; offset: string };
    const origin = `${topic}/${partition}/${Number(offset) + 1}`;
    await raw.updateOne({ contentId: contentIdOf(before) }, { $set: { origin } });
    await handInAt(after);
    await expect(wire.waitForPublished([contentIdOf(after)])).resolves.toEqual([]);
  });

  it('take a batch of any size and answer line by line, in order', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) =>
      index === 700 ? '{"source":"e2e"}' : JSON.stringify(story(`batch-${index % 1400}`)),
    );
    const response = await fetch(`${wire.urlOf('ingest')}/v1/content/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    });
    const rows = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; status: number; result?: SubmitAnswer });
    expect(rows.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    expect(rows.filter(({ status }) => status !== 202).map(({ line, status }) => [line, status])).toEqual([[701, 400]]);
    expect(rows.filter(({ result }) => result?.outcome === 'duplicate').length).toBe(100);
    expect(await wire.waitForQuiet(150_000)).toBe(true);
  });

  it('take an original too large for a message, which travels by reference', async () => {
    const paragraph = 'The council of Saltmouth met on Tuesday and spoke at length about the budget for the harbour. ';
    const body = `<html><body><article><h1>A very long report</h1>${`<p>${paragraph.repeat(4)}</p>`.repeat(2000)}</article></body></html>`;
    const { contentId } = await wire.ingest.submit({
      source: 'e2e',
      externalId: 'large',
      contentType: 'text/html',
      body,
    });
    await expect(wire.waitForPublished([contentId])).resolves.toEqual([]);
    const [record] = (await wire.recordsOf('content.ingested.v1')).filter(({ key }) => key === contentId);
    expect(JSON.parse(record!.value)).toMatchObject({
      originalBytes: body.length,
      originalSha256: createHash('sha256').update(body).digest('hex'),
    });
    expect(record!.value.length).toBeLessThan(2000);
  });

  it('refuse what is too large or no text, naming why', async () => {
    const huge = { ...story('huge'), body: 'x'.repeat(11 * 1024 * 1024) };
    await expect(wire.ingest.submit(huge)).rejects.toMatchObject({ status: 413, code: 'too-large' });
    await expect(wire.ingest.submit({ ...story('image'), contentType: 'image/png' })).rejects.toMatchObject({
      status: 415,
    });
    const wrongType = await fetch(`${wire.urlOf('ingest')}/v1/content`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(wrongType.status).toBe(415);
  });
});

describe('readers', () => {
  it('page through everything once, newest first, by cursor', async () => {
    const seen: ArticleView[] = [];
    let cursor: string | undefined;
    do {
      const page = await wire.publishing.listArticles({ source: 'e2e', limit: 200, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(1390);
    expect(seen.map(({ releasedAt }) => releasedAt)).toEqual(
      seen
        .map(({ releasedAt }) => releasedAt)
        .sort()
        .reverse(),
    );
  });

  it('come back to the stream with Last-Event-ID and miss nothing, also over a restart of the service', async () => {
    const first = await openStream(wire.urlOf('publishing'));
    const one = await wire.ingest.submit(story('stream-1'));
    await waitUntil(() => first.events.some(({ data }) => data.id === one.contentId), 20_000);
    const { lastEventId } = first;
    first.close();

    const two = await wire.ingest.submit(story('stream-2'));
    await expect(wire.waitForPublished([two.contentId])).resolves.toEqual([]);
    await wire.services.get('publishing')!.stop();
    await wire.startService('publishing');
    const again = await openStream(wire.urlOf('publishing'), lastEventId);
    const three = await wire.ingest.submit(story('stream-3'));
    await waitUntil(() => again.events.some(({ data }) => data.id === three.contentId), 20_000);
    again.close();
    expect(again.events.flatMap(({ data }) => data.id ?? [])).toEqual([two.contentId, three.contentId]);
  });
});

describe('dead letters', () => {
  it('are parked when a replay fails as they did before, and discarded with a reason', async () => {
    const database = await wire.database('enrichment');
    const { contentId } = answers.get('poison-empty-page')!;
    const { items } = await wire.enrichment.listDeadLetters({ contentId });
    const [letter] = items;
    await expect(wire.enrichment.replayDeadLetters({ ids: [letter!.id] })).resolves.toEqual({
      affected: 1,
      ids: [letter!.id],
    });
    // The same bytes fail again: it is the same dead letter, and no replay of all open ones takes it again.
    await waitUntil(async () => (await wire.enrichment.showDeadLetter(letter!.id)).state === 'parked', 20_000);
    await expect(wire.enrichment.showDeadLetter(letter!.id)).resolves.toMatchObject({
      replays: 1,
      state: 'parked',
      code: 'empty',
    });
    await expect(wire.enrichment.replayDeadLetters({ filter: { contentId } })).resolves.toMatchObject({ affected: 0 });
    expect(await database.collection('dead_letters').countDocuments({ contentId })).toBe(1);

    await expect(
      wire.enrichment.discardDeadLetters({ ids: [letter!.id], reason: 'a test page' }),
    ).resolves.toMatchObject({ affected: 1 });
    await expect(wire.enrichment.replayDeadLetters({ ids: [letter!.id] })).resolves.toMatchObject({ affected: 0 });
  });
});

describe('what the services say of themselves', () => {
  it('holds no text of any article and no secret', async () => {
    const logs = await wire.logs();
    expect(logs).toContain('"msg":"listening"');
    for (const words of ['returned to the harbour', 'glad to have number', 'Port Calder pauses'])
      expect(logs).not.toContain(words);
  });

  it('counts every message in exactly one ending', async () => {
    const metrics = await (await fetch(`${wire.urlOf('enrichment')}/metrics`)).text();
    expect(metrics).toMatch(
      /wireroom_stage_messages_total\{stage="enrichment",outcome="dead-lettered",code="undecodable"\} \d/,
    );
    expect(metrics).toMatch(/wireroom_stage_in_flight\{stage="enrichment"\} 0/);
  });

  it('includes a page of its API and the document behind it', async () => {
    for (const stage of ['ingest', 'enrichment', 'publishing'] as const) {
      const page = await fetch(`${wire.urlOf(stage)}/docs`);
      expect(page.status).toBe(200);
      const document = (await (await fetch(`${wire.urlOf(stage)}/docs/openapi.json`)).json()) as { paths: object };
      expect(Object.keys(document.paths)).toContain('/v1/ops/status');
    }
  });
});

async function get(path: string): Promise<string> {
  return (await fetch(`${wire.urlOf('publishing')}${path}`)).text();
}

it('names the items of the sample wire by their source', () => {
  const { source, externalId } = samples[0]!;
  expect(answers.get(samples[0]!.name)!.contentId).toBe(contentIdOf({ source: source!, externalId }));
});
