import type { ArticleData, ParagraphData, ProvenanceData, SpanData } from '@wireroom/contracts';
import { blockProbabilities, selectBody } from '../body/body.js';
import type { ChosenBlock } from '../body/chosen-block.js';
import { linkedBody } from '../body/linked-body.js';
import { regionOf } from '../body/region.js';
import { findAuthors } from '../fields/authors.js';
import { completenessOf } from '../fields/completeness.js';
import { datelineOf } from '../fields/dateline.js';
import { findDates } from '../fields/dates.js';
import { findLiveEntries } from '../fields/live-entries.js';
import {
  findCanonicalUrl,
  findDeclaredLanguage,
  findEmbeds,
  findLeadImage,
  findSiteName,
  findTaxonomy,
} from '../fields/site.js';
import { findTitle, guessTitle } from '../fields/title.js';
import { notArticle, type NotArticle } from '../page-kind.js';
import { readPage, type Page } from '../page.js';
import { ProvenanceLog } from '../provenance.js';
import { judgeQuality } from '../quality.js';
import type { SiteRule } from '../rules/site-rules.js';
import { countWords } from '../text.js';
import type { Block } from './blocks.js';
import { pathOf } from './document.js';
import type { Found } from './structured-data.js';

/** What is known of a page besides its text. */
export interface PageContext {
  url?: string;
  /** Response headers by lower-case name. */
  headers?: Record<string, string>;
  /** When a feed or sitemap says it was published. */
  publishedAt?: string;
  rules?: readonly SiteRule[];
}

/** Text of a page that its readers don't see; offsets in the decoded original. */
export interface HiddenText {
  text: string;
  span: SpanData;
  /** It stands in the middle of a paragraph of which the rest is seen. */
  isWithin?: boolean;
}

/** Blocks that lost by less than this are kept in the provenance, to show how close it was. */
const NEARLY = 0.1;
const MOST_REJECTED = 200;
const HIDDEN = { words: 8, passages: 100, characters: 5000 };
/** As the contract bounds them. */
const LONGEST = { paragraphs: 20_000, paragraph: 1_000_000, title: 10_000, dateline: 300 };

/** Finds the article in a decoded HTML page, or says what the page is instead. @throws ExtractionError for pages beyond the limits. */
export function extractHtml(
  source: string,
  context: PageContext,
): { article: ArticleData; provenance: ProvenanceData[]; hidden: HiddenText[] } | NotArticle {
  const page = readPage(source, context.url, context.rules);
  const log = new ProvenanceLog('html');
  const siteName = findSiteName(page, log);
  const guess = guessTitle(page, siteName);
  const probabilities = blockProbabilities(page, guess);
  const { kept: chosen } = selectBody(page, guess, probabilities);
  const linked = linkedBody(
    page,
    chosen.reduce((words, { block }) => words + countWords(block.text), 0),
  );
  // A reviewed body is an article whatever else the page looks like.
  const other = linked || page.rule?.body ? undefined : notArticle(page, chosen, guess);
  if (other) return other;

  const region = regionOf(page, chosen, guess);
  const { title, alternativeTitle } = findTitle(page, siteName, region, log);
  const paragraphs = linked ? linkedParagraphs(linked, log) : shownParagraphs(chosen, log);
  if (!linked) logNearlyChosen(page, chosen, probabilities, log);
  const opening = region.lead && !linked ? { start: region.lead.start, end: region.lead.end } : undefined;
  const dates = findDates(page, region, context.publishedAt, log);
  const article: ArticleData = {
    title: title?.slice(0, LONGEST.title),
    alternativeTitle: alternativeTitle?.slice(0, LONGEST.title),
    ...findAuthors(page, region, siteName, log),
    ...dates,
    dateline: findDateline(paragraphs, opening, log),
    paragraphs,
    ...findTaxonomy(page, log),
    leadImage: findLeadImage(page, log),
    canonicalUrl: findCanonicalUrl(page, log),
    siteName,
    declaredLanguage: findDeclaredLanguage(page, context.headers?.['content-language'], log),
    embeds: findEmbeds(page, region.lead?.start ?? 0, region.end, log),
    liveEntries: findLiveEntries(page, chosen, onlyDay(dates), log),
    completeness: completenessOf(page, paragraphs, region),
    quality: judgeQuality({
      title,
      paragraphs,
      confidence: linked ? [1] : chosen.map(({ probability }) => probability),
    }),
  };
  return { article, provenance: log.records, hidden: hiddenTexts(page) };
}

