import { attributeFound, elementFound, linkedDataStrings, metaValues, type Found } from '../html/structured-data.js';
import type { ArticleRegion } from '../body/region.js';
import type { Block } from '../html/blocks.js';
import { pathOf, type ElementNode } from '../html/document.js';
import { elementsNamed, type Page } from '../page.js';
import type { Candidate, ProvenanceLog } from '../provenance.js';
import { ruledCandidates } from '../rules/apply-rule.js';
import { parseDate } from './parse-date.js';
import { vote } from './vote.js';

const PUBLISHED_METAS = [
  'article:published_time', 'datepublished', 'parsely-pub-date', 'sailthru.date', 'og:article:published_time',
  'cxenseparse:recs:publishtime', 'cxenseparse:publishtime', 'dc.date.issued', 'dcterms.created', 'dcterms.issued', 'dcterms.date', 'dc.date.created', 'date.created',
  'publishdate', 'publish_date', 'published_date', 'pubdate', 'publication_date', 'article.published', 'citation_publication_date', 'originalpublicationdate',
  'og:published_time', 'article_date_original', 'displaydate', 'ptime', 'rnews:datepublished', 'last-published', 'vr:published_time', 'article:published',
]; // prettier-ignore
const GENERAL_METAS = [
  'date',
  'dc.date',
  'datecreated',
  'creation_date',
  'created',
  'pdate',
  'search_date',
  'release_date',
];
const MODIFIED_METAS = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'last-modified',
  'dcterms.modified',
  'lastmod',
  'revised',
  'updated_time',
];

/** When the article was published and last changed, as written, with zone where the source gives one. `told` is the feed's word. */
export function findDates(
  page: Page,
  region: ArticleRegion,
  told: string | undefined,
  log: ProvenanceLog,
): { publishedAt?: string; modifiedAt?: string } {
  const modified = vote('/article/modifiedAt', modifiedCandidates(page), log, { sameness: dayOf });
  const near = [...publishedCandidates(page, region), ...datesTold(told)];
  const candidates = near.length ? near : dated('distant-date', 0.1, distantDate(page, region));
  const published = vote('/article/publishedAt', candidates, log, { sameness: dayOf });
  if (published) return { publishedAt: published.value, modifiedAt: modified?.value };
  if (!modified) return {};
  log.chosen(
    '/article/publishedAt',
    modified,
    modified.rule,
    'no date of publication; the time of the last change stands in',
  );
  return { publishedAt: modified.value, modifiedAt: modified.value };
}

function dayOf(value: string): string {
  return value.slice(0, 10);
}

/** What the feed or sitemap said that led to the page. */
export function datesTold(told: string | undefined): Candidate[] {
  return dated('told-by-source', 1.5, told ? [{ value: told, source: 'input:publishedAt', spans: [] }] : []);
}

function publishedCandidates(page: Page, region: ArticleRegion): Candidate[] {
  const [node] = page.articleData;
  const others = page.data.linkedData.filter((each) => each !== node && /WebPage|Video|Image/.test(each.types.join()));
  const [ruled] = ruledCandidates(page, 'published');
  return [
    ...(ruled ? dated(ruled.rule, ruled.weight, [ruled]) : []),
    ...dated('json-ld-date-published', 3, node ? linkedDataStrings(node, 'datePublished') : []),
    ...dated('json-ld-date-created', 0.8, node ? linkedDataStrings(node, 'dateCreated') : []),
    ...dated('json-ld-other', 0.8, others.flatMap((each) => linkedDataStrings(each, 'datePublished')).slice(0, 1)),
    ...dated('meta-published', 2, metaValues(page.data, ...PUBLISHED_METAS).slice(0, 4)),
    ...dated('meta-date', 1.2, metaValues(page.data, ...GENERAL_METAS).slice(0, 2)),
    ...dated(
      'microdata-date',
      1.6,
      (page.data.microdata.get('datepublished') ?? []).slice(0, 1).map((element) => timeOf(element, page)),
    ),
    ...dated('time-element', 1, timeElements(page, region)),
    ...dated('url', 0.9, urlDate(page)),
    ...dated('visible-date', 0.7, visibleDates(region)),
  ];
}

