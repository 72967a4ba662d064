import { parseFragment } from 'parse5';
import type { SpanData } from '@wireroom/contracts';
import { cleanText } from '../text.js';
import { pathOf, textNodesOf, type ElementNode } from './document.js';
import { readJsonValues, type JsonValue } from './tolerant-json.js';

/** A value found in a page and the place it was found at. */
export interface Found {
  value: string;
  /** As in the contract: `json-ld:$.headline`, `meta:og:title`, `element:html>body>h1`. */
  source: string;
  spans: SpanData[];
}

/** One JSON-LD object with the path that leads to it. */
export interface LinkedDataNode {
  path: string;
  types: string[];
  members: Map<string, JsonValue>;
}

/** What a page says about itself for machines, read once for all fields. */
export interface StructuredData {
  /** By lower-case name, property, itemprop or http-equiv, in document order. */
  metas: Map<string, Found[]>;
  linkedData: LinkedDataNode[];
  /** Elements by their `itemprop` words, in lower case. */
  microdata: Map<string, ElementNode[]>;
  /** `<link>` targets by their `rel` words, in lower case. */
  links: Map<string, Found[]>;
}

/** `elements` are all of the page, in document order. */
export function readStructuredData(elements: ElementNode[], source: string): StructuredData {
  const data: StructuredData = { metas: new Map(), linkedData: [], microdata: new Map(), links: new Map() };
  for (const element of elements) {
    if (element.tag === 'meta') readMeta(element, source, data);
    else if (element.tag === 'link') readLink(element, source, data);
    else if (element.tag === 'script') readScript(element, source, data);
    const itemprop = element.attribute('itemprop') ?? element.attribute('property');
    if (itemprop !== undefined && element.tag !== 'meta')
      for (const word of itemprop.toLowerCase().split(/\s+/))
        append(data.microdata, word.replace(/^schema:/, ''), element);
  }
  return data;
}

/** Values of the first of these meta names that has any. */
export function metaValues(data: StructuredData, ...names: string[]): Found[] {
  return names.flatMap((name) => data.metas.get(name) ?? []);
}

const UNSHOWN = new Set(['script', 'style', 'template', 'noscript']);

/** The text of an element as a found value. */
export function elementFound(element: ElementNode, rule = 'element'): Found | undefined {
  const nodes = textNodesOf(element).filter(({ text, parent }) => /\S/.test(text) && !UNSHOWN.has(parent?.tag ?? ''));
  const value = cleanText(nodes.reduce(joined, ''));
  if (!value) return undefined;
  const starts = nodes.map((node) => node.start).filter((start) => start >= 0);
  const span = starts.length ? [{ start: Math.min(...starts), end: Math.max(...nodes.map((node) => node.end)) }] : [];
  return { value, source: `${rule}:${pathOf(element)}`, spans: span };
}

/** Parts of an element are words of their own, but for a mark that follows one at once. */
function joined(text: string, { text: next }: { text: string }): string {
  return /^[:,.;!?…’”»)]/.test(next) ? text + next : `${text} ${next}`;
}

/** An attribute of an element as a found value, with the place of the value in the start tag. */
export function attributeFound(element: ElementNode, name: string, source: string, label: string): Found | undefined {
  const raw = element.attribute(name);
  const value = raw === undefined ? '' : cleanText(raw);
  return value ? { value, source: label, spans: attributeSpan(element, name, source) } : undefined;
}

/** Members of a JSON-LD object by a dotted path; arrays are passed through to their items. */
export function linkedDataValues(node: LinkedDataNode, path: string): { value: JsonValue; path: string }[] {
  let level = [{ value: { value: node.members, start: 0, end: 0 } as JsonValue, path: node.path }];
  for (const key of path.split('.')) level = level.flatMap((at) => expand(at)).flatMap((at) => member(at, key));
  return level.flatMap((at) => expand(at));
}

/** String members of a JSON-LD object as found values. */
export function linkedDataStrings(node: LinkedDataNode, path: string): Found[] {
  return linkedDataValues(node, path).flatMap(({ value, path: where }) => {
    if (typeof value.value !== 'string') return [];
    const text = cleanText(decodeEntities(value.value));
    return text
      ? [{ value: text, source: `json-ld:${where}`.slice(0, 1000), spans: [{ start: value.start, end: value.end }] }]
      : [];
  });
}

