import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LOGGER, PermanentError, TransientError, WorkerPool } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { WatchedRules, rulesLog } from '@wireroom/site-rules';
import { IngestEnv } from '../../ingest.env.js';
import { RawItemStore } from '../../raw-item.store.js';
import type { ItemIdentity } from '../item-memory.js';
import type { Loaded } from '../kinds/kind.js';
import { type ArticleDigest, type PageTask, tellSameText } from './article-digest.js';

type Item = Pick<ItemIdentity, 'contentId' | 'copyOf'>;

/** A page that was fetched. */
export type FetchedPage = Pick<PageTask, 'bytes' | 'contentType' | 'url'>;

/** What was loaded of an item, as a page to compare. */
export function pageOf({ bytes, contentType, page, addresses }: Extract<Loaded, { outcome: 'loaded' }>): FetchedPage {
  return { bytes, contentType, url: page?.url ?? addresses[0] };
}

/** A page costs about 20 ms, and pages that change are few: one process, which starts when the first one does. */
const LIMITS = { workers: 1, deadlineMs: 10_000, maxOldSpaceMb: 256 };

/**
 * Tells a change of an article from one of what stands around it: counters, other headlines, advertisements, tokens.
 * Both pages are read by the same extraction at the same moment, so that a better extraction is no change either.
 */
@Injectable()
export class PageComparison implements OnModuleInit, OnApplicationShutdown {
  private readonly pool = new WorkerPool<PageTask, ArticleDigest | undefined>({
    worker: new URL('./article-digest.worker.js', import.meta.url),
    ...LIMITS,
  });
  private rules: WatchedRules | undefined;

  constructor(
    @Inject(RawItemStore) private readonly originals: Pick<RawItemStore, 'latestOriginal'>,
    private readonly env: IngestEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws RulesFolderError when a site rule can't be used. */
  async onModuleInit(): Promise<void> {
    const dir = this.env.RULES_DIR;
    if (dir !== undefined) this.rules = await WatchedRules.open(dir, rulesLog(dir, this.logger));
  }

  /**
   * Whether the article of a page says what the item's latest revision says; of a copy, whether it still tells the text
   * of its original, whatever the headline, byline or a line of credit. Where one of the two holds no article, or
   * can't be read within the limits, they count as different: enrichment will tell.
   *
   * @throws UnavailableError when storage is away.
   */
  async saysTheSame({ contentId, copyOf }: Item, page: FetchedPage): Promise<boolean> {
    const before = await this.originals.latestOriginal(copyOf ?? contentId);
    if (!before || before.bytes.length === 0) return false;
    const url = copyOf === undefined ? page.url : before.url;
    const [was, is] = await Promise.all([this.digestOf({ ...before, url }), this.digestOf(page)]);
    if (!was || !is) return false;
    return copyOf === undefined ? was.words === is.words : tellSameText(was, is);
  }

  async onApplicationShutdown(): Promise<void> {
    this.rules?.close();
    await this.pool.close();
  }

  private async digestOf({ bytes, contentType, url }: FetchedPage): Promise<ArticleDigest | undefined> {
    try {
      return await this.pool.run({ bytes, contentType, url, siteRule: this.rules?.sourceFor(url) });
    } catch (error) {
      if (error instanceof PermanentError || error instanceof TransientError) return undefined;
      throw error;
    }
  }
}
