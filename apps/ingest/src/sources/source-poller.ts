import { Inject, Injectable } from '@nestjs/common';
import { Fetcher } from '@wireroom/fetching';
import { LOGGER } from '@wireroom/pipeline';
import { type Logger, UnavailableError } from '@wireroom/platform';
import { ContentDoor } from './content-door.js';
import { FetchLedger } from './fetch-ledger.js';
import { ItemTaker, type Taken } from './item-taker.js';
import { type Finding, type FoundItem, type Reading, SourceError } from './kinds/kind.js';
import { kindOf } from './kinds/kinds.js';
import { PageWatch } from './page-watch.js';
import { PollProgress } from './poll-progress.js';
import { type PollOutcome, nextPoll } from './schedule.js';
import { pushStateOf } from './push-state.js';
import { fetcherFor } from './robots-waiver.js';
import type { SourceDocument } from './source.schema.js';
import { type Claim, LEASE_MS, LeaseLost, type PollEnd, SourceStore } from './source.store.js';
import type { SourceFetcher } from './source-fetcher.js';

/** Pages fetched in one poll at most; what is left is taken in the next, which follows at once. */
const MAX_PAGES = 100;
/** Answers of 410 in a row after which a source is not polled any more. */
const GONE_AFTER = 3;
/** The fetcher's own pauses: nothing is wrong with the source. */
const POSTPONED = new Set(['host-busy', 'circuit-open']);

/** How a poll ended as a whole. */
interface Ending {
  unfinished: boolean;
  failure?: SourceError;
}

/**
 * Polls one source: reads it by its kind, hands each item on, and moves the source's state on last of all. Whatever
 * stops it before that, the next poll finds the same again and drops what it knows.
 */
