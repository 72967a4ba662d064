import kafkajs from 'kafkajs';
import { accepts } from './ports.js';

const { Kafka, logLevel } = kafkajs;
const DEFAULT_PORT = 9092;

/**
 * Whether the brokers serve metadata and consumer groups. The second question makes a new broker create its offsets
 * topic, so the first consumer doesn't meet "coordinator not available".
 */
export async function isKafkaReady(brokers: string[]): Promise<boolean> {
  const admin = new Kafka({
    brokers,
    clientId: 'wireroom-probe',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    if (cluster.brokers.length === 0) return false;
    await admin.fetchOffsets({ groupId: 'wireroom-probe' });
    return true;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/**
 * Whether any of the brokers accepts a connection. Existing brokers may ask for TLS and passwords, which are the
 * services' business, so this looks no further.
 */
export async function isKafkaReachable(brokers: string[], timeoutMs: number): Promise<boolean> {
  const answers = await Promise.all(
    brokers.map((broker) => {
      const { host, port } = parseBroker(broker);
      return accepts(host, port, timeoutMs);
    }),
  );
  return answers.includes(true);
}

/** Splits KAFKA_BROKERS at its commas. */
export function parseBrokers(list: string): string[] {
  return list
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
}

/** Host and port of `host`, `host:port` or `[v6]:port`. */
export function parseBroker(broker: string): { host: string; port: number } {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:]+))(?::(?<port>\d+))?$/.exec(broker);
  const { v6, name, port } = match?.groups ?? {};
  return { host: v6 ?? name ?? broker, port: port === undefined ? DEFAULT_PORT : Number(port) };
}
