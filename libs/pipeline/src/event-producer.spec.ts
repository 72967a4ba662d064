import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventMessage, TopicPlace } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import { itemId, silent } from '../testing/fakes.js';
import { EventProducer } from './event-producer.js';
import { Metrics } from './metrics.js';
import type { OutgoingMessage } from './topic-writer.js';

const TOPIC = 'content.enriched.v1';

/** Each write waits until it is answered. */
class FakeBroker {
  readonly writes: { messages: OutgoingMessage[]; acknowledge: () => void; fail: (error: Error) => void }[] = [];
  opened = 0;
  closed = 0;
  private end = 0;

  open() {
    this.opened++;
    return {
      write: (messages: OutgoingMessage[]) =>
        new Promise<TopicPlace[]>((resolve, reject) => {
          const acknowledge = (): void => resolve(messages.map(({ topic }) => this.append(topic)));
          this.writes.push({ messages, acknowledge, fail: reject });
        }),
      close: () => Promise.resolve(void this.closed++),
    };
  }

  /** The nth write, once it is made. */
  async write(index: number): Promise<FakeBroker['writes'][number]> {
    while (this.writes.length <= index) await new Promise((resolve) => setImmediate(resolve));
    return this.writes[index]!;
  }

  private append(topic: string): TopicPlace {
    return { topic, partition: 0, offset: String(this.end++) };
  }
}

let broker: FakeBroker;
let producer: EventProducer;

beforeEach(() => {
  broker = new FakeBroker();
  producer = new EventProducer(broker, TOPIC, silent, new Metrics().messaging);
});

function event(number: number, bytes = 10): EventMessage {
  return { key: itemId(number), value: Buffer.alloc(bytes), headers: {} };
}

function keysOf({ messages }: FakeBroker['writes'][number]): unknown[] {
  return messages.map(({ key }) => key);
}

describe('EventProducer', () => {
  it('given a send under way, when more is asked for, then it goes together in the next, in order', async () => {
    const first = producer.sendAll([event(1)]);
    const send = await broker.write(0);
    const second = producer.sendAll([event(2)]);
    const third = producer.sendAll([event(3), event(4)]);
    expect(broker.writes).toHaveLength(1);

    send.acknowledge();
    const merged = await broker.write(1);
    merged.acknowledge();
    await Promise.all([first, second, third]);

    expect(keysOf(merged)).toEqual([2, 3, 4].map(itemId));
  });

  it('given events asked for apart that go together, then each is told its own place', async () => {
    const first = producer.sendAll([event(1)]);
    const [second, third] = [producer.sendAll([event(2), event(3)]), producer.sendAll([event(4)])];
    (await broker.write(0)).acknowledge();
    (await broker.write(1)).acknowledge();

    const offsets = (await Promise.all([first, second, third])).map((places) => places.map(({ offset }) => offset));
    expect(offsets).toEqual([['0'], ['1', '2'], ['3']]);
  });

  it('given a failed send, then everything waiting fails with it and nothing overtakes', async () => {
    const first = producer.sendAll([event(1)]);
    const send = await broker.write(0);
    const second = producer.sendAll([event(2)]);
    send.fail(new UnavailableError('kafka'));

    await expect(first).rejects.toBeInstanceOf(UnavailableError);
    await expect(second).rejects.toBeInstanceOf(UnavailableError);
    expect(broker.writes).toHaveLength(1);
    expect(producer.pending).toBe(0);
  });

  it('given a failed send, when asked again, then it goes by a new writer', async () => {
    const first = producer.sendAll([event(1)]);
    (await broker.write(0)).fail(new UnavailableError('kafka'));
    await expect(first).rejects.toThrow();
    const again = producer.sendAll([event(1)]);
    (await broker.write(1)).acknowledge();
    await again;

    expect([broker.opened, broker.closed]).toEqual([2, 1]);
  });

  it('given more bytes than a send may have, then they are split, and one large event goes alone', async () => {
    const sending = producer.sendAll([event(1, 700_000), event(2, 700_000), event(3, 1_900_000), event(4)]);
    for (const index of [0, 1, 2, 3]) (await broker.write(index)).acknowledge();
    await sending;

    expect(broker.writes.map(keysOf)).toEqual([1, 2, 3, 4].map((number) => [itemId(number)]));
  });

  it('given a close while a send is under way, then it is waited for', async () => {
    const sending = producer.sendAll([event(1)]);
    const send = await broker.write(0);
    const closing = producer.close();
    expect(broker.closed).toBe(0);
    send.acknowledge();
    await Promise.all([sending, closing]);
    expect(broker.closed).toBe(1);
  });
});
