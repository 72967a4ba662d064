import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A payload that breaks its contract. */
export interface RefusedPayload {
  name: string;
  /** CloudEvents type of the event whose data it claims to be. */
  type: string;
  /** The bytes as they arrive. */
  bytes: Buffer;
  /** The field that must be named. */
  field: string;
  /** Why JSON Schema can't refuse it, where it can't. */
  beyondSchema?: string;
}

const SUBMITTED = 'wireroom.content.submitted.v1';
const INGESTED = 'wireroom.content.ingested.v1';
const ENRICHED = 'wireroom.content.enriched.v1';
const PUBLISHED = 'wireroom.content.published.v1';

type Json = Record<string, unknown>;

/** Payloads that every door must refuse, each a sample of its event with one thing made wrong. */
export const REFUSED_PAYLOADS: RefusedPayload[] = [
  // The value as a whole.
  raw('no bytes', SUBMITTED, ''),
  raw('bytes that are not UTF-8', SUBMITTED, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
  raw('half a document', SUBMITTED, '{"source":"harbour-news"'),
  raw('not JSON', SUBMITTED, 'source=harbour-news'),
  raw('null', SUBMITTED, 'null'),
  raw('a list', SUBMITTED, '[{}]'),
  raw('a text', SUBMITTED, '"content"'),
  raw('a number', SUBMITTED, '0'),
  raw('nested beyond all measure', SUBMITTED, `{"source":${'['.repeat(5000)}${']'.repeat(5000)}}`, {
    field: `source${'[0]'.repeat(32)}`,
  }),

  // Keys that reach for a prototype.
  raw('__proto__', SUBMITTED, '{"__proto__":{"polluted":true}}', {
    field: '__proto__',
  }),
  raw('constructor.prototype', SUBMITTED, '{"constructor":{"prototype":{"polluted":true}}}', { field: 'constructor' }),
  raw('__proto__ in the metadata', SUBMITTED, withText('"metadata":{"__proto__":"x"}'), {
    field: 'metadata.__proto__',
    beyondSchema: 'the metadata may have any key; a schema could not name this one without it becoming a prototype',
  }),
  raw('constructor in the metadata', SUBMITTED, withText('"metadata":{"constructor":"x"}'), {
    field: 'metadata.constructor',
    beyondSchema: 'the metadata may have any key',
  }),
  bad(ENRICHED, 'prototype in a list at depth 3', 'article.authors[0].prototype', (data) => {
    part(data, 'article', 'authors', 0).prototype = { polluted: true };
  }),

  // Unknown keys.
  bad(SUBMITTED, 'an unknown key', 'status', (data) => Object.assign(data, { status: 'published' })),
  bad(SUBMITTED, 'a query operator for a text', 'externalId', (data) =>
    Object.assign(data, { externalId: { $ne: null } }),
  ),
  bad(INGESTED, 'a field of another event', 'article', (data) => Object.assign(data, { article: {} })),
  bad(ENRICHED, 'an unknown key at depth 3', 'enrichment.quotes[0].speaker.role', (data) => {
    part(data, 'enrichment', 'quotes', 0, 'speaker').role = 'keeper';
  }),
  bad(PUBLISHED, 'a key of the database', '_id', (data) => Object.assign(data, { _id: 'x', __v: 0 })),

  // Fields that are missing or null.
  bad(SUBMITTED, 'no source', 'source', (data) => delete data.source),
  bad(SUBMITTED, 'neither externalId nor url', 'externalId', (data) => {
    delete data.externalId;
    delete data.url;
  }),
  bad(SUBMITTED, 'no body', 'body', (data) => delete data.body),
  bad(SUBMITTED, 'an empty body', 'body', (data) => Object.assign(data, { body: '' })),
  bad(SUBMITTED, 'two bodies', 'body', (data) => Object.assign(data, { bodyBase64: 'eA==' })),
  bad(SUBMITTED, 'no contentType', 'contentType', (data) => delete data.contentType),
  bad(SUBMITTED, 'null for an optional text', 'url', (data) => Object.assign(data, { url: null })),
  bad(SUBMITTED, 'null for an optional date', 'publishedAt', (data) => Object.assign(data, { publishedAt: null })),
  bad(PUBLISHED, 'null for an optional object', 'article', (data) => Object.assign(data, { article: null })),
  bad(ENRICHED, 'null for an optional list', 'enrichment.quotes', (data) => {
    part(data, 'enrichment').quotes = null;
  }),

  // Neighbouring types.
  bad(ENRICHED, '"false" for a boolean', 'provenance[0].chosen', (data) => {
    part(data, 'provenance', 0).chosen = 'false';
  }),
  bad(INGESTED, 'a numeric text for a number', 'revision', (data) => Object.assign(data, { revision: '2' })),
  bad(INGESTED, 'a fraction for a whole number', 'revision', (data) => Object.assign(data, { revision: 1.5 })),
  bad(INGESTED, 'zero for a count from one', 'revision', (data) => Object.assign(data, { revision: 0 })),
  bad(SUBMITTED, 'a number for a text', 'externalId', (data) => Object.assign(data, { externalId: 77120 })),
  bad(SUBMITTED, 'a list for a text', 'source', (data) => Object.assign(data, { source: ['harbour-news'] })),
  raw('a number beyond all numbers', PUBLISHED, withScore('1e999'), {
    field: 'article.quality.score',
  }),

  // Nested objects and lists.
  bad(ENRICHED, 'a list in a list', 'article.paragraphs', (data) => {
    part(data, 'article').paragraphs = [[]];
  }),
  bad(ENRICHED, 'null in a list', 'article.paragraphs', (data) => {
    part(data, 'article').paragraphs = [null];
  }),
  bad(ENRICHED, 'a text in a list of objects', 'article.authors', (data) => {
    part(data, 'article').authors = ['Ines Harrow'];
  }),
  bad(ENRICHED, 'an object for a list', 'provenance', (data) => Object.assign(data, { provenance: {} })),
  bad(ENRICHED, 'an object with length for a list', 'provenance', (data) =>
    Object.assign(data, { provenance: { length: 1, 0: {} } }),
  ),
  bad(PUBLISHED, 'a list for an object', 'article', (data) => Object.assign(data, { article: [] })),
  bad(PUBLISHED, 'an empty nested object', 'article.paragraphs', (data) => Object.assign(data, { article: {} })),
  bad(ENRICHED, 'a field missing at depth 3', 'enrichment.summary.spans[0].end', (data) => {
    delete part(data, 'enrichment', 'summary', 'spans', 0).end;
  }),
  bad(ENRICHED, 'a list longer than allowed', 'article.authors', (data) => {
    part(data, 'article').authors = Array.from({ length: 201 }, () => ({ name: 'Ines Harrow', type: 'person' }));
  }),
  bad(PUBLISHED, 'a number in a list of texts', 'channels', (data) => Object.assign(data, { channels: ['api', 1] })),

  // Values of the right type.
  bad(SUBMITTED, 'a kind that does not exist', 'kind', (data) => Object.assign(data, { kind: 'killed' })),
  bad(SUBMITTED, 'a source with a space', 'source', (data) => Object.assign(data, { source: 'harbour news' })),
  bad(SUBMITTED, 'an address that runs a script', 'url', (data) => Object.assign(data, { url: 'javascript:alert(1)' })),
  bad(SUBMITTED, 'an address without host', 'url', (data) => Object.assign(data, { url: 'http://' })),
  bad(
    SUBMITTED,
    'an address with a bad port',
    'url',
    (data) => Object.assign(data, { url: 'http://harbour.example:99999/' }),
    'a pattern for host and port would be longer than it is worth; the format "uri" hints at it',
  ),
  bad(SUBMITTED, 'a body that is not base64', 'bodyBase64', (data) => {
    delete data.body;
    data.bodyBase64 = 'PHA+*';
  }),
  bad(SUBMITTED, 'a date without time zone', 'publishedAt', (data) =>
    Object.assign(data, { publishedAt: '2026-04-18T21:30:00' }),
  ),
  bad(SUBMITTED, 'a week date', 'publishedAt', (data) => Object.assign(data, { publishedAt: '2026-W16-6T21:30Z' })),
  bad(
    SUBMITTED,
    'a day that does not exist',
    'publishedAt',
    (data) => Object.assign(data, { publishedAt: '2026-02-30T08:00:00Z' }),
    'a pattern does not know the calendar',
  ),
  bad(SUBMITTED, 'a contentType that is none', 'contentType', (data) => Object.assign(data, { contentType: 'html' })),
  bad(SUBMITTED, 'an object in the metadata', 'metadata', (data) => Object.assign(data, { metadata: { a: {} } })),
  bad(SUBMITTED, 'a list as metadata', 'metadata', (data) => Object.assign(data, { metadata: ['a'] })),
  bad(SUBMITTED, 'too many metadata', 'metadata', (data) => {
    data.metadata = Object.fromEntries(Array.from({ length: 51 }, (_value, i) => [`key-${i}`, 'x']));
  }),
  bad(SUBMITTED, 'a metadata text that is too long', 'metadata', (data) =>
    Object.assign(data, { metadata: { note: 'x'.repeat(2001) } }),
  ),
  bad(
    SUBMITTED,
    'a metadata text of too many code units',
    'metadata',
    (data) => Object.assign(data, { metadata: { note: '🛟'.repeat(1001) } }),
    'the class counts UTF-16 code units, JSON Schema characters',
  ),
  bad(INGESTED, 'an id that is no UUID', 'contentId', (data) => Object.assign(data, { contentId: 'hn-77120' })),
  bad(INGESTED, 'a digest of the wrong length', 'originalSha256', (data) =>
    Object.assign(data, { originalSha256: 'ab' }),
  ),
  bad(PUBLISHED, 'a latitude beyond the pole', 'enrichment.places[0].lat', (data) => {
    part(data, 'enrichment', 'places', 0).lat = 90.1;
  }),
];

function raw(...[name, type, text, more]: [string, string, string | Buffer, Partial<RefusedPayload>?]): RefusedPayload {
  return { name, type, bytes: Buffer.from(text), field: '(root)', ...more };
}

function bad(
  type: string,
  name: string,
  field: string,
  spoil: (data: Json) => unknown,
  beyondSchema?: string,
): RefusedPayload {
  const data = sample(type);
  spoil(data);
  return { name, type, bytes: Buffer.from(JSON.stringify(data)), field, beyondSchema };
}

function sample(type: string): Json {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../samples', type, 'full.json'), 'utf8')) as Json;
}

function part(data: Json, ...path: (string | number)[]): Json {
  return path.reduce<unknown>((value, key) => (value as Json)[key], data) as Json;
}

/** A submission with more JSON text in it, for what `JSON.stringify` would not write. */
function withText(json: string): string {
  return `${JSON.stringify({ ...sample(SUBMITTED), metadata: undefined }).slice(0, -1)},${json}}`;
}

function withScore(score: string): string {
  return JSON.stringify(sample(PUBLISHED)).replace(/("quality":\{"score":)[\d.]+/, `$1${score}`);
}
