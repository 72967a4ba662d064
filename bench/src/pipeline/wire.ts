import { ContentPublished, ContentSubmitted, type EventMessage, TOPICS } from '@wireroom/contracts';
import { provisionTopics } from '@wireroom/platform';
import { type Backends, waitUntil } from '@wireroom/backends';
import kafkajs, { type Consumer, type Kafka, type Producer } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { setTimeout as sleep } from 'node:timers/promises';

const SEND_AT_ONCE = 500;
const TOPICS_MS = 30_000;

/**
 * The two ends of the line under test: hands submissions in on the first topic and watches the last one. Topics are
 * the contracts' own, made anew for every run; databases go when it ends.
 */
export class Wire {
  private readonly arrivals = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly backends: Backends,
    private readonly producer: Producer,
    private readonly watcher: Consumer,
  ) {}

  static async open(backends: Backends, namespace: string): Promise<Wire> {
    const kafka = new kafkajs.Kafka({
      clientId: 'bench',
      brokers: backends.brokers,
      logLevel: kafkajs.logLevel.NOTHING,
    });
    await renewTopics(kafka);
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    const watcher = kafka.consumer({ groupId: `${namespace}-watcher`, maxWaitTimeInMs: 250 });
    const wire = new Wire(backends, producer, watcher);
    await Promise.all([producer.connect(), watcher.connect()]);
    await wire.watch();
    return wire;
  }

  /** When each published item was first seen, by `performance.now()`. */
  arrivalOf(contentId: string): number | undefined {
    return this.arrivals.get(contentId);
  }

  async send(messages: EventMessage[]): Promise<void> {
    for (let start = 0; start < messages.length; start += SEND_AT_ONCE) {
      const some = messages.slice(start, start + SEND_AT_ONCE);
      await this.producer.send({ topic: ContentSubmitted.topic, acks: -1, messages: some });
    }
  }

  /** Waits until so many different items were published. @throws Error when that takes longer than `timeoutMs`. */
  async published(count: number, timeoutMs: number): Promise<void> {
    const all = new Promise<'all'>((resolve) => {
      const check = (): void => {
        if (this.arrivals.size < count) return;
        this.waiting.delete(check);
        resolve('all');
      };
      this.waiting.add(check);
      check();
    });
    const stopWaiting = new AbortController();
    const late = sleep(timeoutMs, 'late' as const, { signal: stopWaiting.signal }).catch(() => 'late' as const);
    const outcome = await Promise.race([all, late]);
    stopWaiting.abort();
    if (outcome === 'late') {
      throw new Error(`${this.arrivals.size} of ${count} items were published within ${timeoutMs / 1000} s`);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.watcher.disconnect(), this.producer.disconnect()]);
    const mongo = await MongoClient.connect(this.backends.mongoUri);
    const { databases } = await mongo.db().admin().listDatabases({ nameOnly: true });
    const own = databases.filter(({ name }) => name.startsWith('bench'));
    await Promise.all(own.map(({ name }) => mongo.db(name).dropDatabase()));
    await mongo.close();
  }

  private async watch(): Promise<void> {
    await this.watcher.subscribe({ topics: [ContentPublished.topic], fromBeginning: true });
    await this.watcher.run({
      partitionsConsumedConcurrently: 12,
      eachBatch: ({ batch }) => {
        const now = performance.now();
        for (const { key } of batch.messages) {
          const contentId = String(key);
          if (!this.arrivals.has(contentId)) this.arrivals.set(contentId, now);
        }
        for (const check of this.waiting) check();
        return Promise.resolve();
      },
    });
  }
}

async function renewTopics(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const names = TOPICS.map(({ topic }) => topic);
  const presentTopics = async (): Promise<string[]> => {
    const existing = await admin.listTopics();
    return names.filter((name) => existing.includes(name));
  };
  const present = await presentTopics();
  if (present.length > 0) await admin.deleteTopics({ topics: present });
  await waitUntil(async () => (await presentTopics()).length === 0, TOPICS_MS);
  // On a busy machine the broker does not know a topic for a moment after it has made it.
  const provisioned = await waitUntil(() => provisionTopics(admin, TOPICS).then(() => true, isUnknownTopic), TOPICS_MS);
  if (!provisioned) throw new Error('the topics could not be made anew');
  await admin.disconnect();
}

function isUnknownTopic(error: unknown): false {
  if ((error as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION') return false;
  throw error;
}
