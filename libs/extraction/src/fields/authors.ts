import type { AuthorData } from '@wireroom/contracts';
import type { ArticleRegion } from '../body/region.js';
import type { Block } from '../html/blocks.js';
import { pathOf, type ElementNode } from '../html/document.js';
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
import { isOfComment } from './places.js';
import { bylineNames, nameBesideDate, isOrganisationName, shownByline, splitNames } from './names.js';

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
  const naming = sources.filter(({ authors }) => authors.some((author) => author.type === 'person' && !isSite(author)));
  const chosen =
    shownInstead(naming, region) ??
    sources.find(({ authors }) => authors.some((author) => !isSite(author))) ??
    sources[0];
  if (!chosen) return { authors: [] };
  const others = chosen.authors.length > 1 ? chosen.authors.filter((author) => !isSite(author)) : chosen.authors;
  const authors = others.map((author) => fullerForm(author, sources));
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

/**
 * The first of the sources that name a person; but a meta tag whose names the page does not show
 * near the article, where many systems put whoever typed it in, gives way to a byline that it does show.
 */
function shownInstead(naming: AuthorSource[], region: ArticleRegion): AuthorSource | undefined {
  const [first] = naming;
  if (first?.rule !== 'meta-author') return first;
  const near = [...region.header, ...region.edges, ...region.footer].map(({ text }) => text);
  const isShown = first.authors.some(({ name }) => near.some((text) => text.includes(name)));
  return isShown ? first : (naming.find(({ rule }) => rule === 'byline-line') ?? first);
}

