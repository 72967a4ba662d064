import { canonicalAddress } from '@wireroom/contracts';

/** Hosts that show another's page under an address of their own (AMP caches and viewers). */
const AMP_CACHE = /^https?:\/\/[\w-]+\.cdn\.ampproject\.org\/(?:c|v|a|wp)\/(s\/)?(.+)$/i;
const AMP_VIEWER = /^https?:\/\/(?:www\.)?google\.[a-z.]+\/amp\/(s\/)?(.+)$/i;

const VARIANT_HOST = /^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])/;
const VARIANT_PARAMETERS = new Set([
  'amp',
  'outputtype',
  'm',
  'mobile',
  'ref',
  'referrer',
  'source',
  'cmp',
  'at_medium',
]);
const VARIANT_PREFIX = /^\/(?:amp|mobile)\//;
const VARIANT_SUFFIX = /(?:\/amp|\.amp(?=\.html?$)|\.amp)$/;

/**
 * The address of a page without what does not name it: beside what `canonicalAddress` leaves off, the variants for
 * AMP (cache, viewer, host, path and parameter), for phones and with `www`. Two addresses of one page come out the
 * same; it is a key to compare, not an address to fetch.
 */
export function addressKey(address: string): string {
  const unwrapped = unwrapAmp(address.trim());
  if (!URL.canParse(unwrapped)) return unwrapped;
  const url = new URL(unwrapped);
  for (const [name, value] of [...url.searchParams]) {
    if (VARIANT_PARAMETERS.has(name.toLowerCase()) && isVariant(name.toLowerCase(), value))
      url.searchParams.delete(name);
  }
  const path = url.pathname.replace(/\/+$/, '').replace(VARIANT_SUFFIX, '').replace(VARIANT_PREFIX, '/');
  url.pathname = path === '' ? '/' : path;
  url.host = url.host.replace(VARIANT_HOST, '');
  return canonicalAddress(url.href);
}

/** Host of an address, the same for its variants; undefined for what is no address. */
export function siteOf(address: string): string | undefined {
  const key = addressKey(address);
  return URL.canParse(key) ? new URL(key).host : undefined;
}

/** A source's own id for an item as a key, apart from all addresses. */
export function ownIdKey(ownId: string): string {
  return `id ${ownId}`;
}

/** Keys of all names an item has. An id that is an address is known by both. */
export function namesOf({ ownId, addresses }: { ownId?: string; addresses: string[] }): Map<string, string> {
  const names = new Map<string, string>();
  if (ownId !== undefined) names.set(ownIdKey(ownId), ownId);
  for (const address of addresses) {
    const key = addressKey(address);
    if (!names.has(key)) names.set(key, address);
  }
  return names;
}

/** `source` and its like name a variant only where they say one that says nothing of the page. */
function isVariant(name: string, value: string): boolean {
  if (name === 'amp' || name === 'm' || name === 'mobile') return /^(?:1|true|yes|)$/i.test(value);
  if (name === 'outputtype') return /^amp$/i.test(value);
  return /^(?:rss|feed|atom|newsletter|email|twitter|facebook|social|share|homepage)$/i.test(value);
}

function unwrapAmp(address: string): string {
  const match = AMP_CACHE.exec(address) ?? AMP_VIEWER.exec(address);
  return match ? `${match[1] === undefined ? 'http' : 'https'}://${match[2]}` : address;
}
