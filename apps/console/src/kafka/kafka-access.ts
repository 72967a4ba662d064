import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpFailure, KAFKA } from '@wireroom/pipeline';
import { whileKafkaIsThere } from '@wireroom/platform';
import type { Admin, Kafka } from 'kafkajs';
import { ConsoleEnv } from '../console.env.js';
import { KafkaWire } from './kafka-wire.js';
import type { Range } from './topic-lane.js';

/** The console's connections to Kafka: kafkajs's admin, and the wire for what that does not do. */
@Injectable()
export class KafkaAccess implements OnModuleDestroy {
  readonly wire: KafkaWire;
  private connecting: Promise<Admin> | undefined;

  constructor(
    @Inject(KAFKA) private readonly kafka: Kafka,
    private readonly env: ConsoleEnv,
  ) {
    this.wire = this.newWire();
  }

  /** A connection of its own, for who lets the broker wait. */
  newWire(): KafkaWire {
    return new KafkaWire(this.kafka, this.env.KAFKA_BROKERS, `${this.env.WIREROOM_NAMESPACE}-console`);
  }

  /** @throws UnavailableError */
  async admin(): Promise<Admin> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** The partitions of a topic with the offsets they hold. @throws HttpFailure 404 where there is no such topic */
  async rangesOf(topic: string): Promise<Range[]> {
    const admin = await this.admin();
    const topics = await whileKafkaIsThere(() => admin.listTopics());
    if (!topics.includes(topic)) throw new HttpFailure(404, 'not-found', `there is no topic ${topic}`);
    const offsets = await whileKafkaIsThere(() => admin.fetchTopicOffsets(topic));
    return offsets
      .map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }))
      .sort((a, b) => a.partition - b.partition);
  }

  /** The first offset at or after a moment, by partition; where there is none, the one the next message gets. */
  async offsetsAt(topic: string, time: Date): Promise<Map<number, bigint>> {
    const admin = await this.admin();
    const offsets = await whileKafkaIsThere(() => admin.fetchTopicOffsetsByTimestamp(topic, time.getTime()));
    return new Map(offsets.map(({ partition, offset }) => [partition, BigInt(offset)]));
  }

  async onModuleDestroy(): Promise<void> {
    await this.connecting?.then((admin) => admin.disconnect()).catch(() => undefined);
    await this.wire.close();
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin({ retry: { retries: 2, initialRetryTime: 100 } });
    try {
      await whileKafkaIsThere(() => admin.connect());
      return admin;
    } catch (error) {
      this.connecting = undefined;
      throw error;
    }
  }
}
