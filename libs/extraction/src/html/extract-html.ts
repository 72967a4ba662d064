import type { ArticleData, ProvenanceData } from '@wireroom/contracts';
import { blockProbabilities, selectBody } from '../body/body.js';
import { regionOf } from '../body/region.js';
import { findAuthors } from '../fields/authors.js';
import { completenessOf, findLiveEntries } from '../fields/completeness.js';
import { datelineOf } from '../fields/dateline.js';
import { findDates } from '../fields/dates.js';
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
import { readPage } from '../page.js';
import { ProvenanceLog } from '../provenance.js';
import { judgeQuality } from '../quality.js';
import { pathOf } from './document.js';

/** Finds the article in a decoded HTML page, or says what the page is instead. @throws ExtractionError for pages beyond the limits. */
export function extractHtml(
  source: string,
  url: string | undefined,
): { article: ArticleData; provenance: ProvenanceData[] } | NotArticle {
  const page = readPage(source, url);
  const log = new ProvenanceLog('html');
  const siteName = findSiteName(page, log);
  const guess = guessTitle(page, siteName);
  const chosen = selectBody(page, guess, blockProbabilities(page, guess));
  const other = notArticle(page, chosen, guess);
  if (other) return other;
  const region = regionOf(page, chosen, guess);
  const { title, alternativeTitle } = findTitle(page, siteName, region, log);
  const body = chosen.map(({ block }) => block);
  const paragraphs = body.map(({ text, role }) => ({ text, role }));
  body.forEach((block, i) =>
    log.chosen(
      `/article/paragraphs/${i}`,
      {
        value: block.text,
        source: `element:${pathOf(block.container)}`,
        spans: [{ start: block.start, end: block.end }],
      },
      'body-block',
    ),
  );
  const from = body[0]?.start ?? 0;
  const to = body.at(-1)?.end ?? 0;
  const article: ArticleData = {
    title,
    alternativeTitle,
    ...findAuthors(page, region, siteName, log),
    ...findDates(page, region, log),
    dateline: datelineOf(paragraphs.find(({ role }) => role === 'paragraph')?.text),
    paragraphs,
    ...findTaxonomy(page, log),
    leadImage: findLeadImage(page, log),
    canonicalUrl: findCanonicalUrl(page, log),
    siteName,
    declaredLanguage: findDeclaredLanguage(page, log),
    embeds: findEmbeds(page, from, to, log),
    liveEntries: findLiveEntries(page, log),
    completeness: completenessOf(page, paragraphs, region),
    quality: judgeQuality({ title, paragraphs, confidence: chosen.map(({ probability }) => probability) }),
  };
  return { article, provenance: log.records };
}