/** A name of one word in the longer form that another source gives: `Todd`, `jdoe` in `Todd Bates`, `J Doe`. */
function fullerForm(author: AuthorData, sources: AuthorSource[]): AuthorData {
  if (author.type !== 'person' || /\s/.test(author.name)) return author;
  const joined = comparable(author.name);
  const fuller = sources
    .flatMap(({ authors }) => authors)
    .find(({ name, type }) => {
      const words = comparable(name).split(' ');
      return type === 'person' && words.length > 1 && (words[0] === joined || words.join('') === joined);
    });
  return fuller ?? author;
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
    labelledNames(page, region),
    source('author-box', authorBoxes(page)),
    source('json-ld-person', referredAuthors(page)),
    lineSource('dated-line', region, nameBesideDate),
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

/**
 * Names of the objects that the article only points to: `"author": {"@id": "#/person/1"}`. Systems that write so
 * name who typed the text in, so that any byline is worth more.
 */
function referredAuthors({ articleData: [node], data }: Page): Found[] {
  const ids = node ? [...linkedDataStrings(node, 'author.@id'), ...linkedDataStrings(node, 'creator.@id')] : [];
  const isReferred = (other: LinkedDataNode): boolean =>
    linkedDataStrings(other, '@id').some((own) => ids.some(({ value }) => value === own.value));
  return ids.length === 0
    ? []
    : data.linkedData.filter(isReferred).flatMap((person) => linkedDataStrings(person, 'name').slice(0, 1));
}

const BYLINE_WORDS =
  /(?:^|[\s_-])(?:byline|author|authors|autor|autoren|auteur|autore|writer|reporter|contributor|p-author|fn)(?:$|[\s_-])|(?:author|byline)[-_]*(?:name|link)/i;
const NOT_BYLINE_WORDS = /bio|related|social|image|photo|avatar|more|comment|follow|footer/i;

function bylineElements(page: Page, region: ArticleRegion): Found[] {
  const named = elementsNamed(page, 'a', 'span', 'p', 'div', 'address', 'li', 'ul', 'em', 'strong').filter(
    (element) => {
      if (element.attributes.length === 0) return false;
      const words = `${element.attribute('class') ?? ''} ${element.attribute('id') ?? ''}`;
      return words.length > 2 && BYLINE_WORDS.test(words) && !NOT_BYLINE_WORDS.test(words);
    },
  );
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
  return lineSource('byline-line', region, bylineNames);
}

/** The first line around the body, comments apart, that `read` finds names in. */
function lineSource(rule: string, region: ArticleRegion, read: (line: string) => AuthorData[]): AuthorSource {
  for (const block of [...region.header, ...region.edges, ...region.footer]) {
    const authors = isOfComment(block.container) ? [] : read(block.text);
    if (authors.length > 0) return { rule, found: [blockFound(block)], authors };
  }
  return { rule, found: [], authors: [] };
}

function blockFound({ text, start, end }: Block): Found {
  return { value: text, source: 'text', spans: [{ start, end }] };
}

const LABEL =
  /^(?:autor(?:in|en|es)?|authors?|auteurs?|autore|text|texte|texto|by|von|par|por|written by|автор|作者|記者|记者)\s*[:：]?$/iu;

/** A name in an element of its own behind one that says `Author`. */
function labelledNames(page: Page, region: ArticleRegion): AuthorSource {
  const rule = 'labelled-name';
  const { blocks } = page;
  for (const [i, block] of blocks.entries()) {
    if (block.start < region.start || block.end > region.end || !LABEL.test(blocks[i - 1]?.text ?? '')) continue;
    const authors = block.text.length < 80 ? authorsIn(block.text) : [];
    if (authors.length > 0) return { rule, found: [blockFound(block)], authors };
  }
  return { rule, found: [], authors: [] };
}

const BOX = /(?:^|[\s_-])author[-_]?(?:box|bio|info|card|profile|name)?(?:$|[\s_-])|about-?author/i;

/** The heading of the portrait that stands below many articles. */
function authorBoxes(page: Page): Found[] {
  const heading = elementsNamed(page, 'h2', 'h3', 'h4', 'h5', 'h6').find(
    ({ parent }) => parent && BOX.test(parent.attribute('class') ?? '') && !isOfOthers(parent),
  );
  return heading ? elementsFound([heading]) : [];
}

/** Places whose names are those of readers, photographers, makers of the site or authors of other stories. */
function isOfOthers(element: ElementNode): boolean {
  return isOfComment(element) || /recent-?posts|related|copyright|licen[sc]e/i.test(pathOf(element));
}

/** How far apart, in characters of source, the names of one byline may stand. */
const BYLINE_REACH = 1500;

/**
 * The first of the elements near the article with those right behind it. Others further down belong to teasers,
 * comments and portraits.
 */
function firstTogether(elements: ElementNode[], region: ArticleRegion): Found[] {
  const own = elements.filter((element) => !isOfOthers(element));
  const near = own.filter(({ start }) => start >= region.start && start <= region.end);
  const ordered = (near.length ? near : own).toSorted((a, b) => a.start - b.start);
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

const MOST_AUTHORS = 200;

function uniqueAuthors(found: AuthorData[]): AuthorData[] {
  const authors = found.slice(0, MOST_AUTHORS);
  const seen = new Set<string>();
  // An element around another holds its name and more: `Jane Doe Head of Sports`.
  const wrapped = (name: string): boolean =>
    authors.some((other) => other.name.includes(' ') && name !== other.name && ` ${name} `.includes(` ${other.name} `));
  return authors.filter(({ name }) => {
    const key = comparable(name);
    return !wrapped(name) && !seen.has(key) && seen.add(key);
  });
}

/** Whether an author is only the site itself or its publisher, by name or address. */
function siteTest(page: Page, siteName: string | undefined): (author: AuthorData) => boolean {
  const squeeze = (name: string): string => comparable(name).replace(/[^\p{L}\p{N}]/gu, '');
  const host = squeeze(/^[a-z]+:\/\/(?:www\.)?([^/:?#]+)/i.exec(page.url ?? '')?.[1] ?? '');
  const label = squeeze(
    /^[a-z]+:\/\/(?:[^/:?#]*\.)?([^./:?#]+)\.[a-z]{2,}(?:[/:?#]|$)/i.exec(page.url ?? '')?.[1] ?? '',
  );
  const publishers = page.articleData.flatMap((node) => linkedDataStrings(node, 'publisher.name'));
  const names = new Set([siteName ?? '', ...publishers.map(({ value }) => value)].map(squeeze).filter(Boolean));
  return ({ name }) => {
    const squeezed = squeeze(name);
    return (
      names.has(squeezed) ||
      (squeezed.length > 3 && host.startsWith(squeezed)) ||
      (label.length > 4 && squeezed.includes(label))
    );
  };
}
