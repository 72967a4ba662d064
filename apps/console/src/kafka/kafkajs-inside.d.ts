/** The parts of kafkajs 2.2.4 that it does not export and that are used here; see kafka-wire.ts. */

declare module 'kafkajs/src/cluster/index.js' {
  import type { Logger, RetryOptions } from 'kafkajs';

  export interface FetchedRecord {
    magicByte: number;
    offset: string;
    timestamp: string;
    key: Buffer | null;
    value: Buffer | null;
    headers?: Record<string, Buffer | Buffer[]>;
    isControlRecord: boolean;
  }

  export interface FetchedPartition {
    partition: number;
    highWatermark: string;
    messages: FetchedRecord[];
  }

  export interface ProtocolCall<T> {
    request: { apiKey: number; apiVersion: number; apiName: string; encode(): Promise<unknown> };
    response: { decode(raw: Buffer): Promise<T>; parse(decoded: T): Promise<T> };
  }

  export interface Broker {
    nodeId: number;
    connectionPool: { send<T>(call: ProtocolCall<T>): Promise<T> };
    fetch(request: {
      isolationLevel: number;
      maxWaitTime: number;
      minBytes: number;
      maxBytes: number;
      topics: {
        topic: string;
        partitions: { partition: number; currentLeaderEpoch: number; fetchOffset: string; maxBytes: number }[];
      }[];
    }): Promise<{ responses: { topicName: string; partitions: FetchedPartition[] }[] }>;
    offsetCommit(request: {
      groupId: string;
      groupGenerationId: number;
      memberId: string;
      topics: { topic: string; partitions: { partition: number; offset: string }[] }[];
    }): Promise<unknown>;
  }

  export default class Cluster {
    constructor(options: {
      brokers: string[];
      clientId: string;
      logger: Logger;
      socketFactory: unknown;
      connectionTimeout: number;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      metadataMaxAge: number;
      retry: RetryOptions;
      allowAutoTopicCreation: boolean;
      maxInFlightRequests: number | null;
      isolationLevel: number;
    });
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    refreshMetadata(): Promise<void>;
    addMultipleTargetTopics(topics: string[]): Promise<void>;
    findBroker(wanted: { nodeId: string }): Promise<Broker>;
    findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>;
    findGroupCoordinator(wanted: { groupId: string }): Promise<Broker>;
    refreshMetadataIfNecessary(): Promise<void>;
    getNodeIds(): string[];
  }
}

declare module 'kafkajs/src/network/socketFactory.js' {
  export default function socketFactory(): unknown;
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    writeInt32(value: number): this;
  }
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(raw: Buffer);
    readInt16(): number;
    readInt32(): number;
    readInt64(): bigint;
    readBoolean(): boolean;
    readString(): string;
    readArray<T>(read: (decoder: Decoder) => T): T[];
  }
}
