import type { FetchPurpose, FetchRequest } from '../fetch-request.js';
import { saneEtag, saneLastModified } from './validators.js';

const ACCEPT: Record<FetchPurpose, string> = {
  feed: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
  page: 'text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.5',
  robots: 'text/plain, */*;q=0.5',
  websub: '*/*',
};

/** Fields that belong to the connection, or to identity: no caller sets them. */
const NOT_THE_CALLERS = new Set([
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

/**
 * Fields of one request of a fetch.
 *
 * @param url where it goes
 * @param origin of the fetch's own address: what the caller added stays there, credentials above all
 */
export function requestFields(
  request: FetchRequest,
  { url, origin, userAgent }: { url: URL; origin: string; userAgent: string },
): Record<string, string> {
  return {
    ...(url.origin === origin ? callersFields(request.headers) : {}),
    'user-agent': userAgent,
    accept: request.accept ?? ACCEPT[request.purpose ?? 'page'],
    'accept-encoding': 'gzip, deflate, br',
    ...(request.validatorsUrl === undefined || request.validatorsUrl === url.href ? conditions(request) : {}),
  };
}

/** Whether a request with these fields can be answered with 304. */
export function isConditional(fields: Record<string, string>): boolean {
  return 'if-none-match' in fields || 'if-modified-since' in fields;
}

function callersFields(headers: Record<string, string> = {}): Record<string, string> {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lower.filter(([name]) => !NOT_THE_CALLERS.has(name)));
}

function conditions({ etag, lastModified }: FetchRequest): Record<string, string> {
  const tag = saneEtag(etag);
  const date = saneLastModified(lastModified);
  return {
    ...(tag === undefined ? {} : { 'if-none-match': tag }),
    ...(date === undefined ? {} : { 'if-modified-since': date }),
  };
}
