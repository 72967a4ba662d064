import { beforeEach, describe, expect, it } from '@jest/globals';
import { ContentPublished, type ContentPublishedData } from '@wireroom/contracts';
import { ServiceEnv, createLogger } from '@wireroom/platform';
import type { EachMessagePayload, Kafka } from 'kafkajs';
import { type PlacedRelease, ReleaseHub } from './release-hub.js';
import { StreamPosition } from './stream-position.js';

const FERRY = 'e9ee5257-737b-527b-a9b9-ece1ad396770';
const ENDS = [100, 200];

let tell: (partition: number, offset: number, data?: Partial<ContentPublishedData>) => Promise<void>;
let hub: ReleaseHub;
let heard: PlacedRelease[];

/** A topic of two partitions that other programs have written to before. */
function kafkaThatHands(listen: (hear: (payload: EachMessagePayload) => Promise<void>) => void): Kafka {
  const nothing = (): Promise<void> => Promise.resolve();
  const offsets = ENDS.map((high, partition) => ({ partition, high: String(high), low: '0', offset: String(high) }));
  const admin = { connect: nothing, disconnect: nothing, fetchTopicOffsets: () => Promise.resolve(offsets) };
  const consumer = {
    connect: nothing,
    subscribe: nothing,
    disconnect: nothing,
    seek: () => undefined,
    run: ({ eachMessage }: { eachMessage: (payload: EachMessagePayload) => Promise<void> }) =>
      Promise.resolve(listen(eachMessage)),
  };
  return { admin: () => admin, consumer: () => consumer } as unknown as Kafka;
}

function release(data: Partial<ContentPublishedData>): Buffer {
  const value: ContentPublishedData = {
    contentId: FERRY,
    revision: 1,
    processingVersion: 1,
    kind: 'original',
    source: 'harbour-news',
    receivedAt: '2026-04-18T18:00:00.000Z',
    status: 'published',
    channels: ['all'],
    firstReleasedAt: '2026-04-18T18:00:01.000Z',
    releasedAt: '2026-04-18T18:00:01.000Z',
    ...data,
  };
  return Buffer.from(JSON.stringify(value));
}

beforeEach(async () => {
  heard = [];
  const listening = new Promise<void>((resolve) => {
    const kafka = kafkaThatHands((hear) => {
      tell = (partition, offset, data = {}) =>
        hear({
          topic: ContentPublished.topic,
          partition,
          message: {
            key: null,
            value: release(data),
            headers: {},
            timestamp: '0',
            attributes: 0,
            offset: String(offset),
          },
          heartbeat: () => Promise.resolve(),
          pause: () => () => undefined,
        });
      resolve();
    });
    hub = new ReleaseHub(kafka, createLogger('test', 'silent'), new ServiceEnv());
  });
  hub.onApplicationBootstrap();
  await listening;
  hub.subscribe((one) => heard.push(one));
});

const revisionsHeard = (): number[] => heard.map(({ data }) => data.revision);

describe('ReleaseHub', () => {
  it('given a release before the end it began at, then it is not heard', async () => {
    await tell(0, 99);
    await tell(0, 100);
    expect(heard.map(({ offset }) => offset)).toEqual([100]);
    expect(hub.now().toString()).toBe('101.200');
  });

  it('given a release said again by a stage that crashed, then it is heard once', async () => {
    await tell(0, 100, { revision: 1 });
    await tell(0, 101, { revision: 2 });
    await tell(0, 102, { revision: 2 });
    await tell(0, 103, { revision: 1 });
    expect(revisionsHeard()).toEqual([1, 2]);
    expect(hub.now().toString()).toBe('104.200');
  });

  it('given the same revision processed again on purpose, then it is heard', async () => {
    await tell(0, 100, { processingVersion: 1 });
    await tell(0, 101, { processingVersion: 2 });
    expect(heard).toHaveLength(2);
  });

  it('given a reader that comes back, then it is told what is ahead of it', async () => {
    await tell(0, 100, { revision: 1 });
    await tell(0, 101, { revision: 2 });
    const { releases, keptFrom } = hub.since(StreamPosition.of([101, 200]));
    expect(releases.map(({ offset }) => offset)).toEqual([101]);
    expect(keptFrom.toString()).toBe('100.200');
  });

  it('given a retraction, then nothing said of the item before is kept', async () => {
    await tell(0, 100, { revision: 1 });
    await tell(1, 200, { contentId: 'b2c1f0de-5a3e-5c1f-9d5b-0a1b2c3d4e5f' });
    await tell(0, 101, { revision: 2, kind: 'retraction', status: 'retracted' });
    const { releases } = hub.since(StreamPosition.of(ENDS));
    expect(releases.map(({ partition, offset }) => [partition, offset])).toEqual([
      [1, 200],
      [0, 101],
    ]);
  });
});
