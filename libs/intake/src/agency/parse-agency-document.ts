import type { DocumentOptions } from '../document-options.js';
import { IntakeError } from '../intake-error.js';
import { parseJson } from '../text/parse-json.js';
import { decodeBytes } from '../text/decode-bytes.js';
import { parseXml } from '../xml/xml-tree.js';
import type { AgencyItem } from './agency-item.js';
import { g2ItemOf, readNewsMlG2 } from './newsml-g2.js';
import { readNewsMl1 } from './newsml-1.js';
import { isNinjs, readNinjs } from './ninjs.js';
import { readNitf } from './nitf.js';

/**
 * Reads a document of a news agency: ninjs 1.x to 3.x, NewsML-G2 (items, packages, messages), NewsML 1.x or NITF.
 * The document decides which, not its content type. One that breaks off is refused: an item without its end may lack
 * the words that matter.
 *
 * @throws IntakeError `empty`, `not-an-agency-document`, `malformed`, `too-large`, `too-deep`, `entity-expansion`
 */
export function parseAgencyDocument(bytes: Uint8Array, options: DocumentOptions = {}): AgencyItem {
  const text = decodeBytes(bytes, options);
  const start = /[^\s\ufeff]/.exec(text)?.[0];
  if (start === undefined) throw new IntakeError('empty', 'document holds nothing');
  return start === '<' ? readXml(text) : readJson(text);
}

function readXml(text: string): AgencyItem {
  const root = parseXml(text);
  if (root && !root.complete) throw new IntakeError('malformed', 'document breaks off');
  const g2 = root && g2ItemOf(root);
  if (g2) return readNewsMlG2(g2);
  if (root?.name === 'newsml') return readNewsMl1(root);
  if (root?.name === 'nitf') return readNitf(root);
  throw new IntakeError('not-an-agency-document', `root element is ${root?.localName ?? 'missing'}`);
}

function readJson(text: string): AgencyItem {
  const document = parseJson(text);
  if (!isNinjs(document)) throw new IntakeError('not-an-agency-document', 'JSON document is no ninjs item');
  return readNinjs(document);
}
