import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundLoop, LOGGER, Metrics, Relay, reportTo } from '@wireroom/pipeline';
import { type Logger, UnavailableError } from '@wireroom/platform';
import { Counter } from 'prom-client';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContentReader } from '../content-reader.js';
import type { EnrichedItem } from '../enriched-item.schema.js';
import { EnrichedItemStore } from '../enriched-item.store.js';
import { Lane, type LaneResult, type LaneWorker, isChanged } from './lane.js';
import type { ReprocessJob } from './reprocess-job.schema.js';
import { type ChunkCounts, ReprocessJobs } from './reprocess-jobs.js';
import { type ItemHead, StoredItems, isChosen } from './stored-items.js';

/** Items done between two records of how far the job is; what a kill makes one do again at most. */
const CHUNK = 20;
/** Read for each chunk: some items have several revisions, and a filter leaves some out. */
const ROWS = 100;
const POLL_MS = 1000;
/** Live items go first, but not for ever: a line that never rests must not keep a job from its end. */
const MOST_PATIENCE_MS = 500;

/** What is read for one chunk: the items to do, and how far that goes. */
interface Chunk {
  heads: ItemHead[];
  seen: number;
  cursor: string;
}

/**
 * Works on the reprocessing that runs, if no other instance does: a chunk of items in the order of their ids, then a
 * record of how far it is. After a kill another instance goes on from that record; the items of the chunk that was
 * under way carry the job's id by then, so they are counted and not processed once more.
 */
@Injectable()
export class ReprocessRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly owner = randomUUID();
  private readonly loop: BackgroundLoop;
  private readonly outcomes: Counter<'outcome'>;

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: ReprocessJobs,
    private readonly items: StoredItems,
    private readonly lane: Lane,
    private readonly store: EnrichedItemStore,
    private readonly relay: Relay,
    private readonly reader: ContentReader,
    metrics: Metrics,
  ) {
    this.loop = new BackgroundLoop({
      turn: () => this.runNext(),
      everyMs: POLL_MS,
      onError: reportTo(logger, 'reprocessing interrupted; going on when possible'),
    });
    this.outcomes = new Counter({
      name: 'wireroom_reprocessed_total',
      help: 'Items processed again by how they ended',
      labelNames: ['outcome'] as const,
      registers: [metrics.registry],
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  private async runNext(): Promise<void> {
    const job = await this.jobs.claim(this.owner);
    if (job) await this.run(job);
  }

  /** Until the job ends, is stopped, goes to another instance, or this one is to stop. */
  private async run(job: ReprocessJob): Promise<void> {
    const worker = this.lane.open();
    try {
      for (let current: ReprocessJob | undefined = job; current;) {
        if (this.loop.signal.aborted) return await this.jobs.release(current, this.owner);
        current = await this.runChunk(worker, current);
      }
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      await this.jobs.fail(job, this.owner, error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      await worker.close();
    }
  }

  private async runChunk(worker: LaneWorker, job: ReprocessJob): Promise<ReprocessJob | undefined> {
    const began = performance.now();
    const chunk = await this.nextChunk(job);
    if (!chunk) {
      await this.jobs.finish(job, this.owner);
      this.logger.info({ job: job._id }, 'reprocessing done');
      return undefined;
    }
    await this.letLiveItemsPass();
    const counts = await this.process(worker, job, chunk);
    for (const outcome of ['changed', 'unchanged', 'failed'] as const) this.outcomes.inc({ outcome }, counts[outcome]);
    await this.pace(began, chunk.heads.length, job.rate);
    return this.jobs.advance(job, this.owner, chunk.cursor, counts);
  }

  private async nextChunk({ cursor, filter, rate }: ReprocessJob): Promise<Chunk | undefined> {
    const rows = await this.items.headsAfter(cursor ?? '', ROWS);
    if (rows.length === 0) return undefined;
    const limit = Math.min(CHUNK, rate);
    const heads: ItemHead[] = [];
    let seen = 0;
    for (; seen < rows.length && heads.length < limit; seen++) {
      if (isChosen(rows[seen]!, filter)) heads.push(rows[seen]!);
    }
    return { heads, seen, cursor: rows[seen - 1]!.contentId };
  }

  private async process(worker: LaneWorker, job: ReprocessJob, { heads, seen }: Chunk): Promise<ChunkCounts> {
    const documents = await this.items.read(heads);
    const done = documents.filter(({ reprocessedBy }) => reprocessedBy === job._id);
    const results = await this.lane.run(
      worker,
      documents.filter((document) => !done.includes(document)),
      job.steps,
    );
    const sound = results.filter(({ failures }) => failures.length === 0);
    const changed = sound.filter(isChanged);
    const refused = job.dryRun ? 0 : await this.keep(job, changed, done);
    return {
      seen,
      changed: changed.length + done.length - refused,
      unchanged: sound.length - changed.length,
      failed: results.length - sound.length + refused,
    };
  }

  /**
   * Stores and says what is another now, and says what a kill left unsaid.
   *
   * @returns how many were refused, since their events would break the contract
   */
  private async keep(job: ReprocessJob, changed: LaneResult[], done: EnrichedItem[]): Promise<number> {
    const next = changed.map(({ item, after }) => {
      return this.store.nextProcessingOf(item, { ...after, reprocessedBy: job._id });
    });
    const persisted = await this.store.keep(next);
    const kept = persisted.flatMap((one) => (one.ending === 'done' && one.document ? [one.document] : []));
    const left = await this.store.unsaidAmong(done.map(({ _id }) => _id));
    await this.relay.say([...kept.filter(({ said }) => !said), ...left]);
    return next.length - kept.length;
  }

  private async letLiveItemsPass(): Promise<void> {
    const until = performance.now() + MOST_PATIENCE_MS;
    while (this.reader.isBusy && performance.now() < until) await sleep(10);
  }

  /** Waits until as long has passed as so many items may take. */
  private async pace(began: number, items: number, rate: number): Promise<void> {
    await this.loop.pause((items / rate) * 1000 - (performance.now() - began));
  }
}
