import type { Logger, ServiceEnv } from '@wireroom/platform';
import type { EventProducer } from './event-producer.js';
import { crashAt } from './faults.js';
import type { StageDocument } from './stage-document.js';
import type { StageStore } from './stage-store.js';

/** Stored documents waiting to be said in the background; beyond it they are left to the sweeper. */
const MAX_WAITING = 5000;

/** Says what stored documents say, and marks them said once the broker has acknowledged it. */
export class Relay {
  private readonly saying = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly producer: EventProducer,
    private readonly env: ServiceEnv,
    private readonly logger: Logger,
  ) {}

  /** Whether an event of this item is on its way to the broker, so that a later one may queue behind it. */
  isSaying(contentId: string): boolean {
    return this.saying.has(contentId);
  }

  /**
   * Says documents in the order given; with `owner` only those still under that sweep's claim are marked.
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
      const places = await this.producer.sendAll(documents.map((document) => this.store.eventOf(document)));
      crashAt('after-produce', this.env);
      const said = documents.map(({ _id }, index) => ({ _id, place: places[index]! }));
      await this.store.markSaid(said, owner);
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

  /** Waits for everything said in the background. */
  async flush(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private count(documents: StageDocument[], by: 1 | -1): void {
    for (const { contentId } of documents) {
      const now = (this.saying.get(contentId) ?? 0) + by;
      if (now === 0) this.saying.delete(contentId);
      else this.saying.set(contentId, now);
    }
  }

  /** The planted bug of that name, for the tests that must catch it. */
  private markBeforeAck(documents: StageDocument[]): Promise<void> {
    return this.store.markSaid(documents.map(({ _id }) => ({ _id, place: { topic: '', partition: 0, offset: '0' } })));
  }
}
