import { Parser } from 'htmlparser2';
import { createHash } from 'node:crypto';

import { decodeBytes } from '../text/decode-bytes.js';
import { closeDangling, collapse, DROPPED_WITH_CONTENT, isTooDeep, stripTags } from '../text/html.js';
import { isWebUrl, resolveUrl } from '../text/resolve-url.js';

/** What a page says about where it stands, and a digest of its words. */
export interface PageFacts {
  /** `link rel="canonical"`, else `og:url`; absolute. */
  canonical?: string;
  /** Its variant for AMP. */
  amp?: string;
  /** SHA-256 (hex) of the visible words on one line: markup, scripts and white space don't count. */
  textDigest: string;
}

const ADDRESS_ELEMENTS = new Set(['link', 'meta']);

/**
 * Reads what tells one page from another, whichever address it was fetched from. A canonical address that is the
 * site's front page is not believed of any other page: careless templates say so of all of theirs.
 *
 * @throws IntakeError `too-large`
 */
export function readPageFacts(bytes: Uint8Array, options: { contentType?: string; url?: string } = {}): PageFacts {
  const html = decodeBytes(bytes, options);
  if (isTooDeep(html)) return { textDigest: digestOf(stripTags(html)) };
  const links: { rel: string; href: string }[] = [];
  const words: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (DROPPED_WITH_CONTENT.has(name)) hidden++;
        if (ADDRESS_ELEMENTS.has(name)) links.push(...addressOf(name, attributes));
        words.push(' ');
      },
      onclosetag: (name) => {
        if (DROPPED_WITH_CONTENT.has(name)) hidden--;
        words.push(' ');
      },
      ontext: (text) => {
        if (hidden === 0) words.push(text);
      },
    },
    { decodeEntities: true },
  );
  parser.end(closeDangling(html));
  const find = (rel: string): string | undefined => absolute(links.find((link) => link.rel === rel)?.href, options.url);
  const canonical = [find('canonical'), find('og:url')].find(
    (one) => one !== undefined && !isFrontOf(one, options.url),
  );
  return { canonical, amp: find('amphtml'), textDigest: digestOf(collapse(words.join(''))) };
}

function addressOf(name: string, attributes: Record<string, string>): { rel: string; href: string }[] {
  if (name === 'meta') {
    const isAddress = attributes['property'] === 'og:url' && attributes['content'] !== undefined;
    return isAddress ? [{ rel: 'og:url', href: attributes['content']! }] : [];
  }
  const href = attributes['href'];
  if (href === undefined) return [];
  return (attributes['rel'] ?? '')
    .toLowerCase()
    .split(/\s+/)
    .map((rel) => ({ rel, href }));
}

function absolute(href: string | undefined, base: string | undefined): string | undefined {
  const address = href === undefined ? undefined : resolveUrl(href, base);
  return isWebUrl(address) && URL.canParse(address!) ? address : undefined;
}

function isFrontOf(canonical: string, url: string | undefined): boolean {
  return new URL(canonical).pathname === '/' && url !== undefined && URL.canParse(url) && new URL(url).pathname !== '/';
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
