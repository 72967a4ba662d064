import type { Fetched, NotModified } from './fetch-answer.js';
import { FetchEnd } from './fetch-end.js';
import type { FetchPurpose } from './fetch-request.js';
import { type Fields, charsetOf, keptFields, mediaTypeOf } from './http/fields.js';
import { freshForMs } from './http/freshness.js';
import { overloadOf } from './http/overload.js';
import { saneEtag, saneLastModified } from './http/validators.js';
import { optOutsOfFields } from './rights/opt-out.js';
import type { Trip, Visit } from './trip.js';

/** What the head of a good answer says, body or not. */
export type ContentHead = Omit<Fetched, 'outcome' | 'body' | 'bytes' | 'wireBytes'>;

const CONTENT: ReadonlySet<number> = new Set([200, 203, 204, 205, 206]);
const TOO_MANY_REQUESTS = 429;

/** Who reads, and when. */
export interface Reader {
  /** Name and version, for directives to one agent. */
  product: string;
  /** The wall clock, epoch milliseconds. */
  date: number;
}

/**
 * Reads the head of the last answer of a fetch.
 *
 * @throws FetchEnd `rate-limited`, `http-status`, `wrong-type` for answers without content
 */
export function readHead(visit: Visit, trip: Trip, { date, product }: Reader): NotModified | ContentHead {
  const { status, fields } = visit.answer;
  const standing = { ...standingOf(visit, trip, date), optOut: optOutsOfFields(fields, product) };
  if (status === 304 && visit.conditional) return { outcome: 'not-modified', ...standing };
  if (!hasContent(status, trip.purpose)) throw noContent(status, fields, date);
  const contentType = fields['content-type'];
  refuseWrongType(mediaTypeOf(contentType), trip.purpose);
  return { ...standing, contentType, charset: charsetOf(contentType) };
}

/** 202 is how hubs accept a subscription, and how some firewalls answer robots with a riddle instead of a page. */
function hasContent(status: number, purpose: FetchPurpose): boolean {
  return CONTENT.has(status) || (purpose === 'websub' && status >= 200 && status < 300);
}

function standingOf(
  { route, answer: { status, fields } }: Visit,
  trip: Trip,
  date: number,
): Omit<NotModified, 'outcome' | 'optOut'> {
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
  };
}

function noContent(status: number, fields: Fields, date: number): FetchEnd {
  const overload = overloadOf(status, fields, date);
  if (overload && (status === TOO_MANY_REQUESTS || overload.restMs !== undefined)) {
    return FetchEnd.failed('rate-limited', 'the host wants fewer requests', { status, retryAfterMs: overload.restMs });
  }
  return FetchEnd.failed('http-status', `the host answers ${status}`, { status });
}

/** Never text, whatever they hold; anything else is left to the parsers, since servers often name it wrongly. */
const NEVER_TEXT = /^(?:audio|video|image|font)\/(?!svg\+xml$)/;

function refuseWrongType(mediaType: string | undefined, purpose: FetchPurpose): void {
  if (purpose !== 'websub' && mediaType !== undefined && NEVER_TEXT.test(mediaType)) {
    throw FetchEnd.failed('wrong-type', `the answer is ${mediaType}`);
  }
}
