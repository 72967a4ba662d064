import { Inject, Injectable } from '@nestjs/common';
import { Fetcher } from '@wireroom/fetching';
import { nextCheck } from './check-schedule.js';
import { PageComparison, pageOf } from './comparison/page-comparison.js';
import { ItemDoor } from './item-door.js';
import { type ItemIdentity, ItemMemory } from './item-memory.js';
import type { Loaded } from './kinds/kind.js';
import { loadPage } from './kinds/load-page.js';
import type { ItemEnding } from './ledger-row.js';
import type { PollProgress } from './poll-progress.js';
import { fetcherFor, waiverOf } from './robots-waiver.js';
import type { SourceDocument, SourceItem } from './source.schema.js';
import type { SourceFetcher } from './source-fetcher.js';

/** Pages looked at after one poll at most. */
const MAX_CHECKS = 50;
/** Looks in a row that must find a page missing (404) before its item is taken back; 410 says it at once. */
const MISSING_TIMES = 2;

/** Looks again at the pages of items that were taken: a changed page is an update, one that is gone a retraction. */
@Injectable()
export class PageWatch {
  constructor(
    @Inject(ItemMemory) private readonly memory: Pick<ItemMemory, 'dueForCheck' | 'identityOf' | 'remember'>,
    @Inject(ItemDoor) private readonly door: Pick<ItemDoor, 'revise' | 'takeBack'>,
    @Inject(Fetcher) private readonly fetcher: SourceFetcher,
    @Inject(PageComparison) private readonly comparison: Pick<PageComparison, 'saysTheSame'>,
  ) {}

  /** Looks at the pages of a source that are due. Each leaves a row in the ledger. @throws UnavailableError */
  async look(source: SourceDocument, progress: PollProgress, signal: AbortSignal): Promise<void> {
    if (!source.spec.watchPages) return;
    for (const item of await this.memory.dueForCheck(source._id, new Date(), MAX_CHECKS)) {
      if (signal.aborted) return;
      await this.check(source, item, progress, signal);
    }
  }

  private async check(
    source: SourceDocument,
    item: SourceItem,
    progress: PollProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const identity = await this.memory.identityOf(item.contentId);
    if (!identity || !item.page) return;
    const request = { purpose: 'watch', fetcher: fetcherFor(source.spec, this.fetcher), signal } as const;
    const loaded = await loadPage(item.page.url, request, item.page);
    if (signal.aborted) return;
    const { ending, after } = await this.decide(source, item, identity, loaded);
    const now = new Date();
    await this.memory.remember({
      ...after,
      checkedAt: now,
      checkAt: after.state === 'retracted' ? undefined : nextCheck(source.spec, after, now),
    });
    await progress.begin(loaded.facts!);
    progress.count(item.label, ending);
    await progress.close();
  }

  private async decide(
    source: SourceDocument,
    item: SourceItem,
    identity: ItemIdentity,
    loaded: Loaded,
  ): Promise<{ ending: ItemEnding; after: SourceItem }> {
    switch (loaded.outcome) {
      case 'not-modified':
        return { ending: { outcome: 'duplicate' }, after: { ...item, missing: 0 } };
      case 'loaded': {
        if (!item.isPage)
          return { ending: { outcome: 'duplicate' }, after: { ...item, missing: 0, page: loaded.page } };
        const after = { ...item, missing: 0, page: loaded.page, textDigest: loaded.textDigest };
        const isSame =
          item.textDigest === loaded.textDigest || (await this.comparison.saysTheSame(identity, pageOf(loaded)));
        if (isSame) return { ending: { outcome: 'duplicate' }, after };
        return { ending: await this.submitUpdate(source, item, identity, loaded), after };
      }
      case 'gone': {
        const missing = item.missing + 1;
        if (loaded.status !== 410 && missing < MISSING_TIMES) {
          const reason = 'its page is not there; a second look will tell';
          return {
            ending: { outcome: 'rejected', code: 'page-missing', reason, again: true },
            after: { ...item, missing },
          };
        }
        const ending = await this.door.takeBack(source, identity);
        return { ending, after: { ...item, missing, state: 'retracted' } };
      }
      case 'failed': {
        const { code, reason } = loaded;
        return { ending: { outcome: 'rejected', code, reason, again: true }, after: item };
      }
    }
  }

  private submitUpdate(
    source: SourceDocument,
    { publishedAt, metadata }: SourceItem,
    identity: ItemIdentity,
    { bytes, contentType, metadata: ofPage }: Extract<Loaded, { outcome: 'loaded' }>,
  ): Promise<ItemEnding> {
    const bodyBase64 = Buffer.from(bytes).toString('base64');
    return this.door.revise(source, identity, {
      kind: 'update',
      contentType,
      bodyBase64,
      publishedAt,
      metadata: { ...metadata, ...ofPage, ...waiverOf(source.spec) },
    });
  }
}
