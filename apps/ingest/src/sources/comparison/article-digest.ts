import type { ArticleData } from '@wireroom/contracts';
import { ExtractionError, extractArticle, parseSiteRule } from '@wireroom/extraction';
import { type TextSignature, signatureOf, similarity } from '@wireroom/enrichment/signature';
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
 * Share of their three-word shingles (Jaccard, by MinHash) from which two texts are the same told twice: a credit of
 * fifteen words under a text of a hundred is let through, a paragraph more is not.
 */
const SAME_TEXT = 0.85;

/** What an article says, short enough to be compared. */
export interface ArticleDigest {
  /** SHA-256 (hex) of all that its readers read. */
  words: string;
  /** Of its text alone, by which near copies are told. */
  text: TextSignature;
}

/**
 * Digest of what the article of a page says to its readers: what stands around it, and addresses, dates and tags that go
 * with it, don't count. Undefined for a page without an article, or one that can't be read.
 */
export function articleDigestOf({ siteRule, ...page }: PageTask): ArticleDigest | undefined {
  try {
    const extraction = extractArticle({ ...page, rules: siteRule === undefined ? [] : [parseSiteRule(siteRule)] });
    if (extraction.kind !== 'article') return undefined;
    const { article } = extraction;
    return { words: textDigestOf(wordsOf(article)), text: signatureOf(textOf(article)) };
  } catch (error) {
    if (error instanceof ExtractionError) return undefined;
    throw error;
  }
}

/** Whether two articles tell one text, whatever stands above it (headline, byline) and with a line of credit or without. */
export function tellSameText(a: ArticleDigest, b: ArticleDigest): boolean {
  return similarity(a.text, b.text).jaccard >= SAME_TEXT;
}

function textOf({ paragraphs, liveEntries = [] }: ArticleData): string {
  return [...paragraphs, ...liveEntries].map(({ text }) => text).join('\n\n');
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
