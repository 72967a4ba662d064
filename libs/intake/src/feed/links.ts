import { resolveLink } from '../text/resolve-url.js';
import { attributeOf, textOf, type XmlElement } from '../xml/xml-tree.js';
import type { FeedEnclosure, FeedLink } from './feed.js';

const PAGE_TYPES = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** A link of Atom (attributes), of RSS (text) or an enclosure; `undefined` when it leads nowhere. */
export function readLink(element: XmlElement): FeedLink | undefined {
  const attribute = attributeOf(element, 'href') ?? attributeOf(element, 'url');
  // RFC 3986 section 4.4: an empty href means the base itself; an empty RSS link means nothing.
  const href = attribute === '' ? element.base : resolveLink(attribute ?? textOf(element), element.base);
  if (href === undefined) return undefined;
  const rel = element.name === 'enclosure' ? 'enclosure' : attributeOf(element, 'rel') || 'alternate';
  return {
    href,
    rel: rel.replace(/^http:\/\/www\.iana\.org\/assignments\/relation\//, ''),
    type: attributeOf(element, 'type'),
    title: attributeOf(element, 'title'),
    hreflang: attributeOf(element, 'hreflang'),
    length: wholeNumber(attributeOf(element, 'length')),
  };
}

/** The link to the page itself: an alternate that is a web page, then one that may be, then any other. */
export function pageLink(links: FeedLink[]): string | undefined {
  const alternates = links.filter((link) => link.rel === 'alternate');
  const best =
    alternates.find((link) => PAGE_TYPES.test(link.type ?? '')) ??
    alternates.find((link) => link.type === undefined) ??
    alternates[0];
  return best?.href;
}

export function enclosuresAmong(links: FeedLink[]): FeedEnclosure[] {
  return links
    .filter((link) => link.rel === 'enclosure' && link.href !== '')
    .map(({ href, type, length }) => ({ url: href, type: type || undefined, length }));
}

/** A count as feeds write it; anything that is not one is `undefined`. */
export function wholeNumber(text: string | number | undefined): number | undefined {
  const value = typeof text === 'string' && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : text;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
