import type { EventMessage, TopicPlace } from '@wireroom/contracts';
import { type Logger, UnavailableError, whileKafkaIsThere } from '@wireroom/platform';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import type { MessagingMetrics } from './messaging-metrics.js';

const { Partitioners } = kafkajs;

/** Broker limits count a whole batch of one partition, so several messages go together only up to this size. */
const MAX_SEND_BYTES = 1024 * 1024;
const MAX_SEND_MESSAGES = 1000;

/** Largest value one event may have, in bytes; leaves room for key and headers under the topics' limit. */
export const MAX_EVENT_BYTES = 2 * 1024 * 1024 - 64 * 1024;

/** What one caller asked to be said; its events may go in several sends. */
interface Call {
  size: number;
  /** Of those acknowledged so far, in the order given. */
  places: TopicPlace[];
  resolve: (places: TopicPlace[]) => void;
  reject: (error: unknown) => void;
}

interface Waiting {
  message: EventMessage;
  call: Call;
}

/**
 * Says events of one topic, acks=all, in the order in which it was asked to.
 *
 * One send is under way at a time; what is asked for meanwhile goes together in the next. When a send fails
 * everything waiting fails with it, because sending the rest would overtake what failed.
 */
export class EventProducer {
  private producer: Producer | undefined;
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private readonly partitionOf = Partitioners.DefaultPartitioner();
  private partitions: { partitionId: number }[] | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly logger: Logger,
    private readonly metrics: MessagingMetrics,
  ) {}

  /** Events not yet acknowledged. */
  get pending(): number {
    return this.waiting.length;
  }

  /**
   * @returns where each event is, in the order given.
   * @throws UnavailableError when the broker did not acknowledge them all; some may be there all the same.
   */
  sendAll(messages: EventMessage[]): Promise<TopicPlace[]> {
    if (messages.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const call: Call = { size: messages.length, places: [], resolve, reject };
      for (const message of messages) this.waiting.push({ message, call });
      this.running ??= this.drain().finally(() => (this.running = undefined));
    });
  }

  /** Connects; optional, sending does it too. @throws UnavailableError */
  async connect(): Promise<void> {
    await this.connected();
  }

  /** Waits for what is under way, then disconnects. */
  async close(): Promise<void> {
    await this.running;
    await this.forget();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, sizeOfNext(this.waiting));
      try {
        const places = await this.send(batch.map(({ message }) => message));
        batch.forEach(({ call }, index) => acknowledge(call, places[index]!));
      } catch (error) {
        this.logger.warn({ err: error, topic: this.topic }, 'events not acknowledged');
        await this.forget();
        [...batch, ...this.waiting.splice(0)].forEach(({ call }) => call.reject(error));
      }
    }
  }

  private async send(messages: EventMessage[]): Promise<TopicPlace[]> {
    const producer = await this.connected();
    const placed = messages.map((message) => ({ ...message, partition: this.choosePartition(message) }));
    const results = await this.metrics.timeSend(this.topic, messages.length, () =>
      whileKafkaIsThere(() => producer.send({ topic: this.topic, acks: -1, messages: placed })),
    );
    const next = new Map(results.map(({ partition, baseOffset }) => [partition, BigInt(baseOffset ?? '0')]));
    return placed.map(({ partition }) => {
      const offset = next.get(partition);
      if (offset === undefined)
        throw new UnavailableError('kafka', { cause: new Error(`no answer for partition ${partition}`) });
      next.set(partition, offset + 1n);
      return { topic: this.topic, partition, offset: String(offset) };
    });
  }

  private choosePartition(message: EventMessage): number {
    return this.partitionOf({
      topic: this.topic,
      partitionMetadata: this.partitions as never,
      message: { key: message.key, value: message.value },
    });
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
    });
    try {
      await whileKafkaIsThere(() => producer.connect());
      this.partitions ??= await this.readPartitions();
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
    return (this.producer = producer);
  }

  private async readPartitions(): Promise<{ partitionId: number }[]> {
    const admin = this.kafka.admin();
    try {
      await whileKafkaIsThere(() => admin.connect());
      const { topics } = await whileKafkaIsThere(() => admin.fetchTopicMetadata({ topics: [this.topic] }));
      const found = topics[0]?.partitions ?? [];
      return found.map(({ partitionId }) => ({ partitionId })).sort((a, b) => a.partitionId - b.partitionId);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  /** Lets the client go: after a failed send an idempotent producer may be out of sequence for good. */
  private async forget(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }
}

function acknowledge(call: Call, place: TopicPlace): void {
  call.places.push(place);
  if (call.places.length === call.size) call.resolve(call.places);
}

function sizeOfNext(waiting: Waiting[]): number {
  let bytes = 0;
  const end = waiting.findIndex(({ message }, index) => {
    bytes += message.value.length;
    return index > 0 && (bytes > MAX_SEND_BYTES || index >= MAX_SEND_MESSAGES);
  });
  return end === -1 ? waiting.length : end;
}
