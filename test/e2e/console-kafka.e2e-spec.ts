import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import {
  ContentEnriched,
  ContentIngested,
  ContentPublished,
  ContentSubmitted,
  type KafkaGroup,
  type KafkaMessage,
  TOPICS,
} from '@wireroom/contracts';
import { randomUUID } from 'node:crypto';
import { OPS_TOKEN, Wire, story } from './wire.js';

jest.setTimeout(240_000);

const SOON_MS = 60_000;
const ITEMS = 30;

let wire: Wire;
const contentIds: string[] = [];

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
  await wire.startService('console', { OPS_TOKEN });
  for (let n = 0; n < ITEMS; n++) contentIds.push((await wire.ingest.submit(story(`kafka-${n}`))).contentId);
  await wire.waitForPublished(contentIds);
  await wire.waitForQuiet();
});

afterAll(async () => {
  await wire?.stop();
});

async function groupOf(stage: string): Promise<KafkaGroup> {
  const { groups } = await wire.console.kafka();
  return groups.find((group) => group.stage === stage)!;
}

describe('the picture of Kafka', () => {
  it('has every topic as it is and as it is declared', async () => {
    const { brokers, topics, unknown } = await wire.console.kafka();
    expect(unknown).toEqual([]);
    expect(brokers).toHaveLength(1);
    expect(topics.map(({ topic }) => topic)).toEqual(TOPICS.map(({ topic }) => topic).sort());
    const enriched = topics.find(({ topic }) => topic === ContentEnriched.topic)!;
    expect(enriched).toMatchObject({
      isDeclared: true,
      heardBy: ['publishing'],
      saidBy: ['enrichment'],
      messages: ITEMS,
      isCompacted: false,
      drift: [],
    });
    expect(enriched.bytes).toBeGreaterThan(ITEMS * 500);
    expect(enriched.partitions).toHaveLength(6);
    const retention = enriched.settings.find(({ name }) => name === 'retention.ms');
    expect(retention).toMatchObject({ isOwn: true, declared: retention!.value });
  });

  it('tells of a topic that is not as declared', async () => {
    const admin = wire.kafka.admin();
    await admin.connect();
    const entry = (value: string) => ({
      validateOnly: false,
      resources: [{ type: 2, name: ContentSubmitted.topic, configEntries: [{ name: 'retention.ms', value }] }],
    });
    await admin.alterConfigs(entry('3600000'));
    await waitUntil(async () => (await topicDrift()).length > 0, SOON_MS);
    expect(await topicDrift()).toContain(`${ContentSubmitted.topic}: retention.ms is 3600000, declared is 1209600000`);
    await admin.disconnect();
  });

  it('measures lag as the brokers hold it, in messages and in seconds', async () => {
    await wire.enrichment.pause({ reason: 'let a lag grow' });
    await waitUntil(async () => (await groupOf('enrichment')).members.length === 0, SOON_MS);
    const before = Date.now();
    for (let n = 0; n < 5; n++) contentIds.push((await wire.ingest.submit(story(`lag-${n}`))).contentId);
    await waitUntil(async () => (await groupOf('enrichment')).lagMessages === 5, SOON_MS);
    const group = await groupOf('enrichment');
    const truth = await lagByHand(ContentIngested.topic, group.group);
    expect(group.partitions.map(({ partition, lagMessages }) => [partition, lagMessages])).toEqual(truth);
    expect(group.lagSeconds).toBeLessThanOrEqual((Date.now() - before) / 1000 + 0.5);
    expect(group.lagSeconds).toBeGreaterThan(0);
    const isInTrend = async () => (await groupOf('enrichment')).trend.some(({ messages }) => messages === 5);
    expect(await waitUntil(isInTrend, SOON_MS)).toBe(true);

    await wire.enrichment.resume();
    await waitUntil(async () => (await groupOf('enrichment')).state === 'Stable', SOON_MS);
    await waitUntil(async () => (await groupOf('enrichment')).lagMessages === 0, SOON_MS);
    const caughtUp = await groupOf('enrichment');
    expect(caughtUp).toMatchObject({ state: 'Stable', lagMessages: 0, lagSeconds: 0 });
    expect(caughtUp.members[0]!.assignment[0]!.partitions).toHaveLength(6);
  });
});

