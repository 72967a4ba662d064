import type { AuthorData } from '@wireroom/contracts';
import type { ArticleRegion } from '../body/region.js';
import type { ElementNode } from '../html/document.js';
import {
  elementFound,
  linkedDataStrings,
  linkedDataValues,
  metaValues,
  type Found,
  type LinkedDataNode,
} from '../html/structured-data.js';
import { elementsNamed, type Page } from '../page.js';
import type { ProvenanceLog } from '../provenance.js';
import { ruledCandidates } from '../rules/apply-rule.js';
import { cleanText, comparable } from '../text.js';
import { bylineNames, isOrganisationName, shownByline, splitNames } from './names.js';

/** One source's opinion on who wrote the article. */
interface AuthorSource {
  rule: string;
  found: Found[];
  authors: AuthorData[];
}

/** People and organisations that wrote the article, and the line that names them. */
export function findAuthors(
  page: Page,
  region: ArticleRegion,
  siteName: string | undefined,
  log: ProvenanceLog,
): { authors: AuthorData[]; byline?: string } {
  const sources = authorSources(page, region).filter((source) => source.authors.length > 0);
  const isSite = siteTest(page, siteName);
  // Many systems put the paper or an agency where the author belongs, and the person in the byline.
  const chosen =
    sources.find(({ authors }) => authors.some((author) => author.type === 'person' && !isSite(author))) ??
    sources.find(({ authors }) => authors.some((author) => !isSite(author))) ??
    sources[0];
  if (!chosen) return { authors: [] };
  const authors = chosen.authors.length > 1 ? chosen.authors.filter((author) => !isSite(author)) : chosen.authors;
  authors.forEach((author, i) => {
    const found = chosen.found.find(({ value }) => value.includes(author.name)) ?? chosen.found[0];
    if (found) log.chosen(`/article/authors/${i}`, found, chosen.rule, 'the most reliable source that names an author');
  });
  for (const source of sources) {
    if (source === chosen) continue;
    for (const found of source.found)
      log.rejected('/article/authors', found, source.rule, `less reliable than ${chosen.rule}`);
  }
  const line = sources.find(({ rule }) => rule === 'byline-element' || rule === 'byline-line');
  const shown = line?.found[0] ?? chosen.found[0];
  if (shown) log.chosen('/article/byline', shown, line?.rule ?? chosen.rule);
  const names = authors.map(({ name }) => name);
  return { authors, byline: shown && shownByline(shown.value.slice(0, 1000), names) };
}

/** Most reliable first. */
function authorSources(page: Page, region: ArticleRegion): AuthorSource[] {
  const source = (rule: string, found: Found[]): AuthorSource => ({
    rule,
    found,
    authors: uniqueAuthors(found.flatMap(({ value }) => authorsIn(value))),
  });
  const ruled = ruledCandidates(page, 'authors');
  return [
    source(ruled[0]?.rule ?? 'site-rule', ruled),
    linkedDataAuthors(page.articleData[0]),
    source('meta-author', metaValues(page.data, ...AUTHOR_METAS).slice(0, 6)),
    source('microdata-author', microdataAuthors(page, region)),
    source(
      'rel-author',
      firstTogether(
        elementsNamed(page, 'a', 'span').filter((element) => element.attribute('rel')?.includes('author')),
        region,
      ),
    ),
    source('byline-element', bylineElements(page, region)),
    bylineLines(region),
    source('twitter-data', twitterLabels(page)),
  ];
}

const AUTHOR_METAS = [
  'author', 'article:author', 'byl', 'parsely-author', 'sailthru.author', 'article:author_name', 'citation_author', 'dc.creator', 'dcterms.creator', 'cxenseparse:author', 'author_name',
]; // prettier-ignore

function linkedDataAuthors(node: LinkedDataNode | undefined): AuthorSource {
  const found: Found[] = [];
  const authors: AuthorData[] = [];
  const people = node ? [...linkedDataValues(node, 'author'), ...linkedDataValues(node, 'creator')] : [];
  for (const { value, path } of people) {
    const members = value.value instanceof Map ? value.value : undefined;
    const names = members
      ? linkedDataStrings({ path, types: [], members }, 'name')
      : linkedDataStrings({ path, types: [], members: new Map([['name', value]]) }, 'name');
    const isOrganisation =
      members?.get('@type')?.value === 'Organization' || members?.get('@type')?.value === 'NewsMediaOrganization';
    for (const name of names) {
      found.push(name);
      authors.push(
        ...authorsIn(name.value).map((author) =>
          isOrganisation ? { ...author, type: 'organisation' as const } : author,
        ),
      );
    }
  }
  return { rule: 'json-ld-author', found, authors: uniqueAuthors(authors) };
}

