import type { AuthorData } from '@wireroom/contracts';
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
import { cleanText, comparable } from '../text.js';
import { isOrganisationName, splitNames } from './names.js';

/** One source's opinion on who wrote the article. */
interface AuthorSource {
  rule: string;
  found: Found[];
  authors: AuthorData[];
}

/** People and organisations that wrote the article, and the line that names them. */
export function findAuthors(
  page: Page,
  siteName: string | undefined,
  log: ProvenanceLog,
): { authors: AuthorData[]; byline?: string } {
  const sources = authorSources(page).filter((source) => source.authors.length > 0);
  const chosen = sources.find((source) => source.authors.some((author) => !isSite(author, siteName))) ?? sources[0];
  if (!chosen) return { authors: [] };
  chosen.authors.forEach((author, i) => {
    const found = chosen.found.find(({ value }) => value.includes(author.name)) ?? chosen.found[0];
    if (found) log.chosen(`/article/authors/${i}`, found, chosen.rule, 'the most reliable source that names an author');
  });
  for (const source of sources) {
    if (source === chosen) continue;
    for (const found of source.found)
      log.rejected('/article/authors', found, source.rule, `less reliable than ${chosen.rule}`);
  }
  const byline =
    sources.find(({ rule }) => rule === 'byline-element')?.found[0]?.value ??
    chosen.authors.map(({ name }) => name).join(', ');
  return { authors: chosen.authors, byline: byline.slice(0, 1000) };
}

/** Most reliable first. */
function authorSources(page: Page): AuthorSource[] {
  const source = (rule: string, found: Found[]): AuthorSource => ({
    rule,
    found,
    authors: uniqueAuthors(found.flatMap(({ value }) => authorsIn(value))),
  });
  return [
    linkedDataAuthors(page.articleData[0]),
    source(
      'meta-author',
      metaValues(
        page.data,
        'author',
        'article:author',
        'byl',
        'parsely-author',
        'sailthru.author',
        'article:author_name',
        'citation_author',
        'dc.creator',
        'dcterms.creator',
        'cxenseparse:author',
        'author_name',
      ).slice(0, 6),
    ),
    source('microdata-author', elementsFound(page.data.microdata.get('author') ?? [])),
    source(
      'rel-author',
      elementsFound(elementsNamed(page, 'a', 'span').filter((element) => element.attribute('rel')?.includes('author'))),
    ),
    source('byline-element', bylineElements(page)),
    source('twitter-data', twitterLabels(page)),
  ];
}

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

function bylineElements(page: Page): Found[] {
  const named = elementsNamed(page, 'a', 'span', 'p', 'div', 'address', 'li').filter((element) => {
    const words = `${element.attribute('class') ?? ''} ${element.attribute('id') ?? ''}`;
    return BYLINE_WORDS.test(words) && !NOT_BYLINE_WORDS.test(words);
  });
  return elementsFound(named.slice(0, 8)).filter(({ value }) => value.length < 120);
}

function twitterLabels(page: Page): Found[] {
  const [label] = metaValues(page.data, 'twitter:label1');
  return label && /written by|author|verfasst von|escrito por|écrit par/i.test(label.value)
    ? metaValues(page.data, 'twitter:data1')
    : [];
}

function elementsFound(elements: ElementNode[]): Found[] {
  return elements
    .slice(0, 8)
    .map((element) => elementFound(element))
    .filter((found) => found !== undefined && found.value.length < 200) as Found[];
}

function authorsIn(text: string): AuthorData[] {
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

function isSite(author: AuthorData, siteName: string | undefined): boolean {
  return siteName !== undefined && comparable(author.name) === comparable(siteName);
}
