import { isFeedRoot, readXmlFeed } from '../feed/xml-feed.js';
import type { DocumentOptions } from '../document-options.js';
import { IntakeError } from '../intake-error.js';
import { decodeBytes } from '../text/decode-bytes.js';
import { gunzipIfNeeded } from '../text/gunzip.js';
import { collapse } from '../text/html.js';
import { parseDate } from '../text/parse-date.js';
import { isWebUrl } from '../text/resolve-url.js';
import { elementsOf, parseXmlElements, textOf, type XmlElement } from '../xml/xml-tree.js';
import type { Sitemap, SitemapEntry, SitemapNews, SitemapWarning } from './sitemap.js';

/** The protocol's own bound on one file (sitemaps.org). */
const PROTOCOL_ENTRIES = 50_000;
const SITEMAP_ROOTS = ['urlset', 'sitemapindex'];

/**
 * Reads a sitemap: urlset with Google News data, index, plain text, or a feed used as one; gzipped or not, whatever
 * its name says. Namespaces are not insisted on. An entry without an absolute address is left out, one with a date
 * that is none stays. Of a file that breaks off the whole entries stay and `truncated` is among the warnings.
 *
 * @throws IntakeError `empty`, `not-a-sitemap`, `malformed` (gzip), `too-large`, `too-deep`, `entity-expansion`
 */
export function parseSitemap(bytes: Uint8Array, options: DocumentOptions = {}): Sitemap {
  const text = decodeBytes(gunzipIfNeeded(bytes), options);
  const start = /[^\s\ufeff]/.exec(text)?.[0];
  if (start === undefined) throw new IntakeError('empty', 'document holds nothing');
  const sitemap = start === '<' ? readXml(text, options.url) : readLines(text);
  if (sitemap.entries.length > PROTOCOL_ENTRIES) sitemap.warnings.push('too-many-entries');
  return sitemap;
}

function readLines(text: string): Sitemap {
  const lines = text.split(/[\r\n]+/).map((line) => line.replace('\ufeff', '').trim());
  const entries = lines.filter((line) => isAddress(line) && !/\s/.test(line)).map((loc) => ({ loc, lastmod: null }));
  if (entries.length === 0) throw new IntakeError('not-a-sitemap', 'text lists no address');
  return { type: 'text', entries, warnings: [] };
}

function readXml(text: string, base: string | undefined): Sitemap {
  const elements = parseXmlElements(text, { base });
  const root = elements.find((element) => SITEMAP_ROOTS.includes(element.name) || isFeedRoot(element)) ?? elements[0];
  const warnings: SitemapWarning[] = root?.complete ? [] : ['truncated'];
  switch (root?.name) {
    case 'urlset':
      return { type: 'urlset', entries: entriesOf(root, 'url'), warnings };
    case 'sitemapindex':
      return { type: 'index', entries: entriesOf(root, 'sitemap'), warnings };
    default:
      if (!root || !isFeedRoot(root))
        throw new IntakeError('not-a-sitemap', `root element is ${root?.localName ?? 'missing'}`);
      return { type: 'rss', entries: feedEntries(root), warnings };
  }
}

function entriesOf(root: XmlElement, name: string): SitemapEntry[] {
  return elementsOf(root)
    .filter((element) => element.name === name && element.complete)
    .flatMap(readEntry);
}

function readEntry(element: XmlElement): SitemapEntry[] {
  const children = elementsOf(element);
  const loc = valueOf(children.find((child) => child.name === 'loc' && !isExtension(child)));
  if (loc === undefined || !isAddress(loc)) return [];
  const lastmod = dateOf(valueOf(children.find((child) => child.name === 'lastmod'))) ?? null;
  const news = children.find((child) => child.name === 'news');
  return [news ? { loc, lastmod, news: readNews(news) } : { loc, lastmod }];
}

/** Images and videos have a loc too; theirs is no entry. */
function isExtension(element: XmlElement): boolean {
  return /sitemap-(?:image|video)|^(?:image|video):$/i.test(element.namespace);
}

function readNews(element: XmlElement): SitemapNews {
  const children = elementsOf(element);
  const publication = children.find((child) => child.name === 'publication');
  const named = (name: string): string | undefined => valueOf(children.find((child) => child.name === name));
  const ofPublication = (name: string): string | undefined =>
    valueOf(publication && elementsOf(publication).find((child) => child.name === name)) ?? named(name);
  return {
    title: named('title'),
    publicationDate: dateOf(named('publication_date')),
    name: ofPublication('name'),
    language: ofPublication('language'),
  };
}

function feedEntries(root: XmlElement): SitemapEntry[] {
  const isAtom = root.name === 'feed';
  return readXmlFeed(root).entries.flatMap(({ link, published, updated }) => {
    const lastmod = (isAtom ? (updated ?? published) : (published ?? updated)) ?? null;
    return link !== undefined && isAddress(link) ? [{ loc: link, lastmod }] : [];
  });
}

function isAddress(text: string): boolean {
  return isWebUrl(text) && URL.canParse(text);
}

function valueOf(element: XmlElement | undefined): string | undefined {
  return (element && collapse(textOf(element))) || undefined;
}

/** A year, month or day stays as imprecise as it is; anything finer is answered in UTC. */
function dateOf(text: string | undefined): string | undefined {
  const instant = parseDate(text);
  return instant !== undefined && text !== undefined && /^\d{4}(?:-\d\d){0,2}$/.test(text) ? text : instant;
}
