import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type BooksState, STAGES, type StageName } from '@wireroom/contracts';
import { BackgroundLoop, LOGGER, MONGO } from '@wireroom/pipeline';
import { type Logger, UnavailableError, whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { StageData } from '../stages/stage-data.js';
import { Books } from './books.js';
import { type StageChanges, type StageFeed, StageFeeds } from './stage-feed.js';
import type { BooksPosition } from './tally.schema.js';

/** Rises when rows or sums are derived otherwise: then the books are emptied and everything is counted again. */
const BOOKS_VERSION = 3;
const CHUNK = 500;
const AGAIN_AFTER_MS = 1000;
const KEEP_EVERY_MS = 60_000;
/** How often what is in flight is looked at without being told of a change, and how much of it at most. */
const LOOK_EVERY_MS = 15_000;
const LOOK_AT = 1000;
/** How much of everything is looked at again, and how often: a million items in about fourteen hours. */
const VERIFY_EVERY_MS = 5000;
const VERIFY = 100;
const COUNTED = 'count';
/** Errors of a change stream that can't go on where it was: its place is out of the oplog, or of another database. */
const LOST_PLACE = new Set([280, 286, 260, 40576]);

/**
 * Keeps the books up to date: by change streams from where it was, after one full count. Streams only make it fast.
 * What counts is reading the stages: all that is in flight again and again, and everything slowly round and round.
 */
@Injectable()
export class Bookkeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop = new BackgroundLoop({
    turn: () => this.follow(),
    everyMs: AGAIN_AFTER_MS,
    onError: (error) => this.report(error),
  });
  private readonly positions: Model<BooksPosition>;
  private state: BooksState = { state: 'away' };
  private nextKeep = 0;
  private nextLook = 0;
  private nextVerify = 0;
  private verified = '';

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly stages: StageData,
    private readonly feeds: StageFeeds,
    private readonly books: Books,
  ) {
    this.positions = mongo.model<BooksPosition>('BooksPosition');
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** How far the books are. */
  get progress(): BooksState {
    return this.state;
  }

  /** Whether every change up to a moment ago is in the books. */
  get isFollowing(): boolean {
    return this.state.state === 'following';
  }

  /** Streams are opened before anything is counted, so that nothing falls between the two. */
  private async follow(): Promise<void> {
    const positions = new Map((await this.allPositions()).map((position) => [position._id, position]));
    const count = positions.get(COUNTED);
    const isOfToday = count?.version === BOOKS_VERSION;
    const isCounted = isOfToday && count.countedAt !== undefined;
    const goesOn = isCounted && STAGES.every((stage) => positions.get(stage)?.token !== undefined);
    const feeds = STAGES.map((stage) => this.feeds.open(stage, goesOn ? positions.get(stage)?.token : undefined));
    try {
      this.nextKeep = 0;
      if (!isOfToday) await this.beginAnew();
      if (!goesOn) await this.countAll();
      while (!this.loop.signal.aborted) {
        await this.enterChanges(feeds);
        await this.lookAtWhatIsInFlight();
        await this.verifySome();
      }
    } finally {
      await Promise.all(feeds.map((feed) => feed.close()));
    }
  }

  private async enterChanges(feeds: StageFeed[]): Promise<void> {
    const readAt = new Date();
    const changes = await Promise.all(feeds.map((feed) => feed.read()));
    await this.enterAll([...new Set(changes.flatMap(({ contentIds }) => [...contentIds]))]);
    await this.keepPositions(feeds, changes);
    const isComplete = changes.every(({ isUpToDate }) => isUpToDate);
    const completeUntil = isComplete ? readAt.toISOString() : this.state.completeUntil;
    this.state = { state: 'following', completeUntil };
  }

  private allPositions(): Promise<BooksPosition[]> {
    return whileMongoIsThere(() => this.positions.find().lean());
  }

  /** Also where nothing changed, now and then: an old place falls out of the oplog. */
  private async keepPositions(feeds: StageFeed[], changes: StageChanges[]): Promise<void> {
    const isDue = Date.now() >= this.nextKeep;
    if (isDue) this.nextKeep = Date.now() + KEEP_EVERY_MS;
    for (const [index, { token, contentIds }] of changes.entries()) {
      if (contentIds.size === 0 && !isDue) continue;
      const _id = feeds[index]!.stage;
      await whileMongoIsThere(() => this.positions.updateOne({ _id }, { $set: { token } }, { upsert: true }));
    }
  }

  private async enterAll(contentIds: string[]): Promise<number> {
    let changed = 0;
    for (let start = 0; start < contentIds.length; start += CHUNK) {
      changed += await this.books.enter(contentIds.slice(start, start + CHUNK));
    }
    return changed;
  }

  /** Sums of rows as they were derived before would never be put right: rows that are the same change no sum. */
  private async beginAnew(): Promise<void> {
    await this.books.clear();
    const begun = { $set: { version: BOOKS_VERSION }, $unset: { countedAt: 1 } };
    await whileMongoIsThere(() => this.positions.updateOne({ _id: COUNTED }, begun, { upsert: true }));
  }

  /** Goes through everything the stages hold. */
  private async countAll(): Promise<void> {
    const ofAbout = await whileMongoIsThere(() => this.stages.documents('ingest').estimatedDocumentCount());
    this.logger.info({ items: ofAbout }, 'counting everything stored');
    let counted = 0;
    for (const stage of STAGES) {
      let after = '';
      for (;;) {
        if (this.loop.signal.aborted) return;
        const contentIds = await this.contentIdsAfter(stage, after, CHUNK);
        if (contentIds.length === 0) break;
        after = contentIds.at(-1)!;
        // What ingest holds was entered with all that later stages hold of it.
        await this.enterAll(stage === 'ingest' ? contentIds : await this.unknownAmong(contentIds));
        if (stage === 'ingest') counted += contentIds.length;
        this.state = { state: 'counting', counted, ofAbout };
      }
    }
    await whileMongoIsThere(() => this.positions.updateOne({ _id: COUNTED }, { $set: { countedAt: new Date() } }));
    this.logger.info({ items: counted }, 'counted everything stored');
  }

  /** The next items of a stage in the order of their ids, from its index alone. */
  private async contentIdsAfter(stage: StageName, after: string, limit: number): Promise<string[]> {
    const rows = await whileMongoIsThere(() =>
      this.stages
        .documents(stage)
        .find({ contentId: { $gt: after } })
        .project<{ contentId: string }>({ _id: 0, contentId: 1 })
        .sort({ contentId: 1, revision: -1, processingVersion: -1 })
        .limit(limit)
        .toArray(),
    );
    return [...new Set(rows.map(({ contentId }) => contentId))];
  }

  private async unknownAmong(contentIds: string[]): Promise<string[]> {
    const rows = await whileMongoIsThere(() =>
      this.books.items
        .find({ contentId: { $in: contentIds } })
        .project<{ contentId: string }>({ _id: 0, contentId: 1 })
        .toArray(),
    );
    const known = new Set(rows.map(({ contentId }) => contentId));
    return contentIds.filter((contentId) => !known.has(contentId));
  }

  private async lookAtWhatIsInFlight(): Promise<void> {
    if (Date.now() < this.nextLook) return;
    this.nextLook = Date.now() + LOOK_EVERY_MS;
    const rows = await whileMongoIsThere(() =>
      this.books.items
        .find({ outcome: 'in-flight', at: { $lt: new Date(Date.now() - LOOK_EVERY_MS) } })
        .project<{ contentId: string }>({ contentId: 1 })
        .sort({ at: 1 })
        .limit(LOOK_AT)
        .toArray(),
    );
    const changed = await this.enterAll([...new Set(rows.map(({ contentId }) => contentId))]);
    if (changed > 0) this.logger.warn({ changed }, 'found changes that no stream had told of');
  }

  private async verifySome(): Promise<void> {
    if (Date.now() < this.nextVerify) return;
    this.nextVerify = Date.now() + VERIFY_EVERY_MS;
    const contentIds = await this.contentIdsAfter('ingest', this.verified, VERIFY);
    this.verified = contentIds.at(-1) ?? '';
    await this.enterAll(contentIds);
  }

  private async report(error: unknown): Promise<void> {
    this.state = { ...this.state, state: 'away' };
    const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown };
    if (error instanceof UnavailableError) {
      this.logger.warn({ err: error }, 'the books wait');
    } else if (typeof code === 'number' && LOST_PLACE.has(code)) {
      this.logger.warn({ err: error }, 'a change stream lost its place: counting everything again');
      await this.positions.deleteMany({ _id: { $ne: COUNTED } }).catch(() => undefined);
    } else {
      this.logger.error({ err: error }, 'keeping the books failed; trying again');
    }
  }
}
