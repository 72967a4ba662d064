import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import type { SubmitAnswer } from '@wireroom/contracts';
import { CallFailed } from '@wireroom/contracts';
import { type TopicWriter, TopicWriters } from '@wireroom/pipeline';
import { UnavailableError } from '@wireroom/platform';
import kafkajs from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Wire, breachesOf, story } from './wire.js';

jest.setTimeout(240_000);

const RECOVERY_MS = 90_000;

let wire: Wire;
const accepted: SubmitAnswer[] = [];

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
});
afterAll(async () => {
  await wire.stop();
});

describe('a writer of topics', () => {
  const topic = 'written.by.two.v1';
  let writer: TopicWriter;

  beforeAll(async () => {
    const admin = wire.kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 7, replicationFactor: 1 }], waitForLeaders: true });
    await admin.disconnect();
  });
  beforeEach(() => {
    writer = new TopicWriters('e2e-writer', wire.backends.brokers).open();
  });
  afterEach(async () => {
    await writer.close();
  });

  it('puts messages into the partitions where another client puts their keys, and tells the places', async () => {
    const keys = ['Fährhafen', 'паром', '渡し船', ...Array.from({ length: 60 }, () => randomUUID())];
    const messages = keys.map((key) => ({ topic, key, value: Buffer.from('ours'), headers: [] }));
    const places = [...(await writer.write(messages.slice(0, 30))), ...(await writer.write(messages.slice(30)))];
    const other = wire.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await other.connect();
    await other.send({ topic, acks: -1, messages: keys.map((key) => ({ key, value: 'theirs' })) });
    await other.disconnect();

    const records = await wire.recordsOf(topic);
    expect(records).toHaveLength(2 * keys.length);
    expect(keys.map((key) => [...new Set(records.flatMap((one) => (one.key === key ? one.partition : [])))])).toEqual(
      places.map(({ partition }) => [partition]),
    );
    const ours = places.map((place) =>
      records.find(({ partition, offset }) => partition === place.partition && offset === place.offset),
    );
    expect(ours.map((record) => [record?.key, record?.value])).toEqual(keys.map((key) => [key, 'ours']));
  });

  it('tells a topic that is not there from a message that is too large', async () => {
    const message = { topic, key: 'ferry', value: Buffer.alloc(2_000_000), headers: [] };
    await expect(writer.write([{ ...message, topic: 'nobody.declared.v1' }])).rejects.toBeInstanceOf(UnavailableError);
    await expect(writer.write([message])).rejects.not.toBeInstanceOf(UnavailableError);
  });
});

describe('servers go away and come back', () => {
  it('a broker killed and restarted mid-run: what was accepted is published, once and in order', async () => {
    const load = handInWhile('broker', 20_000);
    await sleep(1500);
    await wire.backends.kafka!.kill();
    await sleep(6000);
    expect(await statusOf('/health/live')).toBe(200);
    await waitUntil(async () => (await statusOf('/health/ready')) === 503, 30_000);
    await wire.backends.kafka!.start();
    load.stop();
    accepted.push(...(await load.accepted));

    await expectAllPublished();
    await waitUntil(async () => (await statusOf('/health/ready')) === 200, 30_000);
  });

  it('mongod stopped and continued: 503 with Retry-After meanwhile, nothing of it is accepted, then it goes on', async () => {
    wire.backends.mongo!.pause();
    await sleep(500);
    const refused = story('while-mongo-sleeps');
    const response = await fetch(`${wire.urlOf('ingest')}/v1/content`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(refused),
      signal: AbortSignal.timeout(30_000),
    });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: 'unavailable' });
    await waitUntil(async () => (await statusOf('/health/ready')) === 503, 30_000);
    expect(await statusOf('/health/live')).toBe(200);
    wire.backends.mongo!.resume();
    await waitUntil(async () => (await statusOf('/health/ready')) === 200, 60_000);

    const raw = (await wire.database('ingest')).collection('raw_items');
    expect(await raw.countDocuments({ externalId: 'while-mongo-sleeps' })).toBe(0);
    accepted.push(await wire.ingest.submit(story('after-mongo-woke')));
    await expectAllPublished();
  });
});