describe('messages', () => {
  it('are read newest first, a page at a time, each once', async () => {
    const seen: KafkaMessage[] = [];
    let cursor: string | undefined;
    do {
      const page = await wire.console.kafkaMessages(ContentPublished.topic, { limit: 7, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    const truth = (await wire.recordsOf(ContentPublished.topic)).map(
      ({ partition, offset }) => `${partition}/${offset}`,
    );
    expect(seen.map(({ partition, offset }) => `${partition}/${offset}`).sort()).toEqual(truth.sort());
    expect(seen.map(({ time }) => time)).toEqual(
      seen
        .map(({ time }) => time)
        .sort()
        .reverse(),
    );
  });

  it('are read from an offset, from a time and by key', async () => {
    const { items } = await wire.console.kafkaMessages(ContentPublished.topic, { limit: 200 });
    const some = items.find(({ partition, offset }) => partition === items[0]!.partition && offset === '1')!;
    const fromOffset = await wire.console.kafkaMessages(some.topic, { partition: some.partition, offset: '1' });
    expect(fromOffset).toMatchObject({ direction: 'forwards', items: expect.arrayContaining([some]) });
    expect(fromOffset.items[0]).toEqual(some);

    const middle = items[Math.floor(items.length / 2)]!;
    const fromTime = await wire.console.kafkaMessages(middle.topic, { time: middle.time, limit: 200 });
    expect(fromTime.items.every(({ time }) => time >= middle.time)).toBe(true);
    expect(fromTime.items).toContainEqual(middle);

    const ofKey = await wire.console.kafkaMessages(ContentPublished.topic, { key: contentIds[3] });
    expect(ofKey.items.map(({ key }) => key)).toEqual([contentIds[3]]);
  });

  it('are given whole one by one, and refused where there is none', async () => {
    const [message] = (await wire.console.kafkaMessages(ContentIngested.topic, { limit: 1 })).items;
    const whole = await wire.console.kafkaMessage(message!.topic, message!.partition, message!.offset);
    expect(whole).toMatchObject({ isCut: false, key: message!.key });
    expect(JSON.parse(Buffer.from(whole.valueBase64!, 'base64').toString())).toMatchObject({ contentId: message!.key });
    await expect(wire.console.kafkaMessage(message!.topic, 0, '999999')).rejects.toMatchObject({ status: 404 });
    await expect(wire.console.kafkaMessages('no-such-topic')).rejects.toMatchObject({ status: 404 });
    await expect(wire.console.kafkaMessages(message!.topic, { offset: '1' })).rejects.toMatchObject({ status: 400 });
    await expect(wire.console.kafkaMessages(message!.topic, { cursor: 'eA' })).rejects.toMatchObject({ status: 400 });
  });

  it('leave no consumer group behind', async () => {
    const known = /^(e2e-reader|wireroom-stream)-/;
    const { groups } = await wire.console.kafka();
    expect(groups.filter(({ stage, group }) => !stage && !known.test(group))).toEqual([]);
  });

  it('are shown as they come', async () => {
    const path = `/v1/ops/kafka/topics/${ContentPublished.topic}/tail`;
    const response = await fetch(`${wire.urlOf('console')}${path}`, {
      headers: { authorization: `Bearer ${OPS_TOKEN}` },
    });
    const { contentId } = await wire.ingest.submit(story('tailed'));
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array);
      if (text.includes(contentId)) break;
    }
    expect(text).toContain('event: message');
  });
});

describe('a group’s place', () => {
  it('is not moved under its consumers', async () => {
    expect(await wire.waitForQuiet()).toBe(true); // a commit follows its batch a moment later
    const request = {
      topic: ContentEnriched.topic,
      to: 'earliest' as const,
      reason: 'take all again',
      requestId: randomUUID(),
    };
    const group = 'wireroom-publishing';
    const dry = await wire.console.resetOffsets(group, { ...request, dryRun: true });
    expect(dry).toMatchObject({
      dryRun: true,
      again: ITEMS + 6,
      passedOver: 0,
      obstacle: expect.stringContaining('pause publishing first'),
    });
    await expect(wire.console.resetOffsets(group, request)).rejects.toMatchObject({
      status: 409,
      code: 'group-active',
    });
  });

  it('is moved while the stage is paused for it; what is taken again is dropped', async () => {
    const before = (await wire.publishing.status()).done;
    const releases = (await wire.recordsOf(ContentPublished.topic)).length;
    const request = {
      topic: ContentEnriched.topic,
      to: 'earliest' as const,
      pauseStage: true,
      reason: 'take all again',
      requestId: randomUUID(),
    };
    const done = await wire.console.resetOffsets('wireroom-publishing', request);
    expect(done).toMatchObject({ dryRun: false, again: ITEMS + 6, passedOver: 0 });
    await expect(wire.console.resetOffsets('wireroom-publishing', request)).resolves.toEqual(done);
    expect((await wire.publishing.status()).paused).toBeUndefined();
    await waitUntil(async () => (await groupOf('publishing')).members.length === 1, SOON_MS);
    await wire.waitForQuiet();
    expect((await wire.publishing.status()).done).toBe(before);
    expect(await wire.recordsOf(ContentPublished.topic)).toHaveLength(releases);
  });

  it('needs all that it is to be moved to', async () => {
    const half = (to: 'time' | 'offset' | 'latest') => ({
      topic: ContentEnriched.topic,
      to,
      reason: 'half a request',
      requestId: randomUUID(),
    });
    for (const to of ['time', 'offset'] as const) {
      await expect(wire.console.resetOffsets('wireroom-publishing', half(to))).rejects.toMatchObject({ status: 400 });
    }
    await expect(wire.console.resetOffsets('nobody', half('latest'))).rejects.toMatchObject({
      status: 404,
    });
  });
});

async function topicDrift(): Promise<string[]> {
  return (await wire.console.kafka()).topics.flatMap(({ drift }) => drift);
}

/** end - max(committed, log start), asked of the broker by another client. */
async function lagByHand(topic: string, groupId: string): Promise<[number, number][]> {
  const admin = wire.kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
  await admin.disconnect();
  return ends
    .map(({ partition, high, low }): [number, number] => {
      const done = Number(committed!.partitions.find((one) => one.partition === partition)!.offset);
      return [partition, Number(high) - Math.max(done, Number(low))];
    })
    .sort((a, b) => a[0] - b[0]);
}
