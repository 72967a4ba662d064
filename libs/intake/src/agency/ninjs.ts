import { collapse } from '../text/html.js';
import { languageTag } from '../text/language-tag.js';
import { parseDate } from '../text/parse-date.js';
import type { AgencyItem, AgencySubject } from './agency-item.js';
import { bestRendering, paragraphsIn } from './paragraphs.js';
import { embargoOf, statusOf, urgencyOf } from './values.js';

type JsonObject = Record<string, unknown>;

const TELLTALES = [
  'versioncreated',
  'firstcreated',
  'pubstatus',
  'headline',
  'headlines',
  'bodies',
  'body_text',
  'type',
];

/** Whether a parsed JSON document is a ninjs item of any version. */
export function isNinjs(document: unknown): document is JsonObject {
  if (!isObject(document)) return false;
  const keys = new Set(Object.keys(document).map((key) => key.toLowerCase()));
  return keys.has('uri') && TELLTALES.some((key) => keys.has(key));
}

/**
 * ninjs 1.x, 2.x and 3.x. The third major version turned its names into camel case: they are read without regard to
 * case.
 */
export function readNinjs(document: JsonObject): AgencyItem {
  const item = new Map(Object.entries(document).map(([key, value]) => [key.toLowerCase(), value]));
  const line = (...keys: string[]): string | undefined => keys.map((key) => lineOf(item.get(key))).find(Boolean);
  const embargoed = line('embargoed', 'embargoeduntil');
  return {
    format: 'ninjs',
    guid: line('uri'),
    version: line('version'),
    headline: line('headline', 'headline_main') ?? mainHeadline(objectsIn(item.get('headlines'))),
    byline: line('byline', 'by'),
    slugline: line('slugline'),
    dateline: line('dateline', 'located'),
    urgency: urgencyOf(line('urgency')),
    language: languageTag(line('language')),
    published: parseDate(line('firstcreated')) ?? parseDate(line('versioncreated')),
    status: statusOf(line('pubstatus')),
    ...embargoOf(embargoed !== undefined, parseDate(embargoed)),
    subjects: [...objectsIn(item.get('subject')), ...objectsIn(item.get('subjects'))].map(readSubject),
    paragraphs: bodyOf(item),
    usageTerms: line('usageterms'),
    copyright: line('copyrightnotice'),
    provider: line('provider', 'copyrightholder'),
    editorialNote: line('ednote'),
    references: referencesOf(item.get('associations')),
  };
}

function mainHeadline(headlines: JsonObject[]): string | undefined {
  const main = headlines.find((headline) => headline['role'] === 'main');
  const plain = headlines.find((headline) => headline['role'] === undefined);
  return lineOf((main ?? plain ?? headlines[0])?.['value']);
}

function readSubject(subject: JsonObject): AgencySubject {
  const code = lineOf(subject['code']) ?? lineOf(subject['uri']) ?? lineOf(subject['literal']);
  return { code, name: lineOf(subject['name']) };
}

/** Of several renderings of the text the one with paragraph marks. */
function bodyOf(item: Map<string, unknown>): string[] {
  const named = [...item].filter(([key]) => key.startsWith('body_')).map(([, value]) => value);
  const listed = objectsIn(item.get('bodies')).map((body) => body['value']);
  const texts = [...named, ...listed].filter((value): value is string => typeof value === 'string');
  return paragraphsIn(bestRendering(texts));
}

/** In 1.x an object by name, later a list. */
function referencesOf(associations: unknown): string[] {
  const listed = isObject(associations) ? Object.values(associations) : associations;
  return objectsIn(listed).flatMap((association) => lineOf(association['uri']) ?? []);
}

function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lineOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? collapse(value) || undefined : undefined;
}
