/**
 * Requests of the Kafka protocol that kafkajs 2.2.4 does not offer: fetching messages by their place without a consumer
 * group, committing for a group without joining it (as Kafka's own AdminClient does), and DescribeLogDirs (KIP-113,
 * version 1). They go over kafkajs's own connections, so that addresses, errors and retries are as everywhere else.
 *
 * docs/adr/0018-inside-kafkajs.md says why. The version is pinned; kafka-wire.spec.ts fails where another is installed,
 * test/e2e/console-kafka.e2e-spec.ts where the answers are not a broker's.
 */
import Cluster, { type Broker, type FetchedPartition, type ProtocolCall } from 'kafkajs/src/cluster/index.js';
import socketFactory from 'kafkajs/src/network/socketFactory.js';
import Decoder from 'kafkajs/src/protocol/decoder.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { Kafka } from 'kafkajs';

export type { FetchedPartition, FetchedRecord } from 'kafkajs/src/cluster/index.js';

const READ_UNCOMMITTED = 0;
const DESCRIBE_LOG_DIRS = 35;
const ALL_TOPICS = -1;
const NO_EPOCH = -1;
const OUTSIDE_THE_GROUP = { groupGenerationId: -1, memberId: '' };
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;
/** kafkajs gives an answer up a tenth of a second after the wait it asked the broker for. */
const PATIENCE_MS = 10_000;

/** What one partition takes on a broker's disks. */
export interface LogSize {
  brokerId: number;
  topic: string;
  partition: number;
  bytes: number;
}

export interface FetchOptions {
  /** For each partition; the first batch of messages comes whole, however large. */
  maxBytes: number;
  /** How long the broker may wait for a first message; without it the answer is what there is now. */
  waitMs?: number;
}

/** A connection to the brokers for those requests. One fetch is answered after the other. */
export class KafkaWire {
  private cluster: Promise<Cluster> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly brokers: string[],
    private readonly clientId: string,
  ) {}

  /**
   * What lies at these places and after them, as much as fits.
   *
   * @param places offset by partition; it must be there: neither deleted nor beyond the end
   */
  async fetch(topic: string, places: Map<number, bigint>, options: FetchOptions): Promise<FetchedPartition[]> {
    return this.withCluster(async (cluster) => {
      await cluster.addMultipleTargetTopics([topic]);
      const leaders = cluster.findLeaderForPartitions(topic, [...places.keys()]);
      const answers = await Promise.all(
        Object.entries(leaders).map(async ([nodeId, partitions]) => {
          const broker = await cluster.findBroker({ nodeId });
          return fetchFrom(broker, topic, new Map(partitions.map((one) => [one, places.get(one)!])), options);
        }),
      );
      return answers.flat();
    });
  }

  /** What every partition takes on the disks of every broker. */
  async logSizes(): Promise<LogSize[]> {
    return this.withCluster(async (cluster) => {
      // A connection that fetched nothing yet knows no broker but the one it was made to.
      await cluster.refreshMetadataIfNecessary();
      const answers = cluster.getNodeIds().map(async (nodeId) => {
        const broker = await cluster.findBroker({ nodeId });
        const sizes = await broker.connectionPool.send(describeLogDirs());
        return sizes.map((size) => ({ brokerId: Number(nodeId), ...size }));
      });
      return (await Promise.all(answers)).flat();
    });
  }

  /** Moves a group's place. @throws kafkajs's error of type UNKNOWN_MEMBER_ID while the group has members */
  async commit(groupId: string, topic: string, places: Map<number, bigint>): Promise<void> {
    const partitions = [...places].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    await this.withCluster(async (cluster) => {
      const coordinator = await cluster.findGroupCoordinator({ groupId });
      await coordinator.offsetCommit({ groupId, ...OUTSIDE_THE_GROUP, topics: [{ topic, partitions }] });
    });
  }

  async close(): Promise<void> {
    const { cluster } = this;
    this.cluster = undefined;
    await cluster?.then((one) => one.disconnect()).catch(() => undefined);
  }

  /** A connection on which something went wrong is let go: the next request finds out afresh who leads what. */
  private async withCluster<T>(ask: (cluster: Cluster) => Promise<T>): Promise<T> {
    try {
      return await ask(await (this.cluster ??= this.connect()));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async connect(): Promise<Cluster> {
    const cluster = new Cluster({
      brokers: this.brokers,
      clientId: this.clientId,
      logger: this.kafka.logger(),
      socketFactory: socketFactory(),
      connectionTimeout: 3000,
      requestTimeout: PATIENCE_MS,
      enforceRequestTimeout: true,
      metadataMaxAge: 60_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 2 },
      allowAutoTopicCreation: false,
      maxInFlightRequests: null,
      isolationLevel: READ_UNCOMMITTED,
    });
    await cluster.connect();
    return cluster;
  }
}

async function fetchFrom(
  broker: Broker,
  topic: string,
  places: Map<number, bigint>,
  { maxBytes, waitMs }: FetchOptions,
): Promise<FetchedPartition[]> {
  const { responses } = await broker.fetch({
    isolationLevel: READ_UNCOMMITTED,
    maxWaitTime: waitMs ?? PATIENCE_MS,
    minBytes: waitMs === undefined ? 0 : 1,
    maxBytes: MAX_RESPONSE_BYTES,
    topics: [
      {
        topic,
        partitions: [...places].map(([partition, offset]) => ({
          partition,
          currentLeaderEpoch: NO_EPOCH,
          fetchOffset: String(offset),
          maxBytes,
        })),
      },
    ],
  });
  return responses.flatMap(({ partitions }) => partitions);
}

function describeLogDirs(): ProtocolCall<Omit<LogSize, 'brokerId'>[]> {
  return {
    request: {
      apiKey: DESCRIBE_LOG_DIRS,
      apiVersion: 1,
      apiName: 'DescribeLogDirs',
      encode: () => Promise.resolve(new Encoder().writeInt32(ALL_TOPICS)),
    },
    response: {
      decode: (raw) => Promise.resolve(decodeLogDirs(new Decoder(raw))),
      parse: (sizes) => Promise.resolve(sizes),
    },
  };
}

/** throttle_time_ms [error_code log_dir [name [partition_index partition_size offset_lag is_future_key]]] */
function decodeLogDirs(decoder: Decoder): Omit<LogSize, 'brokerId'>[] {
  decoder.readInt32();
  return decoder
    .readArray(() => {
      decoder.readInt16();
      decoder.readString();
      return decoder.readArray(() => {
        const topic = decoder.readString();
        return decoder.readArray(() => {
          const partition = decoder.readInt32();
          const bytes = Number(decoder.readInt64());
          decoder.readInt64();
          const isFuture = decoder.readBoolean();
          return isFuture ? [] : [{ topic, partition, bytes }];
        });
      });
    })
    .flat(3);
}
