import { elementFound, linkedDataStrings, metaValues, type Found } from '../html/structured-data.js';
import { elementsNamed, type Page } from '../page.js';
import type { ArticleRegion } from '../body/region.js';
import { isOfNavigation } from './places.js';
import { ProvenanceLog, type Candidate } from '../provenance.js';
import { ruledCandidates } from '../rules/apply-rule.js';
import { comparable } from '../text.js';
import { vote } from './vote.js';

const TITLE_WORDS =
  /(?:^|[\s_-])(?:headline|entry-?title|post-?title|article-?title|article__title|page-?title|titulo|titel|title)(?:$|[\s_-])/i;

/** The headline by what the page says of itself: enough to find the body with. */
export function guessTitle(page: Page, siteName: string | undefined): string | undefined {
  return vote('', titleCandidates(page, siteName), new ProvenanceLog('guess'), { support: headlineInside })?.value;
}

/** The headline, and another wording of it if the page has one. `region` adds the heading that stands above the body. */
export function findTitle(
  page: Page,
  siteName: string | undefined,
  region: ArticleRegion,
  log: ProvenanceLog,
): { title?: string; alternativeTitle?: string } {
  const candidates = [...titleCandidates(page, siteName), ...headingAboveBody(region)];
  const title = vote('/article/title', candidates, log, { support: headlineInside });
  if (!title) return {};
  const alternative = candidates.find(
    (other) => other.rule !== 'title-element' && comparable(other.value) !== comparable(title.value),
  );
  if (alternative)
    log.chosen('/article/alternativeTitle', alternative, alternative.rule, 'the next wording of the headline');
  return { title: title.value, alternativeTitle: alternative?.value };
}

function headingAboveBody({ heading }: ArticleRegion): Candidate[] {
  // A first-rank heading has its votes already.
  const found = heading && heading.container.tag !== 'h1' ? elementFound(heading.container) : undefined;
  return found ? [{ ...found, rule: 'heading-above-body', weight: 0.7 }] : [];
}

