import { createHash, hash } from 'node:crypto';

/** Namespace of all Wireroom ids: UUIDv5 (RFC 9562) of the DNS name `wireroom`. */
const NAMESPACE = Buffer.from('ad092f8e6dc4560dbe606461409c8d62', 'hex');

/** What makes an item that item: its source and the source's own id for it, or else its address. */
export interface ItemIdentity {
  source: string;
  externalId?: string;
  url?: string;
}

/** The item's id: the same story from the same source is always the same item. */
export function contentIdOf(item: ItemIdentity): string {
  const own = item.externalId ?? (item.url === undefined ? '' : canonicalAddress(item.url));
  return uuidV5(`${item.source}\n${own}`);
}

/** The event's id, the same on every redelivery and replay. Stages that reprocess pass their version. */
export function eventIdOf(contentId: string, revision: number, eventType: string, processingVersion?: number): string {
  const version = processingVersion === undefined ? '' : `\n${processingVersion}`;
  return uuidV5(`${contentId}\n${revision}\n${eventType}${version}`);
}

/** The id of the story cluster that a revision's text founded. */
export function clusterIdOf(contentId: string, revision: number): string {
  return uuidV5(`${contentId}\n${revision}\ncluster`);
}

/** What of a submission makes it another revision when it changes. Metadata and arrival do not. */
export interface FingerprintInput {
  kind: string;
  contentType: string;
  publishedAt?: string;
  body: Uint8Array;
}

/**
 * SHA-256 (hex) of the normalised payload. `original` and `update` count as one kind, so that a story
 * sent again with the other word is still the same story.
 */
export function fingerprintOf(input: FingerprintInput): string {
  const kind = input.kind === 'update' ? 'original' : input.kind;
  const contentType = input.contentType.toLowerCase().replace(/\s+/g, '');
  const published = input.publishedAt === undefined ? '' : new Date(input.publishedAt).toISOString();
  return createHash('sha256').update(`${kind}\n${contentType}\n${published}\n`).update(input.body).digest('hex');
}

const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_ga|cmpid|ocid)$/i;

/**
 * The address without what doesn't name the page: fragment, tracking parameters, default port, the scheme's
 * `s`, a trailing slash; parameters are sorted. An address that can't be parsed is returned as it is.
 */
export function canonicalAddress(address: string): string {
  if (!URL.canParse(address)) return address.trim();
  const url = new URL(address);
  url.hash = '';
  url.username = '';
  url.password = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  const scheme = url.protocol === 'http:' ? 'https:' : url.protocol;
  return `${scheme}//${url.host}${path}${url.search}`;
}

/** The first hex digit of the fourth group: two bits of the hash behind the variant's own. */
const VARIANT_DIGITS = '89ab';

/** Name-based UUID, version 5 (RFC 9562 section 5.5). */
function uuidV5(name: string): string {
  const hex = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name)]), 'hex');
  const variant = VARIANT_DIGITS[Number.parseInt(hex[16]!, 16) & 0b11]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