/** Passages that browsers don't show, or not to be seen: what a page may say to machines alone. Menus and short labels are left out. */
function hiddenTexts({ blocks, asides, concealed }: Page): HiddenText[] {
  const unshown = [...blocks.filter((block) => block.hidden || block.concealed), ...asides];
  const passages = unshown
    .filter(({ text, linkChars }) => linkChars < text.length / 2)
    .map(({ text, start, end }) => ({ text, start, end }));
  return [...passages, ...concealed.map((words) => ({ ...words, isWithin: true }))]
    .filter(({ text }) => countWords(text) >= HIDDEN.words)
    .sort((a, b) => a.start - b.start)
    .slice(0, HIDDEN.passages)
    .map(({ text, start, end, ...within }) => ({
      text: text.slice(0, HIDDEN.characters),
      span: { start, end },
      ...within,
    }));
}

function shownParagraphs(chosen: ChosenBlock[], log: ProvenanceLog): ParagraphData[] {
  return chosen.slice(0, LONGEST.paragraphs).map(({ block, probability }, i) => {
    log.chosen(`/article/paragraphs/${i}`, foundIn(block), 'body-block', `probability ${probability.toFixed(2)}`);
    return { text: block.text.slice(0, LONGEST.paragraph), role: block.role };
  });
}

function linkedParagraphs(linked: Found[], log: ProvenanceLog): ParagraphData[] {
  return linked.slice(0, LONGEST.paragraphs).map((found, i) => {
    log.chosen(`/article/paragraphs/${i}`, found, 'json-ld-body', 'the page shows no body without scripts');
    return { text: found.value.slice(0, LONGEST.paragraph), role: 'paragraph' };
  });
}

function logNearlyChosen(page: Page, chosen: ChosenBlock[], probabilities: Float32Array, log: ProvenanceLog): void {
  const taken = new Set(chosen.map(({ block }) => block));
  page.blocks
    .map((block, i) => ({ block, probability: probabilities[i] ?? 0 }))
    .filter(({ block, probability }) => probability >= NEARLY && !taken.has(block))
    .slice(0, MOST_REJECTED)
    .forEach(({ block, probability }) =>
      log.rejected('/article/paragraphs', foundIn(block), 'body-block', `probability ${probability.toFixed(2)}`),
    );
}

/** The day of a report that was not changed on another one. */
function onlyDay({
  publishedAt,
  modifiedAt = publishedAt,
}: {
  publishedAt?: string;
  modifiedAt?: string;
}): string | undefined {
  return publishedAt?.slice(0, 10) === modifiedAt?.slice(0, 10) ? publishedAt?.slice(0, 10) : undefined;
}

function findDateline(
  paragraphs: ParagraphData[],
  place: SpanData | undefined,
  log: ProvenanceLog,
): string | undefined {
  const dateline = datelineOf(paragraphs.find(({ role }) => role === 'paragraph')?.text)?.slice(0, LONGEST.dateline);
  if (dateline)
    log.chosen(
      '/article/dateline',
      { value: dateline, source: 'text', spans: place ? [place] : [] },
      'opening-of-the-body',
    );
  return dateline;
}

function foundIn(block: Block): Found {
  return {
    value: block.text,
    source: `element:${pathOf(block.container)}`,
    spans: [{ start: block.start, end: block.end }],
  };
}
