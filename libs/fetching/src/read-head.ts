import type { Fetched, NotModified } from './fetch-answer.js';
import { FetchEnd } from './fetch-end.js';
import type { FetchPurpose } from './fetch-request.js';
import { type Fields, charsetOf, keptFields, mediaTypeOf } from './http/fields.js';
import { freshForMs } from './http/freshness.js';
import { retryAfterMs } from './http/retry-after.js';
import { saneEtag, saneLastModified } from './http/validators.js';
import type { Trip, Visit } from './trip.js';

/** What the head of a good answer says, body or not. */
export type ContentHead = Omit<Fetched, 'outcome' | 'body' | 'bytes' | 'wireBytes'>;

const CONTENT: ReadonlySet<number> = new Set([200, 203, 204, 205, 206]);
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;

/**
 * Reads the head of the last answer of a fetch.
 *
 * @param date the wall clock, epoch milliseconds
 * @throws FetchEnd `rate-limited`, `http-status`, `wrong-type` for answers without content
 */
export function readHead(visit: Visit, trip: Trip, date: number): NotModified | ContentHead {
  const { status, fields } = visit.answer;
  if (status === 304 && visit.conditional) return { outcome: 'not-modified', ...standing(visit, trip, date) };
  if (!CONTENT.has(status)) throw noContent(status, fields, date);
  const contentType = fields['content-type'];
  refuseWrongType(mediaTypeOf(contentType), trip.purpose);
  return { ...standing(visit, trip, date), contentType, charset: charsetOf(contentType) };
}

function standing(
  { route, answer: { status, fields } }: Visit,
  trip: Trip,
  date: number,
): Omit<NotModified, 'outcome'> {
  const { request } = trip;
  const sent = status === 304 ? request : undefined;
  return {
    ...trip.journey(route),
    status,
    permanentUrl: route.permanentUrl,
    headers: keptFields(fields),
    etag: saneEtag(fields['etag']) ?? saneEtag(sent?.etag),
    lastModified: saneLastModified(fields['last-modified']) ?? saneLastModified(sent?.lastModified),
    freshForMs: freshForMs(fields, date),
    optOut: [],
  };
}

function noContent(status: number, fields: Fields, date: number): FetchEnd {
  const retry = retryAfterMs(fields['retry-after'], date);
  const limited = status === TOO_MANY_REQUESTS || (status === UNAVAILABLE && retry !== undefined);
  return limited
    ? FetchEnd.failed('rate-limited', 'the host wants fewer requests', { status, retryAfterMs: retry })
    : FetchEnd.failed('http-status', `the host answers ${status}`, { status, retryAfterMs: retry });
}

/** Never text, whatever they hold; anything else is left to the parsers, since servers often name it wrongly. */
const NEVER_TEXT = /^(?:audio|video|image|font)\/(?!svg\+xml$)/;

function refuseWrongType(mediaType: string | undefined, purpose: FetchPurpose): void {
  if (purpose !== 'websub' && mediaType !== undefined && NEVER_TEXT.test(mediaType)) {
    throw FetchEnd.failed('wrong-type', `the answer is ${mediaType}`);
  }
}
