import type { ArticleData } from '@wireroom/contracts';
import { ExtractionError, extractArticle, parseSiteRule } from '@wireroom/extraction';
import { textDigestOf } from '../digests.js';

/** A page as the extraction reads it. */
export interface PageTask {
  bytes: Uint8Array;
  contentType?: string;
  url?: string;
  /** The rule for the page's site, as it stands in its file. */
  siteRule?: object;
}

/**
 * Digest of what the article of a page says to its readers: what stands around it, and addresses, dates and tags that go
 * with it, don't count. Undefined for a page without an article, or one that can't be read.
 */
export function articleDigestOf({ siteRule, ...page }: PageTask): string | undefined {
  try {
    const extraction = extractArticle({ ...page, rules: siteRule === undefined ? [] : [parseSiteRule(siteRule)] });
    return extraction.kind === 'article' ? textDigestOf(wordsOf(extraction.article)) : undefined;
  } catch (error) {
    if (error instanceof ExtractionError) return undefined;
    throw error;
  }
}

function wordsOf(article: ArticleData): string[] {
  const { title = '', alternativeTitle = '', byline = '', dateline = '', paragraphs, liveEntries = [] } = article;
  return [
    title,
    alternativeTitle,
    byline,
    dateline,
    article.completeness,
    article.leadImage?.caption ?? '',
    ...paragraphs.map(({ role, text }) => `${role} ${text}`),
    ...liveEntries.map((entry) => `${entry.title ?? ''} ${entry.text}`),
  ];
}