describe('poison', () => {
  it('never blocks its partition: the dead letters are exactly the poison, everything else goes on', async () => {
    const good: string[] = [];
    const poison: Buffer[] = [];
    for (let index = 0; index < 120; index++) {
      if (index % 10 === 0) {
        const bytes = Buffer.concat([Buffer.from([0x00, 0xff, index]), Buffer.from('{"broken": ')]);
        poison.push(bytes);
        await wire.publishRaw(
          bytes,
          null,
          { 'x-number': String(index), 'x-bytes': Buffer.from([0xfe, index]) },
          index % 6,
        );
      } else {
        good.push(await wire.publish(story(`beside-poison-${index}`)));
      }
    }
    await expect(wire.waitForPublished(good)).resolves.toEqual([]);
    expect(await wire.waitForQuiet()).toBe(true);

    const { items, total } = await wire.ingest.listDeadLetters({ limit: 500 });
    expect(total).toBe(poison.length);
    const letters = await Promise.all(items.map(({ id }) => wire.ingest.showDeadLetter(id)));
    const kept = letters.map(({ valueBase64 }) => valueBase64).sort();
    expect(kept).toEqual(poison.map((bytes) => bytes.toString('base64')).sort());
    for (const letter of letters) {
      expect(letter).toMatchObject({
        code: 'contract-violation',
        place: { topic: 'content.submitted.v1' },
        attempts: 1,
      });
      expect(letter.headers.map(({ name }) => name).sort()).toEqual(['x-bytes', 'x-number']);
    }
    good.forEach((contentId) => accepted.push({ contentId, revision: 1, eventId: '', outcome: 'accepted' }));
  });

  it('a page that takes more memory or time than it may is a dead letter, and its neighbours are published', async () => {
    const glutton = await wire.ingest.submit(story('glutton', { contentType: 'text/html', body: gluttonous() }));
    for (let index = 0; index < 6; index++) accepted.push(await wire.ingest.submit(story(`beside-glutton-${index}`)));
    await expectAllPublished();

    await waitUntil(async () => (await wire.enrichment.listDeadLetters({})).total === 1, RECOVERY_MS);
    const [letter] = (await wire.enrichment.listDeadLetters({})).items;
    expect(letter).toMatchObject({ contentId: glutton.contentId, attempts: 1 });
    // On a busy machine its time is up first.
    expect(['out-of-memory', 'timeout']).toContain(letter!.code);
  });
});

describe('services come and go', () => {
  it('SIGTERM under load: every service exits 0 and loses nothing', async () => {
    const load = handInWhile('sigterm', 60_000);
    await sleep(1500);
    for (const stage of ['publishing', 'enrichment', 'ingest'] as const) {
      const exit = await wire.services.get(stage)!.stop();
      expect({ stage, exit }).toEqual({ stage, exit: { code: 0, signal: null } });
      expect(await wire.logs()).not.toMatch(/"level":"fatal"/);
      await wire.startService(stage);
    }
    load.stop();
    accepted.push(...(await load.accepted));
    await expectAllPublished();
  });

  it('a second instance joins and leaves, killed: nothing is lost, doubled or out of order', async () => {
    const load = handInWhile('second', 60_000);
    await wire.startService('enrichment', {}, 'enrichment-2');
    await wire.startService('publishing', {}, 'publishing-2');
    await sleep(3000);
    await wire.services.get('enrichment-2')!.stop();
    await wire.services.get('publishing-2')!.kill();
    load.stop();
    accepted.push(...(await load.accepted));
    await expectAllPublished();
  });

  it('nobody died who was not killed', () => {
    expect(wire.unexpectedExits).toEqual([]);
  });
});

/** Linked data of three million empty objects, which take twenty times their three bytes to hold and more to read. */
function gluttonous(): string {
  const data = `[${'{},'.repeat(3_000_000)}{}]`;
  return `<title>Ferry back in service</title><script type="application/ld+json">${data}</script><p>The ferry sails again.</p>`;
}

/** Everything accepted so far is published, once and in order, and nothing is left under way. */
async function expectAllPublished(): Promise<void> {
  const ids = accepted.map(({ contentId }) => contentId);
  await expect(wire.waitForPublished(ids, RECOVERY_MS)).resolves.toEqual([]);
  expect(await wire.waitForQuiet(RECOVERY_MS)).toBe(true);
  expect(breachesOf(accepted, await wire.releases())).toEqual([]);
}

/** Hands in stories, each in two revisions, until stopped; a door that is away is asked again. */
function handInWhile(prefix: string, mostMs: number): { stop: () => void; accepted: Promise<SubmitAnswer[]> } {
  let running = true;
  const work = async (): Promise<SubmitAnswer[]> => {
    const answers: SubmitAnswer[] = [];
    const end = Date.now() + mostMs;
    for (let index = 0; running && Date.now() < end; index++) {
      const first = story(`${prefix}-${index}`);
      const second = {
        ...first,
        kind: 'update' as const,
        body: `${first.body}\n\nThe owners confirmed it in the evening.`,
      };
      answers.push(await insist(first), await insist(second));
      await sleep(10);
    }
    return answers;
  };
  return { stop: () => (running = false), accepted: work() };
}

async function insist(submission: Parameters<Wire['ingest']['submit']>[0]): Promise<SubmitAnswer> {
  for (;;) {
    try {
      return await wire.ingest.submit(submission);
    } catch (error) {
      if (!(error instanceof CallFailed) || (error.status !== 0 && error.status !== 503)) throw error;
      await sleep(200);
    }
  }
}

async function statusOf(path: string): Promise<number> {
  const response = await fetch(`${wire.urlOf('enrichment')}${path}`, { signal: AbortSignal.timeout(20_000) });
  return response.status;
}
