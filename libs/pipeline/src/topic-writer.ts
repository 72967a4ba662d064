import { GenericError, MultipleErrors, Producer, TimeoutError, UserError } from '@platformatic/kafka';
import type { TopicPlace } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import kafkajs from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A message as it is to lie in its topic. */
export interface OutgoingMessage {
  topic: string;
  /** The key chooses where none is given. */
  partition?: number;
  key: Buffer | string | null;
  value: Buffer | null;
  /** In this order; a name may come more than once. */
  headers: [name: string, value: Buffer | string][];
}

/** What is used of the client. */
type Client = Pick<Producer, 'metadata' | 'send' | 'close'>;
type ClientMessage = Parameters<Client['send']>[0]['messages'][number];
/** A topic's partitions as the partitioner wants them. */
type Partitions = Parameters<ReturnType<typeof kafkajs.Partitioners.DefaultPartitioner>>[0]['partitionMetadata'];

const CONNECT_MS = 3000;
const REQUEST_MS = 10_000;
const METADATA_MS = 5 * 60_000;
/** Waiting for a broker is done by those who say events, where readiness can see it. */
const RETRIES = 5;
const CLOSE_MS = 1000;
const MAX_NAMES = 100;

/** Opens writers to the brokers of one service. */
export class TopicWriters {
  constructor(
    private readonly clientId: string,
    private readonly brokers: string[],
  ) {}

  /** A writer with connections and a producer id of its own. It connects with the first message. */
  open(): TopicWriter {
    const client = new Producer({
      clientId: this.clientId,
      bootstrapBrokers: this.brokers,
      connectTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      timeout: REQUEST_MS,
      metadataMaxAge: METADATA_MS,
      retries: RETRIES,
      retryDelay: (_client, _operation, attempt) => Math.min(100 * 2 ** (attempt - 1), 1000),
      autocreateTopics: false,
      idempotent: true,
    });
    return new TopicWriter(client);
  }
}

/**
 * Writes messages to topics, acks=all, idempotent, and each key to the partition where kafkajs would put it: what was
 * written before, and what other producers write, stays together.
 *
 * After a failed write it may be out of sequence for good: close it and open another.
 */
export class TopicWriter {
  private readonly choosePartition = kafkajs.Partitioners.DefaultPartitioner();
  private readonly names = new Map<string, Buffer>();
  private isWriting = false;

  constructor(private readonly client: Client) {}

  /**
   * Writes all messages in one request to each broker, those of a partition in the order given. One write at a time: the
   * client numbers the messages of two that overlap alike, and the broker drops the second as a repetition.
   *
   * @returns where each message is, in the order given.
   * @throws UnavailableError when the brokers did not acknowledge them all; some may be there all the same.
   */
  async write(messages: OutgoingMessage[]): Promise<TopicPlace[]> {
    if (this.isWriting) throw new Error('a write is under way');
    this.isWriting = true;
    try {
      const topics = [...new Set(messages.map(({ topic }) => topic))];
      const metadata = await this.client.metadata({ topics });
      const partitions = new Map(topics.map((topic) => [topic, partitionsOf(metadata, topic)]));
      const placed = messages.map((message) => this.place(message, partitions.get(message.topic)!));
      const { offsets = [] } = await this.client.send({ messages: placed });
      return placesOf(placed, offsets);
    } catch (error) {
      const reason = reasonOf(error);
      throw isAway(reason) ? new UnavailableError('kafka', { cause: reason }) : reason;
    } finally {
      this.isWriting = false;
    }
  }

  /** Lets the connections go. A broker that takes no more bytes is not waited for. */
  async close(): Promise<void> {
    await Promise.race([this.client.close().catch(() => undefined), sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  private place(message: OutgoingMessage, partitionMetadata: Partitions): ClientMessage & { partition: number } {
    const { topic, key, value, headers } = message;
    return {
      topic,
      partition: message.partition ?? this.choosePartition({ topic, partitionMetadata, message: { key, value } }),
      key: bytesOf(key),
      value: value ?? undefined,
      headers: this.headersOf(headers),
    };
  }

  /** By identity of the names' bytes, so that a name that comes twice goes out twice. */
  private headersOf(headers: OutgoingMessage['headers']): Map<Buffer, Buffer> {
    const named = new Map<Buffer, Buffer>();
    for (const [name, content] of headers) {
      const usual = this.nameOf(name);
      named.set(named.has(usual) ? Buffer.from(name) : usual, Buffer.from(content));
    }
    return named;
  }

  /** The same few names come with every event; other programs' messages, which are only passed on, may have any. */
  private nameOf(name: string): Buffer {
    const known = this.names.get(name);
    if (known) return known;
    const bytes = Buffer.from(name);
    if (this.names.size < MAX_NAMES) this.names.set(name, bytes);
    return bytes;
  }
}

function partitionsOf({ topics }: Awaited<ReturnType<Client['metadata']>>, topic: string): Partitions {
  const partitions = topics.get(topic)?.partitions ?? [];
  return partitions.map(({ leader }, partitionId) => ({ partitionId, leader })) as Partitions;
}

function bytesOf(key: Buffer | string | null): Buffer | undefined {
  return key === null ? undefined : Buffer.from(key);
}

/** A partition's messages lie one after the other, from the offset that the broker gave the first. */
function placesOf(
  messages: { topic: string; partition: number }[],
  first: { topic: string; partition: number; offset: bigint }[],
): TopicPlace[] {
  const next = new Map(first.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]));
  return messages.map(({ topic, partition }) => {
    const name = `${topic}/${partition}`;
    const offset = next.get(name);
    if (offset === undefined) throw new UnavailableError('kafka', { cause: new Error(`no answer for ${name}`) });
    next.set(name, offset + 1n);
    return { topic, partition, offset: String(offset) };
  });
}

/** Of what came together, by several brokers or several tries, the one to tell of: what no waiting mends, or the last. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof MultipleErrors)) return error;
  const reasons = error.errors.map(reasonOf);
  return reasons.find((reason) => !isAway(reason)) ?? reasons.at(-1);
}

/** Tells "the brokers can't take it now" apart from "they won't take this". */
function isAway(error: unknown): boolean {
  // What the client calls a mistake of its user's can here only be a topic that is not there.
  if (error instanceof TimeoutError || error instanceof UserError) return true;
  return error instanceof GenericError && error['canRetry'] === true;
}
