import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventMessage } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import type { Kafka, ProducerRecord } from 'kafkajs';
import { itemId, silent } from '../testing/fakes.js';
import { EventProducer } from './event-producer.js';
import { Metrics } from './metrics.js';

const TOPIC = 'content.enriched.v1';

/** A broker of two partitions; each send waits until it is answered. */
class FakeBroker {
  readonly sends: { record: ProducerRecord; acknowledge: () => void; fail: (error: Error) => void }[] = [];
  connected = 0;
  disconnected = 0;
  private readonly ends = new Map<number, number>();

  client(): Kafka {
    const admin = {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      fetchTopicMetadata: () =>
        Promise.resolve({ topics: [{ name: TOPIC, partitions: [{ partitionId: 1 }, { partitionId: 0 }] }] }),
    };
    const producer = {
      connect: () => Promise.resolve(void this.connected++),
      disconnect: () => Promise.resolve(void this.disconnected++),
      send: (record: ProducerRecord) =>
        new Promise((resolve, reject) => {
          const acknowledge = (): void => resolve(this.append(record));
          this.sends.push({ record, acknowledge, fail: reject });
        }),
    };
    return { admin: () => admin, producer: () => producer } as unknown as Kafka;
  }

  /** The nth send, once it is made. */
  async send(index: number): Promise<FakeBroker['sends'][number]> {
    while (this.sends.length <= index) await new Promise((resolve) => setImmediate(resolve));
    return this.sends[index]!;
  }

  private append({ messages }: ProducerRecord): { partition: number; baseOffset: string }[] {
    const counts = new Map<number, number>();
    for (const { partition } of messages) counts.set(partition!, (counts.get(partition!) ?? 0) + 1);
    return [...counts].map(([partition, count]) => {
      const base = this.ends.get(partition) ?? 0;
      this.ends.set(partition, base + count);
      return { partition, baseOffset: String(base) };
    });
  }
}

let broker: FakeBroker;
let producer: EventProducer;

beforeEach(() => {
  broker = new FakeBroker();
  producer = new EventProducer(broker.client(), TOPIC, silent, new Metrics().messaging);
});

function event(number: number, bytes = 10): EventMessage {
  return { key: itemId(number), value: Buffer.alloc(bytes), headers: {} };
}

function keysOf({ record }: FakeBroker['sends'][number]): unknown[] {
  return record.messages.map(({ key }) => key);
}

describe('EventProducer', () => {
  it('given a send under way, when more is asked for, then it goes together in the next, in order', async () => {
    const first = producer.sendAll([event(1)]);
    const send = await broker.send(0);
    const second = producer.sendAll([event(2)]);
    const third = producer.sendAll([event(3), event(4)]);
    expect(broker.sends).toHaveLength(1);

    send.acknowledge();
    const merged = await broker.send(1);
    merged.acknowledge();
    await Promise.all([first, second, third]);

    expect(keysOf(merged)).toEqual([2, 3, 4].map(itemId));
    expect(merged.record.acks).toBe(-1);
  });

  it('given events over several partitions, then each is told its place, and an item keeps its partition', async () => {
    const events = Array.from({ length: 20 }, (_, index) => event(index % 5));
    const sending = producer.sendAll(events);
    (await broker.send(0)).acknowledge();
    const places = await sending;

    const partitionsOfItem = [0, 1, 2, 3, 4].map(
      (item) => new Set(places.filter((_, index) => index % 5 === item).map(({ partition }) => partition)).size,
    );
    expect(partitionsOfItem).toEqual([1, 1, 1, 1, 1]);
    for (const partition of [0, 1]) {
      const offsets = places.filter((place) => place.partition === partition).map(({ offset }) => Number(offset));
      expect(offsets).toEqual(offsets.map((_, index) => index));
    }
  });

  it('given a failed send, then everything waiting fails with it and nothing overtakes', async () => {
    const first = producer.sendAll([event(1)]);
    const send = await broker.send(0);
    const second = producer.sendAll([event(2)]);
    send.fail(Object.assign(new Error('gone'), { name: 'KafkaJSConnectionError' }));

    await expect(first).rejects.toBeInstanceOf(UnavailableError);
    await expect(second).rejects.toBeInstanceOf(UnavailableError);
    expect(broker.sends).toHaveLength(1);
    expect(producer.pending).toBe(0);
  });

  it('given a failed send, when asked again, then it goes by a new client', async () => {
    const first = producer.sendAll([event(1)]);
    (await broker.send(0)).fail(Object.assign(new Error('gone'), { name: 'KafkaJSConnectionError' }));
    await expect(first).rejects.toThrow();
    const again = producer.sendAll([event(1)]);
    (await broker.send(1)).acknowledge();
    await again;

    expect([broker.connected, broker.disconnected]).toEqual([2, 1]);
  });

  it('given more bytes than a send may have, then they are split, and one large event goes alone', async () => {
    const sending = producer.sendAll([event(1, 700_000), event(2, 700_000), event(3, 1_900_000), event(4)]);
    for (const index of [0, 1, 2, 3]) (await broker.send(index)).acknowledge();
    await sending;

    expect(broker.sends.map(keysOf)).toEqual([1, 2, 3, 4].map((number) => [itemId(number)]));
  });

  it('given a close while a send is under way, then it is waited for', async () => {
    const sending = producer.sendAll([event(1)]);
    const send = await broker.send(0);
    const closing = producer.close();
    expect(broker.disconnected).toBe(0);
    send.acknowledge();
    await Promise.all([sending, closing]);
    expect(broker.disconnected).toBe(1);
  });
});
