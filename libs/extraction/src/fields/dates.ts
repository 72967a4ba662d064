import {
  attributeFound,
  elementFound,
  linkedDataStrings,
  metaValues,
  type Found,
  type LinkedDataNode,
} from '../html/structured-data.js';
import type { ArticleRegion } from '../body/region.js';
import type { Block } from '../html/blocks.js';
import { pathOf, type ElementNode } from '../html/document.js';
import { elementsNamed, type Page } from '../page.js';
import type { Candidate, ProvenanceLog } from '../provenance.js';
import { ruledCandidates } from '../rules/apply-rule.js';
import { inLocalTime } from './local-time.js';
import { isBareDate, parseDate } from './parse-date.js';
import { isOfComment, isOfOtherText } from './places.js';
import { statedChange, statedPublication } from './stated-date.js';
import { vote } from './vote.js';

const PUBLISHED_METAS = [
  'article:published_time', 'datepublished', 'parsely-pub-date', 'sailthru.date', 'og:article:published_time',
  'cxenseparse:recs:publishtime', 'cxenseparse:publishtime', 'dc.date.issued', 'dcterms.created', 'dcterms.issued', 'dc.date.created', 'date.created',
  'publishdate', 'publish_date', 'published_date', 'pubdate', 'publication_date', 'article.published', 'citation_publication_date', 'originalpublicationdate',
  'og:published_time', 'article_date_original', 'displaydate', 'ptime', 'rnews:datepublished', 'last-published', 'vr:published_time', 'article:published',
]; // prettier-ignore
const GENERAL_METAS = [
  'date',
  'dc.date',
  'dcterms.date',
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
  'dateupdate',
  'revised',
  'updated_time',
];

const UNLABELLED = new Set(['visible-date', 'opening-date']);
/** What clocks of different zones are apart at most. */
const DAY = 24 * 60 * 60_000;

