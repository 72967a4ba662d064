import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ContentPublished, type ContentPublishedData } from '@wireroom/contracts';
import { KAFKA, LOGGER, decode, receive } from '@wireroom/pipeline';
import { type Logger, ServiceEnv, UnavailableError } from '@wireroom/platform';
import type { Consumer, Kafka } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StreamPosition } from './stream-position.js';

/** One event of `content.published` and where it is. */
export interface PlacedRelease {
  partition: number;
  offset: number;
  data: ContentPublishedData;
}

type Listener = (release: PlacedRelease) => void;

/** Releases kept in memory; a reader who was away longer is caught up from the database. */
const KEPT = 2000;
/** Items whose newest version is remembered, so that a repeat is not sent again. */
const REMEMBERED = 20_000;
/** Orders (revision, processingVersion) as one number. */
const VERSIONS = 1_000_000;

/**
 * Hears every release once, whichever instance said it: each instance reads the whole topic under a group of
 * its own, from its start on, and keeps the newest releases for readers who come back.
 */
@Injectable()
export class ReleaseHub implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private kept: PlacedRelease[] = [];
  /** Newest version heard of each item, the longest unheard first. */
  private readonly newest = new Map<string, number>();
  private start: StreamPosition | undefined;
  private position: StreamPosition | undefined;
  private consumer: Consumer | undefined;
  private heardAt: Date | undefined;
  private stopping = false;

  constructor(
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly env: ServiceEnv,
  ) {}

  onApplicationBootstrap(): void {
    void this.keepTrying();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.consumer?.disconnect();
  }

  /** Whether the hub has found its place on the topic. */
  get isOpen(): boolean {
    return this.position !== undefined;
  }

  /** When a release was heard last, since this instance started. */
  get lastHeardAt(): Date | undefined {
    return this.heardAt;
  }

  /** Where the stream stands now. @throws UnavailableError until the hub has found its place. */
  now(): StreamPosition {
    if (!this.position) throw new UnavailableError('kafka', { cause: new Error('the stream is not open yet') });
    return this.position;
  }

  /**
   * What is kept from `position` on, in the order heard, and how far back the database must be asked:
   * everything from `position` and before `keptFrom`.
   */
  since(position: StreamPosition): { releases: PlacedRelease[]; keptFrom: StreamPosition } {
    this.now();
    return {
      releases: this.kept.filter(({ partition, offset }) => position.isAhead(partition, offset)),
      keptFrom: this.keptFrom(),
    };
  }

  /** @returns what ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async keepTrying(): Promise<void> {
    while (!this.stopping && !this.consumer) {
      await this.open().catch(async (error: unknown) => {
        this.logger.warn({ err: error }, 'the stream could not be opened; trying again');
        await sleep(1000);
      });
    }
  }

  /** Reads on from the ends of the partitions as they are now. */
  private async open(): Promise<void> {
    const { topic } = ContentPublished;
    const ends = await this.readEnds();
    const consumer = this.kafka.consumer({
      groupId: `${this.env.WIREROOM_NAMESPACE}-stream-${randomUUID()}`,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: 250,
      retry: { restartOnFailure: () => Promise.resolve(true) },
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    this.start = this.position = StreamPosition.of(ends);
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        this.hear(
          partition,
          Number(message.offset),
          () => decode(ContentPublished, receive(topic, partition, message)).data,
        );
        return Promise.resolve();
      },
    });
    ends.forEach((end, partition) => consumer.seek({ topic, partition, offset: String(end) }));
    this.consumer = consumer;
    if (this.stopping) await consumer.disconnect();
  }

  private async readEnds(): Promise<number[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(ContentPublished.topic);
      const ends = new Array<number>(offsets.length).fill(0);
      for (const { partition, high } of offsets) ends[partition] = Number(high);
      return ends;
    } finally {
      await admin.disconnect();
    }
  }

  private hear(partition: number, offset: number, read: () => ContentPublishedData): void {
    if (!this.position?.isAhead(partition, offset)) return;
    this.position = this.position.after(partition, offset);
    this.heardAt = new Date();
    const release = { partition, offset, data: read() };
    if (this.isRepeat(release)) return;
    if (release.data.status === 'retracted') this.takeTextAway(release.data.contentId);
    this.kept.push(release);
    if (this.kept.length > KEPT) this.kept = this.kept.slice(-KEPT / 2);
    for (const listener of this.listeners) listener(release);
  }

  /** Said twice by a stage that crashed between saying and remembering. */
  private isRepeat({ data }: PlacedRelease): boolean {
    const version = data.revision * VERSIONS + data.processingVersion;
    if ((this.newest.get(data.contentId) ?? 0) >= version) return true;
    this.newest.delete(data.contentId);
    this.newest.set(data.contentId, version);
    if (this.newest.size > REMEMBERED) this.newest.delete(this.newest.keys().next().value!);
    return false;
  }

  private takeTextAway(contentId: string): void {
    this.kept = this.kept.filter(({ data }) => data.contentId !== contentId);
  }

  private keptFrom(): StreamPosition {
    const first = this.start!;
    const offsets = Array.from({ length: first.partitions }, (_, partition) => {
      const oldest = this.kept.find((release) => release.partition === partition);
      return oldest?.offset ?? this.position!.nextOffset(partition);
    });
    return StreamPosition.of(offsets);
  }
}