function member(at: { value: JsonValue; path: string }, key: string): { value: JsonValue; path: string }[] {
  if (!(at.value.value instanceof Map)) return [];
  const value = at.value.value.get(key);
  return value ? [{ value, path: `${at.path}.${key}` }] : [];
}

function expand(at: { value: JsonValue; path: string }): { value: JsonValue; path: string }[] {
  if (!Array.isArray(at.value.value)) return [at];
  return at.value.value.flatMap((item, i) => expand({ value: item, path: `${at.path}[${i}]` }));
}

function readMeta(element: ElementNode, source: string, data: StructuredData): void {
  const names = ['name', 'property', 'itemprop', 'http-equiv'].map((attribute) => element.attribute(attribute));
  for (const name of new Set(names.filter((known) => known !== undefined))) {
    const key = name.trim().toLowerCase();
    const found = attributeFound(element, 'content', source, `meta:${key}`);
    if (found) append(data.metas, key, { ...found, value: decodeEntities(found.value) });
  }
}

function readLink(element: ElementNode, source: string, data: StructuredData): void {
  const rel = element.attribute('rel')?.toLowerCase();
  if (rel === undefined) return;
  const found = attributeFound(element, 'href', source, `link:${rel}`);
  if (found) for (const word of rel.split(/\s+/)) append(data.links, word, found);
}

function readScript(element: ElementNode, source: string, data: StructuredData): void {
  if (!/ld\+json/i.test(element.attribute('type') ?? '')) return;
  const text = textNodesOf(element)[0];
  if (!text || text.start < 0) return;
  const block = data.linkedData.length ? `$${data.linkedData.length}` : '$';
  for (const value of readJsonValues(source, text.start, text.end)) collectNodes(value, block, data.linkedData, 0);
}

/** Every object that has a type, outermost first: articles hide in `@graph`, arrays and `mainEntity`. */
function collectNodes(value: JsonValue, path: string, into: LinkedDataNode[], depth: number): void {
  if (depth > 12 || into.length > 2000) return;
  if (Array.isArray(value.value))
    value.value.forEach((item, i) => collectNodes(item, `${path}[${i}]`, into, depth + 1));
  if (!(value.value instanceof Map)) return;
  const members = value.value;
  const types = typeNames(members.get('@type'));
  if (types.length) into.push({ path, types, members });
  for (const [key, inner] of members) {
    if (typeof inner.value === 'object' && inner.value !== null) collectNodes(inner, `${path}.${key}`, into, depth + 1);
  }
}

function typeNames(type: JsonValue | undefined): string[] {
  const values =
    type === undefined ? [] : Array.isArray(type.value) ? type.value.map((item) => item.value) : [type.value];
  return values
    .filter((value) => typeof value === 'string')
    .map((value) => value.replace(/^(?:https?:\/\/schema\.org\/|schema:)/i, ''));
}

function attributeSpan(element: ElementNode, name: string, source: string): SpanData[] {
  if (element.start < 0) return [];
  const tag = source.slice(element.start, element.startTagEnd);
  const pattern = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (let match = pattern.exec(tag); match; match = pattern.exec(tag)) {
    const value = match[2] ?? match[3] ?? match[4];
    if (match[1]?.toLowerCase() !== name || value === undefined) continue;
    const end = element.start + match.index + match[0].length - (match[4] === undefined ? 1 : 0);
    return [{ start: end - value.length, end }];
  }
  return [{ start: element.start, end: element.startTagEnd }];
}

const NAMED_ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Undoes the double escaping that content systems leave in meta tags and JSON (`&amp;amp;`, `&#039;`) and drops markup. */
export function decodeEntities(text: string): string {
  if (!text.includes('&') && !text.includes('<')) return text;
  return nameEntities(text)
    .replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi,
      (match, hex?: string, decimal?: string, name?: string) => {
        if (name) return NAMED_ENTITIES[name.toLowerCase()] ?? match;
        const code = hex ? parseInt(hex, 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
      },
    )
    .replace(/<\/?[a-z][^<>]*>/gi, ' ');
}

/** Entities with other names (`&uuml;`), as a browser reads them. */
function nameEntities(text: string): string {
  return text.replace(/&(?!(?:amp|lt|gt|quot|apos|nbsp);)[a-z]{2,31}\d{0,2};/gi, (entity) => {
    const [node] = parseFragment(entity).childNodes;
    return node && 'value' in node ? node.value : entity;
  });
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