const EDGE_BEFORE = /[-:|–—»·•]\s*$/;
const EDGE_AFTER = /^\s*[-:|–—»·•(,.?!]/;

/** A headline that another wording wraps in a kicker or a site name is what both mean. */
function headlineInside(headline: string, wording: string): number {
  if (headline.length < 8 || wording.length <= headline.length) return 0;
  const opens =
    wording.startsWith(headline) && (headline.length > 25 || EDGE_AFTER.test(wording.slice(headline.length)));
  const closes =
    wording.endsWith(headline) && (headline.length > 25 || EDGE_BEFORE.test(wording.slice(0, -headline.length)));
  return opens || closes ? 0.7 : 0;
}

function titleCandidates(page: Page, siteName: string | undefined): Candidate[] {
  const strip = (found: Found): Found => ({ ...found, value: withoutSiteName(found.value, page, siteName) });
  const as = (rule: string, weight: number, found: (Found | undefined)[]): Candidate[] =>
    found.filter((each) => each !== undefined).map((each) => ({ ...each, rule, weight }));
  const headings = elementsNamed(page, 'h1').filter((heading) => !isOfNavigation(heading));
  const articleHeadings = headings.filter((heading) => isInside(heading, 'article') || isInside(heading, 'main'));
  const titled = headings.filter((heading) => TITLE_WORDS.test(heading.attribute('class') ?? ''));
  const microdata = [...(page.data.microdata.get('headline') ?? [])].slice(0, 1);
  const [node] = page.articleData;
  const linked = node ? linkedDataStrings(node, 'headline').slice(0, 1) : [];
  const social = metaValues(page.data, 'og:title').slice(0, 1).map(strip);
  const saidBetter = headings.length > 0 || metaValues(page.data, 'og:title').length > 0 || node !== undefined;
  return [
    ...ruledCandidates(page, 'title').slice(0, 1),
    ...as('title-on-page', 0.5, saidBetter ? [] : [titlePartOnPage(page)]),
    ...as('json-ld-headline', 1.2, linked),
    ...as('json-ld-name', 0.4, node ? linkedDataStrings(node, 'name').slice(0, 1) : []),
    ...as('og-title', 1, social),
    ...as('lower-heading', 1.6, headings.length ? [] : [lowerHeading(page, [...linked, ...social])]),
    ...as('twitter-title', 0.5, metaValues(page.data, 'twitter:title').slice(0, 1).map(strip)),
    ...as(
      'meta-title',
      0.2,
      metaValues(page.data, 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'title')
        .slice(0, 1)
        .map(strip),
    ),
    ...as(
      'microdata-headline',
      1.5,
      microdata.map((element) => elementFound(element)),
    ),
    ...as(
      'heading',
      0.9,
      headings.slice(0, 1).map((element) => elementFound(element)),
    ),
    ...as(
      'article-heading',
      0.7,
      articleHeadings.slice(0, 1).map((element) => elementFound(element)),
    ),
    ...as(
      'titled-heading',
      0.2,
      titled.slice(0, 1).map((element) => elementFound(element)),
    ),
    ...as(
      'title-element',
      0.6,
      elementsNamed(page, 'title')
        .slice(0, 1)
        .map((element) => elementFound(element))
        .map((found) => found && strip(found)),
    ),
  ];
}

/** Where the first-rank heading is missing or went into a menu: the heading that shows what the page calls its headline. */
function lowerHeading(page: Page, wordings: Found[]): Found | undefined {
  const wanted = new Set(wordings.map(({ value }) => comparable(value)));
  const found = elementsNamed(page, 'h2', 'h3').map((heading) => elementFound(heading));
  return found.find((heading) => heading && wanted.has(comparable(heading.value)));
}

const HEADLINE_MIN = 20;

/** Where nothing is marked as headline: the longest part of the title element, if the page shows it too. */
function titlePartOnPage(page: Page): Found | undefined {
  const [title] = elementsNamed(page, 'title');
  const parts = (title ? elementFound(title)?.value : undefined)?.split(SEPARATOR).filter(Boolean) ?? [];
  const [longest] = parts.sort((a, b) => b.length - a.length);
  if (parts.length < 2 || longest === undefined || longest.length < HEADLINE_MIN) return undefined;
  const block = page.blocks.find(({ text, hidden }) => !hidden && comparable(text).includes(comparable(longest)));
  if (!block) return undefined;
  const source = elementFound(block.container)?.source ?? 'element';
  return { value: longest, source, spans: [{ start: block.start, end: block.end }] };
}

function isInside(element: { parent: { tag: string; parent: unknown } | null }, tag: string): boolean {
  for (let at = element.parent; at; at = at.parent as typeof element.parent) if (at.tag === tag) return true;
  return false;
}

const SEPARATOR = /\s+[-–—|»«·•~:/\\]+\s+|\s*[|»•]\s*/;

/** Drops the name of the site from either end of a title: known by name or host, else the shorter tail. */
function withoutSiteName(title: string, page: Page, siteName: string | undefined): string {
  const parts = title.split(SEPARATOR).filter(Boolean);
  if (parts.length < 2) return title;
  const known = [siteName, hostWord(page.url)].filter((name) => name !== undefined).map(squeeze);
  const isSite = (part: string | undefined): boolean => {
    const squeezed = squeeze(part ?? '');
    return (
      squeezed.length > 2 &&
      known.some((name) => name.length > 2 && (squeezed.includes(name) || name.includes(squeezed)))
    );
  };
  const last = parts.at(-1) as string;
  if (isSite(last)) return cutTail(title, last);
  const [first] = parts;
  if (isSite(first)) return title.slice(title.indexOf(parts[1] as string)).trim();
  return title;
}

function cutTail(title: string, tail: string): string {
  return title.slice(0, title.lastIndexOf(tail)).replace(/[\s\-–—|»«·•~:/\\]+$/, '');
}

function squeeze(name: string): string {
  return comparable(name).replace(/^the |[^\p{L}\p{N}]/gu, '');
}

function hostWord(url: string | undefined): string | undefined {
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(url ?? '')?.[1];
  const labels = host?.replace(/^www\./, '').split('.') ?? [];
  return labels.length > 1 ? labels.slice(0, -1).sort((a, b) => b.length - a.length)[0] : labels[0];
}
