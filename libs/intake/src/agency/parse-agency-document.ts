import type { DocumentOptions } from '../document-options.js';
import { IntakeError } from '../intake-error.js';
import { parseJson } from '../text/parse-json.js';
import { decodeBytes } from '../text/decode-bytes.js';
import { parseXml } from '../xml/xml-tree.js';
import type { AgencyItem } from './agency-item.js';
import { g2ItemsOf, readNewsMlG2 } from './newsml-g2.js';
import { newsMl1ItemsOf, readNewsMl1 } from './newsml-1.js';
import { isNinjs, readNinjs } from './ninjs.js';
import { readNitf } from './nitf.js';

/**
 * Reads a document of a news agency: ninjs 1.x to 3.x, NewsML-G2 (items, packages, messages), NewsML 1.x or NITF; of a
 * message with several items the first. The document decides which, not its content type. One that breaks off is
 * refused: an item without its end may lack the words that matter.
 *
 * @throws IntakeError `empty`, `not-an-agency-document`, `malformed`, `too-large`, `too-deep`, `entity-expansion`
 */
export function parseAgencyDocument(bytes: Uint8Array, options: DocumentOptions = {}): AgencyItem {
  return parseAgencyItems(bytes, options)[0]!;
}

/**
 * All items of a document, in its order, at least one: a NewsML-G2 message, a NewsML 1.x document and a JSON list of
 * ninjs items may hold several.
 *
 * @throws IntakeError as parseAgencyDocument
 */
export function parseAgencyItems(bytes: Uint8Array, options: DocumentOptions = {}): AgencyItem[] {
  const text = decodeBytes(bytes, options);
  const start = /[^\s\ufeff]/.exec(text)?.[0];
  if (start === undefined) throw new IntakeError('empty', 'document holds nothing');
  return start === '<' ? readXml(text) : readJson(text);
}

function readXml(text: string): AgencyItem[] {
  const root = parseXml(text);
  if (root && !root.complete) throw new IntakeError('malformed', 'document breaks off');
  const g2 = root ? g2ItemsOf(root) : [];
  if (g2.length > 0) return g2.map(readNewsMlG2);
  if (root?.name === 'newsml') return newsMl1ItemsOf(root).map(readNewsMl1);
  if (root?.name === 'nitf') return [readNitf(root)];
  throw new IntakeError('not-an-agency-document', `root element is ${root?.localName ?? 'missing'}`);
}

function readJson(text: string): AgencyItem[] {
  const document = parseJson(text);
  const items = Array.isArray(document) ? (document as unknown[]) : [document];
  if (items.length === 0 || !items.every(isNinjs)) {
    throw new IntakeError('not-an-agency-document', 'JSON document is no ninjs item');
  }
  return items.map(readNinjs);
}