function modifiedCandidates(page: Page): Candidate[] {
  const [node] = page.articleData;
  return [
    ...dated('json-ld-date-modified', 3, node ? linkedDataStrings(node, 'dateModified') : []),
    ...dated('meta-modified', 2, metaValues(page.data, ...MODIFIED_METAS)),
    ...dated(
      'microdata-modified',
      1.5,
      (page.data.microdata.get('datemodified') ?? []).slice(0, 1).map((element) => timeOf(element, page)),
    ),
  ];
}

function dated(rule: string, weight: number, found: (Found | undefined)[]): Candidate[] {
  return found.flatMap((each) => {
    const value = each && parseDate(each.value);
    return each && value ? [{ ...each, value, rule, weight: weight + (value.length > 10 ? 0.05 : 0) }] : [];
  });
}

function timeOf(element: ElementNode, page: Page): Found | undefined {
  const attribute = ['datetime', 'content', 'title'].find((name) => parseDate(element.attribute(name) ?? ''));
  return attribute
    ? attributeFound(element, attribute, page.source, `element:${element.tag}[${attribute}]`)
    : elementFound(element);
}

/** The time element marked as the publication's, else the first near the body, else the first of all. */
function timeElements(page: Page, region: ArticleRegion): (Found | undefined)[] {
  const times = elementsNamed(page, 'time', 'relative-time');
  const near = times.filter(({ start }) => start >= region.start && start <= region.end);
  const marked = (near.length ? near : times).find(
    (time) =>
      time.attribute('pubdate') !== undefined || /publish|entry-date|created/i.test(time.attribute('class') ?? ''),
  );
  return [marked ?? near[0] ?? times[0]].map((time) => time && timeOf(time, page));
}

function urlDate(page: Page): Found[] {
  const match = /[/-]((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(page.url ?? '');
  return match ? [{ value: `${match[1]}-${match[2]}-${match[3]}`, source: 'url', spans: [] }] : [];
}

const LONGEST_DATE_LINE = 200;
/** A report may open with its date: `12.03.2024 – The council ...`. */
const OPENING = 60;

/** Names of places where other dates stand: comments, lists of stories, calendars. */
const OTHER_DATES = /comment|related|teaser|sidebar|widget|calendar|archive|footer|recent|popular|event/i;

/** The dated line closest to the body on the whole page: better than nothing where the body's surroundings have none. */
function distantDate(page: Page, region: ArticleRegion): Found[] {
  const near = (block: Block): number =>
    Math.min(Math.abs(block.start - region.start), Math.abs(block.start - region.end));
  const lines = page.blocks.filter(
    ({ text, container }) =>
      text.length <= LONGEST_DATE_LINE &&
      /\d{4}/.test(text) &&
      !OTHER_DATES.test(pathOf(container)) &&
      parseDate(text) !== undefined,
  );
  const [line] = lines.toSorted((a, b) => near(a) - near(b));
  return line ? [{ value: line.text, source: 'text', spans: [{ start: line.start, end: line.end }] }] : [];
}

/** The date on a line of its own nearest to the body, in front of it before behind it, or the one the body opens with. */
function visibleDates(region: ArticleRegion): Found[] {
  const line = [...region.header, ...region.edges, ...region.footer].find(
    ({ text }) => text.length <= LONGEST_DATE_LINE && parseDate(text) !== undefined,
  );
  if (line) return [{ value: line.text, source: 'text', spans: [{ start: line.start, end: line.end }] }];
  const { lead } = region;
  const opening = lead?.text.slice(0, OPENING) ?? '';
  if (!lead || !parseDate(opening)) return [];
  return [{ value: opening, source: 'text', spans: [{ start: lead.start, end: lead.end }] }];
}
