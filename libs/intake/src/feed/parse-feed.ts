import type { DocumentOptions } from '../document-options.js';
import { IntakeError } from '../intake-error.js';
import { decodeBytes } from '../text/decode-bytes.js';
import { gunzipIfNeeded } from '../text/gunzip.js';
import { parseCutJson } from '../text/parse-json.js';
import { resolveUrl } from '../text/resolve-url.js';
import { parseXmlElements } from '../xml/xml-tree.js';
import type { ParsedFeed } from './feed.js';
import { isJsonFeed, readJsonFeed } from './json-feed.js';
import { isFeedRoot, readXmlFeed } from './xml-feed.js';

/**
 * Reads a feed of any family: RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON Feed 1.x. What the document is decides, not
 * its content type. A document that breaks off yields the entries that are whole.
 *
 * @throws IntakeError `empty`, `not-a-feed`, `malformed` (JSON), `too-large`, `too-deep`, `entity-expansion`
 */
export function parseFeed(bytes: Uint8Array, options: DocumentOptions = {}): ParsedFeed {
  const text = decodeBytes(gunzipIfNeeded(bytes), options);
  const headers = lowerCased(options.headers);
  const location = headers['content-location'];
  const base = location === undefined ? options.url : resolveUrl(location, options.url);
  const language = headers['content-language']?.split(',')[0];
  switch (/[^\s\ufeff]/.exec(text)?.[0]) {
    case undefined:
      throw new IntakeError('empty', 'document holds nothing');
    case '{':
      return parseJsonFeed(text, base);
    default:
      return parseXmlFeed(text, base, language);
  }
}

function parseXmlFeed(text: string, base: string | undefined, lang: string | undefined): ParsedFeed {
  const elements = parseXmlElements(text, { base, lang });
  const root = elements.find(isFeedRoot);
  if (!root) throw new IntakeError('not-a-feed', `root element is ${elements[0]?.localName ?? 'missing'}`);
  return readXmlFeed(root, lang);
}

function parseJsonFeed(text: string, base: string | undefined): ParsedFeed {
  const document = parseCutJson(text);
  if (!isJsonFeed(document)) throw new IntakeError('not-a-feed', 'JSON document is no JSON Feed');
  return readJsonFeed(document, base);
}

function lowerCased(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