const BYLINE_WORDS =
  /(?:^|[\s_-])(?:byline|author|authors|autor|autoren|auteur|autore|writer|reporter|contributor|p-author|fn)(?:$|[\s_-])|(?:author|byline)[-_]*(?:name|link)/i;
const NOT_BYLINE_WORDS = /bio|related|social|image|photo|avatar|more|comment|follow|footer/i;

function bylineElements(page: Page, region: ArticleRegion): Found[] {
  const named = elementsNamed(page, 'a', 'span', 'p', 'div', 'address', 'li', 'em', 'strong').filter((element) => {
    if (element.attributes.length === 0) return false;
    const words = `${element.attribute('class') ?? ''} ${element.attribute('id') ?? ''}`;
    return words.length > 2 && BYLINE_WORDS.test(words) && !NOT_BYLINE_WORDS.test(words);
  });
  return firstTogether(named, region).filter(({ value }) => value.length < 120);
}

/** Names inside an author item come before all of its text. */
function microdataAuthors(page: Page, region: ArticleRegion): Found[] {
  const authors = page.data.microdata.get('author') ?? [];
  const names = page.data.microdata.get('name') ?? [];
  const inner = names.filter((name) =>
    authors.some((author) => author !== name && name.start > author.start && name.end <= author.end),
  );
  return firstTogether(inner.length ? inner : authors, region);
}

/** Plain lines around the body that begin like a byline. */
function bylineLines(region: ArticleRegion): AuthorSource {
  const line = [...region.header, ...region.edges, ...region.footer].find(
    (block) => bylineNames(block.text).length > 0,
  );
  if (!line) return { rule: 'byline-line', found: [], authors: [] };
  const found = { value: line.text, source: 'text', spans: [{ start: line.start, end: line.end }] };
  return { rule: 'byline-line', found: [found], authors: bylineNames(line.text) };
}

/** How far apart, in characters of source, the names of one byline may stand. */
const BYLINE_REACH = 1500;

/**
 * The first of the elements near the article with those right behind it. Others further down belong to teasers,
 * comments and portraits.
 */
function firstTogether(elements: ElementNode[], region: ArticleRegion): Found[] {
  const near = elements.filter(({ start }) => start >= region.start && start <= region.end);
  const ordered = (near.length ? near : elements).toSorted((a, b) => a.start - b.start);
  const together: ElementNode[] = [];
  for (const element of ordered) {
    const previous = together.at(-1);
    if (previous && (element.start - previous.end > BYLINE_REACH || together.length >= 8)) break;
    together.push(element);
  }
  return elementsFound(together);
}

function twitterLabels(page: Page): Found[] {
  const [label] = metaValues(page.data, 'twitter:label1');
  return label && /written by|author|verfasst von|escrito por|écrit par/i.test(label.value)
    ? metaValues(page.data, 'twitter:data1')
    : [];
}

function elementsFound(elements: ElementNode[]): Found[] {
  return elements
    .map((element) => elementFound(element))
    .filter((found) => found !== undefined && found.value.length < 200) as Found[];
}

function authorsIn(text: string): AuthorData[] {
  // Profiles are given as addresses by some sites; a name cannot be read from one.
  if (/^(?:https?:)?\/\/|^www\./i.test(text)) return [];
  return splitNames(cleanText(text)).map((name) => ({
    name,
    type: isOrganisationName(name) ? 'organisation' : 'person',
  }));
}

function uniqueAuthors(authors: AuthorData[]): AuthorData[] {
  const seen = new Set<string>();
  return authors
    .filter(({ name }) => {
      const key = comparable(name);
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, 200);
}

/** Whether an author is only the site itself or its publisher, by name or address. */
function siteTest(page: Page, siteName: string | undefined): (author: AuthorData) => boolean {
  const squeeze = (name: string): string => comparable(name).replace(/[^\p{L}\p{N}]/gu, '');
  const host = squeeze(/^[a-z]+:\/\/(?:www\.)?([^/:?#]+)/i.exec(page.url ?? '')?.[1] ?? '');
  const publishers = page.articleData.flatMap((node) => linkedDataStrings(node, 'publisher.name'));
  const names = new Set([siteName ?? '', ...publishers.map(({ value }) => value)].map(squeeze).filter(Boolean));
  return ({ name }) => {
    const squeezed = squeeze(name);
    return names.has(squeezed) || (squeezed.length > 3 && host.startsWith(squeezed));
  };
}
