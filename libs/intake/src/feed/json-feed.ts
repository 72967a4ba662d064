import { collapse, escapeText } from '../text/html.js';
import { sanitiseHtml } from '../text/sanitise-html.js';
import { languageTag } from '../text/language-tag.js';
import { parseDate } from '../text/parse-date.js';
import { repairText } from '../text/repair-text.js';
import { resolveLink } from '../text/resolve-url.js';
import type { FeedContent, FeedEnclosure, FeedEntry, FeedLink, FeedPerson, ParsedFeed } from './feed.js';
import { wholeNumber } from './links.js';
import { nameOf } from './persons.js';

type JsonObject = Record<string, unknown>;

const VERSION = /jsonfeed\.org\/version\//i;

/** Whether a parsed JSON document is a JSON Feed; a missing version is forgiven where there are items. */
export function isJsonFeed(document: unknown): document is JsonObject {
  if (!isObject(document)) return false;
  return VERSION.test(text(document['version']) ?? '') || (Array.isArray(document['items']) && 'title' in document);
}

/** JSON Feed 1.0 and 1.1. Values of a wrong type count as absent, numbers where a text belongs as that text. */
export function readJsonFeed(document: JsonObject, base: string | undefined): ParsedFeed {
  const links = linksOf(document, base, { home_page_url: 'alternate', feed_url: 'self', next_url: 'next' });
  const language = languageTag(text(document['language']));
  const authors = personsOf(document, base);
  const feed = {
    id: text(document['feed_url']),
    title: plain(document['title']),
    link: address(document['home_page_url'], base),
    links,
    description: html(escaped(document['description']), base),
    language,
    authors,
    author: nameOf(authors[0]),
    tags: [],
    image: imageOf(address(document['icon'] ?? document['favicon'], base)),
  };
  const items = Array.isArray(document['items']) ? document['items'].filter(isObject) : [];
  return { feed, entries: items.map((item) => readItem(item, base, language, authors)) };
}

function readItem(
  item: JsonObject,
  base: string | undefined,
  feedLanguage: string | undefined,
  inherited: FeedPerson[],
): FeedEntry {
  const own = personsOf(item, base);
  const authors = own.length > 0 ? own : inherited;
  const language = languageTag(text(item['language']));
  const attachments = attachmentsOf(item, base);
  const enclosureLinks = attachments.map(({ url, type, length }): FeedLink => ({
    href: url,
    rel: 'enclosure',
    type,
    length,
  }));
  return {
    id: text(item['id']) ?? text(item['url']),
    title: plain(item['title']),
    link: address(item['url'] ?? item['external_url'], base),
    links: [...linksOf(item, base, { url: 'alternate', external_url: 'related' }), ...enclosureLinks],
    summary: html(escaped(item['summary']), base),
    content: contentOf(item, base, language ?? feedLanguage),
    author: nameOf(authors[0]),
    authors,
    published: parseDate(text(item['date_published'])),
    updated: parseDate(text(item['date_modified'])),
    tags: stringsOf(item['tags']).map((term) => ({ term })),
    enclosures: attachments,
    language,
    image: imageOf(address(item['image'] ?? item['banner_image'], base)),
  };
}

function contentOf(item: JsonObject, base: string | undefined, lang: string | undefined): FeedContent[] {
  const contents: FeedContent[] = [];
  const markup = text(item['content_html']);
  const words = text(item['content_text']);
  if (markup !== undefined) contents.push({ value: sanitiseHtml(markup, base), type: 'text/html', lang });
  if (words !== undefined) contents.push({ value: words.trim(), type: 'text/plain', lang });
  return contents;
}

function attachmentsOf(item: JsonObject, base: string | undefined): FeedEnclosure[] {
  const attachments = Array.isArray(item['attachments']) ? item['attachments'].filter(isObject) : [];
  return attachments.flatMap((attachment) => {
    const url = address(attachment['url'], base);
    if (!url) return [];
    const length = wholeNumber(attachment['size_in_bytes'] as string | number | undefined);
    return [{ url, type: text(attachment['mime_type']), length }];
  });
}

function personsOf(object: JsonObject, base: string | undefined): FeedPerson[] {
  const listed = Array.isArray(object['authors']) ? object['authors'] : [object['author']];
  return listed.filter(isObject).flatMap((author) => {
    const person = { name: plain(author['name']), url: address(author['url'], base) };
    return (nameOf(person) ?? person.url) ? [person] : [];
  });
}

function linksOf(object: JsonObject, base: string | undefined, rels: Record<string, string>): FeedLink[] {
  return Object.entries(rels).flatMap(([key, rel]) => {
    const href = address(object[key], base);
    return href ? [{ href, rel }] : [];
  });
}

function imageOf(url: string | undefined): { url: string } | undefined {
  return url === undefined ? undefined : { url };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? repairText(value) : undefined;
}

function plain(value: unknown): string | undefined {
  const string = text(value);
  return string === undefined ? undefined : collapse(string);
}

function escaped(value: unknown): string | undefined {
  const string = text(value);
  return string === undefined ? undefined : escapeText(string);
}

function html(value: string | undefined, base: string | undefined): string | undefined {
  return value === undefined ? undefined : sanitiseHtml(value, base);
}

function address(value: unknown, base: string | undefined): string | undefined {
  return resolveLink(text(value), base);
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((entry) => plain(entry) ?? []) : [];
}
