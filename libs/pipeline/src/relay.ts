import type { TopicPlace } from '@wireroom/contracts';
import type { Logger, ServiceEnv } from '@wireroom/platform';
import { Afterwards } from './afterwards.js';
import type { EventProducer } from './event-producer.js';
import { crashAt } from './faults.js';
import type { SaidDocument } from './outbox-batch.js';
import type { StageDocument } from './stage-document.js';
import type { StageStore } from './stage-store.js';
import { Tracing, traceClock } from './tracing/tracing.js';

interface Acknowledged extends SaidDocument {
  contentId: string;
}

/** Stored documents waiting to be said in the background; beyond it they are left to the sweeper. */
const MAX_WAITING = 5000;

/**
 * Says what stored documents say, and marks them said once the broker has acknowledged it: a moment later and many at
 * once, since nobody waits for the mark. What a crash leaves unmarked is said again, by the same id.
 */
export class Relay {
  private readonly saying = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly marking = new Afterwards(() => this.markAcknowledged());
  private acknowledged: Acknowledged[] = [];

  constructor(
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly producer: EventProducer,
    private readonly env: ServiceEnv,
    private readonly logger: Logger,
    private readonly tracing: Tracing = new Tracing(),
  ) {}

  /** Whether an event of this item is on its way to the broker or not yet marked, so that a later one may queue behind it. */
  isSaying(contentId: string): boolean {
    return this.saying.has(contentId);
  }

  /**
   * Says documents in the order given; with `owner` they are marked before it returns, and only those still under
   * that sweep's claim.
   *
   * @throws UnavailableError; what is unsaid then stays so and is said again.
   */
  async say(documents: StageDocument[], owner?: string): Promise<void> {
    if (documents.length === 0) return;
    await this.store.settle(documents);
    if (this.env.WIREROOM_PLANT_BUG === 'mark-before-ack') await this.markBeforeAck(documents);
    crashAt('after-persist', this.env);
    this.count(documents, 1);
    try {
      const startedAt = traceClock();
      const places = await this.producer.sendAll(documents.map((document) => this.store.eventOf(document)));
      crashAt('after-produce', this.env);
      this.tracing.said(documents, places, startedAt);
      const acknowledged = documents.map((document, index) => this.acknowledge(document, places[index]!));
      if (owner === undefined) this.markSoon(acknowledged);
      else await this.store.markSaid(acknowledged, owner);
    } finally {
      this.count(documents, -1);
    }
  }

  /** Says documents in the background; what fails or finds the queue full is left to the sweeper. */
  sayLater(documents: StageDocument[]): void {
    if (documents.length === 0 || this.producer.pending > MAX_WAITING) return;
    const work = this.say(documents)
      .catch((error: unknown) => this.logger.warn({ err: error, count: documents.length }, 'left to the sweeper'))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Waits for everything said in the background, and for the marks. */
  async flush(): Promise<void> {
    await Promise.all(this.underWay);
    await this.marking.now();
  }

  private acknowledge(document: StageDocument, place: TopicPlace): Acknowledged {
    return { _id: document._id, contentId: document.contentId, place, batch: this.store.batchPlaceOf(document) };
  }

  private markSoon(acknowledged: Acknowledged[]): void {
    this.count(acknowledged, 1);
    this.acknowledged.push(...acknowledged);
    this.marking.soon();
  }

  private async markAcknowledged(): Promise<void> {
    const documents = this.acknowledged.splice(0);
    try {
      await this.store.markSaid(documents);
      if (documents.length > 0) crashAt('after-mark', this.env);
    } catch (error) {
      this.logger.warn({ err: error, count: documents.length }, 'not marked as said; the sweeper will say them again');
    } finally {
      this.count(documents, -1);
    }
  }

  private count(documents: { contentId: string }[], by: 1 | -1): void {
    for (const { contentId } of documents) {
      const now = (this.saying.get(contentId) ?? 0) + by;
      if (now === 0) this.saying.delete(contentId);
      else this.saying.set(contentId, now);
    }
  }

  /** The planted bug of that name, for the tests that must catch it. */
  private markBeforeAck(documents: StageDocument[]): Promise<void> {
    const place = { topic: '', partition: 0, offset: '0' };
    return this.store.markSaid(documents.map((document) => this.acknowledge(document, place)));
  }
}