@Injectable()
export class SourcePoller {
  constructor(
    @Inject(SourceStore)
    private readonly store: Pick<SourceStore, 'renew' | 'finish' | 'release' | 'recall' | 'remember'>,
    @Inject(FetchLedger) private readonly ledger: Pick<FetchLedger, 'put'>,
    @Inject(ItemTaker) private readonly taker: Pick<ItemTaker, 'take'>,
    @Inject(ContentDoor) private readonly door: Pick<ContentDoor, 'submit'>,
    @Inject(PageWatch) private readonly watch: Pick<PageWatch, 'look'>,
    @Inject(Fetcher) private readonly fetcher: SourceFetcher,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Polls a claimed source once. Stopped by the signal, it gives the claim back.
   *
   * @throws UnavailableError when our servers are away; the claim then runs out by itself.
   */
  async poll(claim: Claim, stop: AbortSignal): Promise<void> {
    // Not AbortSignal.any: one that lives as long as the process would gather a dependent for every poll.
    const ended = new AbortController();
    const { signal } = ended;
    const end = (): void => ended.abort();
    stop.addEventListener('abort', end);
    const renewal = setInterval(() => void this.renew(claim, ended), LEASE_MS / 3);
    try {
      const progress = new PollProgress(claim.source, this.ledger);
      const ending = await this.read(claim, progress, signal);
      if (signal.aborted) await this.store.release(claim, progress.totals);
      else await this.store.finish(claim, endOf(claim, progress, ending));
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.logger.warn({ source: claim.source._id }, 'another instance polls the source now');
    } finally {
      clearInterval(renewal);
      stop.removeEventListener('abort', end);
    }
  }

  private async read(claim: Claim, progress: PollProgress, signal: AbortSignal): Promise<Ending> {
    const { source } = claim;
    try {
      const isWhole = await this.readAll(source, progress, signal);
      await progress.close();
      if (isWhole) await this.watch.look(source, progress, signal);
      return { unfinished: !isWhole };
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      if (signal.aborted) {
        await progress.close();
        return { unfinished: true };
      }
      const failure = error instanceof SourceError ? error : this.unexpected(source, error);
      if (failure.details.facts) await progress.fail(failure.code, failure.message, failure.details.facts);
      else await progress.close();
      return { unfinished: false, failure };
    }
  }

  /** @returns whether all of the source was read. */
  private async readAll(source: SourceDocument, progress: PollProgress, signal: AbortSignal): Promise<boolean> {
    const reading = this.readingOf(source, signal);
    for await (const finding of kindOf(source.spec.kind).read(reading)) {
      await this.handle(source, finding, progress, reading.now);
      if (signal.aborted || progress.pages >= MAX_PAGES) return false;
    }
    return true;
  }

  private async handle(source: SourceDocument, finding: Finding, progress: PollProgress, now: Date): Promise<void> {
    switch (finding.type) {
      case 'fetch':
        return progress.begin(finding.facts);
      case 'item':
        return progress.take(finding.item.label, () => this.takeOrReport(source, finding.item, now));
      case 'submission':
        return progress.take(finding.label, async () => ({ ending: await this.door.submit(finding.submission) }));
      case 'reject': {
        const { code, reason } = finding;
        return progress.count(finding.label, { outcome: 'rejected', code, reason, again: false });
      }
      case 'mark':
        if (await progress.settle()) await this.store.remember(source._id, finding.marks);
        return;
      case 'done':
        if (await progress.settle()) await finding.run();
        return;
    }
  }

  /** A fault of ours with one item must not keep the others out. */
  private async takeOrReport(source: SourceDocument, item: FoundItem, now: Date): Promise<Taken> {
    try {
      return await this.taker.take(source, item, now);
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      this.logger.error({ err: error, source: source._id }, 'an item could not be taken');
      const reason = 'an unexpected error; it has been logged';
      return { ending: { outcome: 'rejected', code: 'unexpected', reason, again: true } };
    }
  }

  private readingOf(source: SourceDocument, signal: AbortSignal): Reading {
    const { spec, permanentUrl, _id } = source;
    return {
      spec,
      address: permanentUrl ?? spec.address,
      fetcher: fetcherFor(spec, this.fetcher),
      signal,
      now: new Date(),
      recall: (keys) => this.store.recall(_id, keys),
    };
  }

  private async renew(claim: Claim, ended: AbortController): Promise<void> {
    await this.store.renew(claim).catch((error: unknown) => {
      // A server that is away may be back before the lease has run out.
      if (error instanceof LeaseLost) ended.abort(error);
    });
  }

  private unexpected(source: SourceDocument, cause: unknown): SourceError {
    this.logger.error({ err: cause, source: source._id }, 'poll failed');
    return new SourceError('unexpected', 'an unexpected error; it has been logged', { cause });
  }
}

/** What a poll leaves behind in its source. */
function endOf({ source }: Claim, progress: PollProgress, { unfinished, failure }: Ending): PollEnd {
  const { totals: counts, root, heldUntil } = progress;
  const isPostponed = failure !== undefined && POSTPONED.has(failure.code);
  const broughtNews = counts.added + counts.changed + counts.retracted > 0;
  const outcome: PollOutcome = {
    failed: failure !== undefined,
    postponed: isPostponed,
    unfinished,
    broughtNews,
    push: pushStateOf(source, broughtNews, Date.now()),
    notBeforeMs: failure?.details.retryAfterMs ?? root?.notBeforeMs,
    heldForMs: heldUntil && heldUntil.getTime() - Date.now(),
  };
  const next = nextPoll(source.spec, source, outcome, Math.random);
  const isGone = failure?.details.gone && next.errorStreak >= GONE_AFTER;
  return {
    next,
    counts,
    permanentUrl: root?.permanentUrl,
    push: root?.outcome === 'fetched' ? (root.push ?? null) : undefined,
    ...(failure && !isPostponed ? { failure: { code: failure.code, reason: failure.message, at: new Date() } } : {}),
    ...(isGone ? { pauseBecause: 'its address answers 410: it is gone for good' } : {}),
  };
}
