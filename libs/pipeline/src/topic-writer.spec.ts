import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AuthenticationError,
  type ClusterMetadata,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  type ProduceResult,
  type SendOptions,
  TimeoutError,
  UserError,
} from '@platformatic/kafka';
import { UnavailableError } from '@wireroom/platform';
import kafkajs from 'kafkajs';
import { type OutgoingMessage, TopicWriter } from './topic-writer.js';

const TOPIC = 'content.enriched.v1';
const PARTITIONS = 7;

type Sent = SendOptions<Buffer, Buffer, Buffer, Buffer>['messages'];

/** Brokers whose topics have seven partitions, each with ten messages in it. Fails with `failure` where there is one. */
class FakeClient {
  readonly sent: Sent[] = [];
  failure: Error | undefined;
  private readonly ends = new Map<string, bigint>();

  metadata({ topics = [] }: { topics?: string[] }): Promise<ClusterMetadata> {
    const partitions = Array.from({ length: PARTITIONS }, () => ({ leader: 1 }));
    return Promise.resolve({ topics: new Map(topics.map((topic) => [topic, { partitions }])) } as never);
  }

  send({ messages }: { messages: Sent }): Promise<ProduceResult> {
    if (this.failure) return Promise.reject(this.failure);
    this.sent.push(messages);
    const offsets = new Map<string, { topic: string; partition: number; offset: bigint }>();
    for (const { topic, partition = 0 } of messages) {
      const name = `${topic}/${partition}`;
      const end = this.ends.get(name) ?? 10n;
      this.ends.set(name, end + 1n);
      if (!offsets.has(name)) offsets.set(name, { topic, partition, offset: end });
    }
    return Promise.resolve({ offsets: [...offsets.values()] });
  }

  close(): Promise<void> {
    return new Promise(() => undefined);
  }
}

let client: FakeClient;
let writer: TopicWriter;

beforeEach(() => {
  client = new FakeClient();
  writer = new TopicWriter(client);
});

function message(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { topic: TOPIC, key: 'ferry', value: Buffer.from('{}'), headers: [], ...changes };
}

describe('TopicWriter', () => {
  it('puts each key where the default partitioner of kafkajs puts it', async () => {
    const keys = [
      '',
      'ferry',
      'Fährhafen',
      'паром',
      '渡し船',
      '⛴️',
      ...Array.from({ length: 500 }, (_, n) => `${n}-id`),
    ];
    await writer.write(keys.map((key) => message({ key })));

    const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({ partitionId, leader: 1 }));
    const partitionOf = kafkajs.Partitioners.DefaultPartitioner();
    const expected = keys.map((key) =>
      partitionOf({ topic: TOPIC, partitionMetadata: partitionMetadata as never, message: { key, value: null } }),
    );
    expect(client.sent[0]!.map(({ partition }) => partition)).toEqual(expected);
    expect(new Set(expected).size).toBe(PARTITIONS);
  });

  it('keeps to the partition it is given', async () => {
    await writer.write([0, 3, 6].map((partition) => message({ partition })));
    expect(client.sent[0]!.map(({ partition }) => partition)).toEqual([0, 3, 6]);
  });

  it('tells each message its place, whichever topics and partitions the others are for', async () => {
    const places = await writer.write([
      message({ partition: 1 }),
      message({ partition: 2 }),
      message({ topic: 'another.topic.v1', partition: 1 }),
      message({ partition: 1 }),
    ]);
    expect(places).toEqual([
      { topic: TOPIC, partition: 1, offset: '10' },
      { topic: TOPIC, partition: 2, offset: '10' },
      { topic: 'another.topic.v1', partition: 1, offset: '10' },
      { topic: TOPIC, partition: 1, offset: '11' },
    ]);
  });

  it('hands on bytes as they are, absent ones as absent, and a header that comes twice twice', async () => {
    const headers: OutgoingMessage['headers'] = [
      ['ce_type', 'one'],
      ['ce_type', Buffer.from([0xfe])],
    ];
    await writer.write([message({ key: null, value: null, headers })]);

    const [sent] = client.sent[0]!;
    expect([sent!.key, sent!.value]).toEqual([undefined, undefined]);
    expect([...(sent!.headers as Map<Buffer, Buffer>)].map(([name, value]) => [String(name), [...value]])).toEqual([
      ['ce_type', [...Buffer.from('one')]],
      ['ce_type', [0xfe]],
    ]);
  });

  it('refuses a second write while one is under way', async () => {
    const first = writer.write([message()]);
    await expect(writer.write([message()])).rejects.toThrow('a write is under way');
    await first;
    await expect(writer.write([message()])).resolves.toHaveLength(1);
  });

  it.each([
    ['no connection', new NetworkError('refused')],
    ['no answer in time', new TimeoutError('late')],
    ['no topic of that name', new UserError('unknown topic')],
    ['another leader', new ProtocolError('NOT_LEADER_OR_FOLLOWER')],
  ])('says that kafka is away: %s', async (_, failure) => {
    client.failure = failure;
    await expect(writer.write([message()])).rejects.toMatchObject({ what: 'kafka', cause: failure });
  });

  it.each([
    ['a message that is too large', new ProtocolError('MESSAGE_TOO_LARGE')],
    ['no permission', new AuthenticationError('no')],
    ['a bug', new TypeError('undefined')],
  ])('hands on what waiting does not mend: %s', async (_, failure) => {
    client.failure = failure;
    await expect(writer.write([message()])).rejects.toBe(failure);
    expect(failure).not.toBeInstanceOf(UnavailableError);
  });

  it('tells of several failures the one that waiting does not mend, or else the last', async () => {
    const [lost, late, refused] = [
      new NetworkError('a'),
      new TimeoutError('b'),
      new ProtocolError('MESSAGE_TOO_LARGE'),
    ];
    client.failure = new MultipleErrors('tried', [lost, new MultipleErrors('both', [refused, late])]);
    await expect(writer.write([message()])).rejects.toBe(refused);
    client.failure = new MultipleErrors('tried', [lost, late]);
    await expect(writer.write([message()])).rejects.toMatchObject({ what: 'kafka', cause: late });
  });

  it('closes although a broker takes no more bytes', async () => {
    await expect(writer.close()).resolves.toBeUndefined();
  });
});