/** When the article was published and last changed, as written, with zone where the source gives one. `told` is the feed's word. */
export function findDates(
  page: Page,
  region: ArticleRegion,
  told: string | undefined,
  log: ProvenanceLog,
): { publishedAt?: string; modifiedAt?: string } {
  const changes = modifiedCandidates(page, region);
  const modified = vote('/article/modifiedAt', changes.length ? changes : distantChange(page), log, {
    sameness: dayOf,
  });
  const near = notAfterChange(
    inLocalTime([...publishedCandidates(page, region), ...datesTold(told)], page.url),
    modified?.value,
  );
  const candidates = near.length ? near : distantCandidates(page, region, modified !== undefined);
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

/** A line without a label that names a later day than the last change speaks of something else, such as a meeting. */
function notAfterChange(candidates: Candidate[], modifiedAt: string | undefined): Candidate[] {
  if (modifiedAt === undefined) return candidates;
  const latest = dayOf(new Date(Date.parse(dayOf(modifiedAt)) + DAY).toISOString());
  return candidates.filter(({ rule, value }) => !UNLABELLED.has(rule) || dayOf(value) <= latest);
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
  const [ruled] = ruledCandidates(page, 'published');
  const own = node ? linkedDataStrings(node, 'datePublished') : [];
  return [
    ...(ruled ? dated(ruled.rule, ruled.weight, [ruled]) : []),
    ...dated('json-ld-date-published', 3, own),
    ...dated('json-ld-date-created', 0.8, node ? linkedDataStrings(node, 'dateCreated') : []),
    // The objects of a page come from one hand: another one says nothing new where the article has spoken.
    ...dated('json-ld-other', 0.8, own.length ? [] : otherLinkedDates(page, node)),
    ...dated('meta-published', 2, metaValues(page.data, ...PUBLISHED_METAS).slice(0, 4)),
    ...dated('meta-date', 0.6, metaValues(page.data, ...GENERAL_METAS).slice(0, 2)),
    ...dated(
      'microdata-date',
      1.6,
      (page.data.microdata.get('datepublished') ?? []).slice(0, 1).map((element) => timeOf(element, page)),
    ),
    ...dated('time-element', 1, timeElements(page, region)),
    ...dated('url', 0.9, urlDate(page)),
    ...shown(page, 'stated-date', 1.2, statedDates(region, statedPublication)),
    ...shown(page, 'opening-date', 0.5, openingDates(region)),
    ...shown(page, 'visible-date', 0.7, visibleDates(page, region)),
  ];
}

function otherLinkedDates(page: Page, node: LinkedDataNode | undefined): Found[] {
  return page.data.linkedData
    .filter((each) => each !== node && /WebPage|Video|Image/.test(each.types.join()))
    .flatMap((each) => linkedDataStrings(each, 'datePublished'))
    .slice(0, 1);
}

/**
 * What stands further off, or only in the data a script draws the page from: better than nothing. A date that
 * nothing says to be the publication's is worth less than a known time of change, which wikis state in their footer.
 */
function distantCandidates(page: Page, region: ArticleRegion, changeIsKnown: boolean): Candidate[] {
  const state = dated('page-state', 0.1, stateDate(page));
  if (state.length) return state;
  const lines = distantLines(page, region);
  const stated = shown(page, 'distant-date', 0.1, statedLine(lines));
  if (stated.length || changeIsKnown) return stated;
  const found = [
    ...shown(page, 'opening-date', 0.1, leadDate(region)),
    ...shown(page, 'distant-date', 0.1, closestLine(lines)),
    ...shown(page, 'first-post-date', 0.1, firstPost(page)),
  ];
  return found.slice(0, 1);
}

/** Where the page says, far from the body, when it was last changed. */
function distantChange(page: Page): Candidate[] {
  const line = page.blocks.find(
    (block) => isDateLine(block) && !isOfOtherText(block.container) && statedChange(block.text) !== undefined,
  );
  return shown(page, 'stated-change', 0.1, line ? [{ ...dateLine(line), value: statedChange(line.text)! }] : []);
}

function modifiedCandidates(page: Page, region: ArticleRegion): Candidate[] {
  const [node] = page.articleData;
  return [
    ...dated('json-ld-date-modified', 3, node ? linkedDataStrings(node, 'dateModified') : []),
    ...dated('meta-modified', 2, metaValues(page.data, ...MODIFIED_METAS)),
    ...dated(
      'microdata-modified',
      1.5,
      (page.data.microdata.get('datemodified') ?? []).slice(0, 1).map((element) => timeOf(element, page)),
    ),
    ...shown(page, 'stated-change', 1, statedDates(region, statedChange)),
  ];
}

function dated(rule: string, weight: number, found: (Found | undefined)[], monthFirst = false): Candidate[] {
  return found.flatMap((each) => {
    const value = each && parseDate(each.value, monthFirst);
    return each && value ? [{ ...each, value, rule, weight: weight + (value.length > 10 ? 0.05 : 0) }] : [];
  });
}

/** The same of dates in the text that readers see, in the order of day and month of this page. */
function shown({ monthFirst }: Page, rule: string, weight: number, found: Found[]): Candidate[] {
  return dated(rule, weight, found, monthFirst);
}

function timeOf(element: ElementNode, page: Page): Found | undefined {
  const attribute = ['datetime', 'content', 'title'].find((name) => parseDate(element.attribute(name) ?? ''));
  return attribute
    ? attributeFound(element, attribute, page.source, `element:${element.tag}[${attribute}]`)
    : elementFound(element);
}

/** The time element marked as the publication's, else the first near the body, else the first of all. */
function timeElements(page: Page, region: ArticleRegion): (Found | undefined)[] {
  const times = elementsNamed(page, 'time', 'relative-time').filter((time) => !isOfChange(time) && !isOfComment(time));
  const near = times.filter(({ start }) => start >= region.start && start <= region.end);
  const marked = (near.length ? near : times).find(
    (time) =>
      time.attribute('pubdate') !== undefined || /publish|entry-date|created/i.test(time.attribute('class') ?? ''),
  );
  const time = marked ?? near[0] ?? times[0];
  return time && time !== page.data.microdata.get('datepublished')?.[0] ? [timeOf(time, page)] : [];
}

function isOfChange(time: ElementNode): boolean {
  const words = `${time.attribute('itemprop') ?? ''} ${time.attribute('class') ?? ''}`;
  return /modif|updated/i.test(words) && !/publish/i.test(words);
}

function urlDate({ url: address = '' }: Page): Found[] {
  const match =
    /[/-]((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(address) ??
    /\/((?:19|20)\d{2})\/(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?=\/|$)/.exec(address);
  return match ? [{ value: `${match[1]}/${match[2]}/${match[3]}`, source: 'url', spans: [] }] : [];
}

const LONGEST_DATE_LINE = 200;
/** A report may open with its date: `12.03.2024 – The council ...`. */
const OPENING = 60;
/** In visible text an older year is what the report speaks of: there was no web to publish it on. */
const FIRST_YEAR = '1990';

/** Names of places where other dates stand: comments, lists of stories, calendars. */
const OTHER_DATES = /comment|related|teaser|sidebar|widget|calendar|archive|footer|recent|popular|event/i;

/** The one day that the page's own state, JSON inside its scripts, names as day of publication. */
function stateDate(page: Page): Found[] {
  const pattern =
    /"(?:date_?published|published_?(?:date|at|on|time)|publish_?(?:date|time)|publication_?date|first_?published(?:_?(?:date|at))?)\\?"\s*:\s*\\?"([^"\\]{8,40})/gi;
  const found = [...page.source.matchAll(pattern)].slice(0, 50);
  const days = new Set(found.map((match) => dayOf(parseDate(match[1]!) ?? '')));
  const [first] = found;
  if (!first || days.size > 1) return [];
  const end = first.index + first[0].length;
  return [{ value: first[1]!, source: 'script', spans: [{ start: end - first[1]!.length, end }] }];
}

interface DistantLine {
  block: Block;
  label: string;
}

/** The dated lines of the whole page with the line in front of each, those closest to the body first. */
function distantLines(page: Page, region: ArticleRegion): DistantLine[] {
  const near = (block: Block): number =>
    Math.min(Math.abs(block.start - region.start), Math.abs(block.start - region.end));
  return page.blocks
    .map((block, i) => ({ block, label: page.blocks[i - 1]?.text ?? '' }))
    .filter(({ block }) => isDateLine(block) && /\d{4}/.test(block.text) && !isOfOtherText(block.container))
    .toSorted((a, b) => near(a.block) - near(b.block));
}

/** The closest one that says it is the publication's. */
function statedLine(lines: DistantLine[]): Found[] {
  for (const { block, label } of lines) {
    const value = statedPublication(labelled(block, label));
    if (value !== undefined) return [{ ...dateLine(block), value }];
  }
  return [];
}

function closestLine(lines: DistantLine[]): Found[] {
  const closest = lines.find(({ block }) => standsAlone(block) && !OTHER_DATES.test(pathOf(block.container)));
  return closest ? [dateLine(closest.block)] : [];
}

/** Whether a line is a date and next to nothing else, and no entry of a list, a table or an index. */
function standsAlone({ text, role, linkChars }: Block): boolean {
  return isBareDate(text) && role !== 'list-item' && role !== 'table-row' && linkChars < text.length / 2;
}

/** A thread is as old as its first post. */
function firstPost(page: Page): Found[] {
  const post = page.blocks.find((block) => isDateLine(block) && isOfComment(block.container));
  return post ? [dateLine(post)] : [];
}

const LONGEST_LABEL = 30;

/** A line with the label in front of it, which stands in an element of its own on some pages. */
function labelled({ text }: Block, label: string): string {
  return label.length <= LONGEST_LABEL && !/\p{Nd}/u.test(label) ? `${label} ${text}` : text;
}

/** What lines near the body, or its first words, say of a date; `statement` finds it. */
function statedDates(region: ArticleRegion, statement: (text: string) => string | undefined): Found[] {
  const lines = [...region.header, ...region.edges, ...region.footer].filter(
    (block) => block.text.length <= LONGEST_DATE_LINE && !isOfOtherText(block.container),
  );
  for (const block of lines) {
    const value = statement(block.text);
    if (value) return [{ ...dateLine(block), value }];
  }
  for (const block of region.opening) {
    const value = statement(block.text.slice(0, OPENING));
    if (value) return [{ ...dateLine(block), value }];
  }
  return [];
}

/** `(12 March 2024)`, `Seestadt, (12 March 2024).`, `12 March 2024 –` */
const OPENING_DATE =
  /^(?:\([^()]{6,40}\)|[^()–—|:„“”"«»\p{Nd}]{3,30}\([^()]{6,40}\)\s?[.:–—-]|[^–—|:„“”"«»]{6,40}?\s*[–—|:„“”"«»])/u;

/** The date that one of the first paragraphs opens with, set off from its text by a mark. */
function openingDates(region: ArticleRegion): Found[] {
  for (const block of region.opening) {
    const opening = OPENING_DATE.exec(block.text)?.[0];
    const digits = opening?.replace(/^.*\(/, '').search(/\p{Nd}/u) ?? -1;
    if (opening && digits >= 0 && digits <= 14 && isOfTheWeb(parseDate(opening)))
      return [{ ...dateLine(block), value: opening }];
  }
  return [];
}

/** The date on a line of its own nearest to the body, in front of it before behind it. */
function visibleDates(page: Page, region: ArticleRegion): Found[] {
  const lines = [...region.header, ...region.edges, ...region.footer].filter(
    (block) => isDateLine(block) && block.role !== 'caption' && !isOfOtherText(block.container),
  );
  const own = lines.filter((block) => !isOfStories(block, page));
  const line = own.find((block) => !isWordy(block)) ?? own.find(({ text, linkChars }) => linkChars < text.length / 2);
  return line ? [{ ...dateLine(line), value: statedPublication(line.text) ?? line.text }] : [];
}

const STORIES = /teaser|related|carousel|slider|swiper/i;
const STORIES_IN_A_LIST = 3;

/** Whether a line dates one of several stories that are listed alike. A report alone may be styled as a teaser. */
function isOfStories({ container }: Block, page: Page): boolean {
  const path = pathOf(container);
  return (
    STORIES.test(path) &&
    page.blocks.filter((block) => isDateLine(block) && pathOf(block.container) === path).length >= STORIES_IN_A_LIST
  );
}

/** The date in the first words of the body. */
function leadDate({ lead }: ArticleRegion): Found[] {
  const opening = lead?.text.slice(0, OPENING) ?? '';
  return lead && isOfTheWeb(parseDate(opening)) ? [{ ...dateLine(lead), value: opening }] : [];
}

/** Addresses in a line have dates of their own. */
function isDateLine({ text }: Block): boolean {
  return text.length <= LONGEST_DATE_LINE && isOfTheWeb(parseDate(text.replace(/\bhttps?:\/\/\S+/g, ' ')));
}

const MOST_LETTERS = 45;

/** Captions and teasers speak of more than their date. */
function isWordy({ text }: Block): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) > MOST_LETTERS && statedPublication(text) === undefined;
}

function isOfTheWeb(date: string | undefined): boolean {
  return date !== undefined && date > FIRST_YEAR;
}

function dateLine({ text, start, end }: Block): Found {
  return { value: text, source: 'text', spans: [{ start, end }] };
}
