import type { TopicDeclaration } from '@wireroom/contracts';
import kafkajs, { type Admin, type ConfigEntries, type Kafka as KafkaClient } from 'kafkajs';
import type { Logger } from './logger.js';
import { UnavailableError } from './errors.js';

const { Kafka, logLevel, ConfigResourceTypes } = kafkajs;

/**
 * A Kafka client of one service. The client's own retries are kept short: the pipeline waits for a broker
 * that is away in its own loops, where it can say so.
 */
export function createKafka(clientId: string, brokers: string[], logger: Logger): KafkaClient {
  return new Kafka({
    clientId,
    brokers,
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, ...rest } = entry.log;
      const level = entry.level === logLevel.ERROR ? 'error' : 'warn';
      logger[level](
        { kafka: { namespace: entry.namespace, error: rest['error'] as unknown, groupId: rest['groupId'] as unknown } },
        message,
      );
    },
  });
}

/** Runs an operation against Kafka, telling "the broker is away" apart from every other error. @throws UnavailableError */
export async function whileKafkaIsThere<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (isAway(error)) throw new UnavailableError('kafka', { cause: error });
    throw error;
  }
}

const AWAY = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSConnectionClosed',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSBrokerNotFound',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSLockTimeout',
]);

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retriable, cause } = error as { retriable?: boolean; cause?: unknown };
  return AWAY.has(error.name) || retriable === true || isAway(cause);
}

/**
 * Creates the declared topics that are missing and reports where the others differ from their declaration.
 * Nothing that exists is changed.
 *
 * @returns one sentence for each difference.
 */
export async function provisionTopics(admin: Admin, declared: TopicDeclaration[]): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const missing = declared.filter(({ topic }) => !existing.has(topic));
  if (missing.length > 0) {
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ topic, partitions, config }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: -1,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      })),
    });
  }
  return findDrift(admin, declared);
}

async function findDrift(admin: Admin, declared: TopicDeclaration[]): Promise<string[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: declared.map(({ topic }) => topic) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: declared.map(({ topic }) => ({ type: ConfigResourceTypes.TOPIC, name: topic })),
  });
  return declared.flatMap((declaration) => {
    const { topic } = declaration;
    const found = topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
    const entries = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    return driftOf(declaration, found, entries);
  });
}

/** How a topic differs from its declaration, one sentence for each difference. */
export function driftOf(
  { topic, partitions, config }: TopicDeclaration,
  found: number,
  entries: Pick<ConfigEntries, 'configName' | 'configValue'>[],
): string[] {
  const drift = Object.entries(config).flatMap(([name, wanted]) => {
    const actual = entries.find(({ configName }) => configName === name)?.configValue;
    return actual === wanted ? [] : [`${topic}: ${name} is ${actual ?? 'unset'}, declared is ${wanted}`];
  });
  return found === partitions ? drift : [`${topic}: has ${found} partitions, declared are ${partitions}`, ...drift];
}
