import type { FetchPurpose } from '@wireroom/contracts';
import type { FetchAnswer, Fetched } from '@wireroom/fetching';
import { bytesDigestOf } from '../digests.js';
import type { FetchFacts } from '../fetch-facts.js';

import { type Finding, type PageState, type Reading, SourceError } from './kind.js';

/** A document of a source that changed since it was read last. */
export interface FetchedDocument {
  url: string;
  body: Uint8Array;
  contentType?: string;
  headers: Record<string, string>;
  metadata: Record<string, string>;
  facts: FetchFacts;
  /** What to remember once all that is in it was taken. */
  mark: Extract<Finding, { type: 'mark' }>;
}

/** What is remembered of a document all of which was taken. */
interface Mark extends PageState {
  digest: string;
}

/**
 * Fetches a document of a source, unless it is as it was at the last mark.
 *
 * @returns the facts alone where it has not changed.
 * @throws SourceError where it could not be had.
 */
export async function fetchDocument(
  reading: Reading,
  url: string,
  accept?: string,
): Promise<FetchedDocument | { facts: FetchFacts }> {
  const key = `validators ${url}`;
  const known = parseMark((await reading.recall([key])).get(key));
  const at = reading.now;
  const answer = await reading.fetcher.fetch(url, {
    purpose: 'feed',
    accept,
    etag: known?.etag,
    lastModified: known?.lastModified,
    validatorsUrl: known?.url,
    circuit: reading.spec.name,
    signal: reading.signal,
  });
  const facts = factsOf(answer, 'poll', url, at);
  if (answer.outcome === 'not-modified') return { facts };
  if (answer.outcome !== 'fetched') throw failureOf(answer, facts);
  const digest = bytesDigestOf(answer.body);
  // Many servers know no validators, and send the same again.
  if (digest === known?.digest) return { facts };
  return {
    url: answer.finalUrl,
    body: answer.body,
    contentType: answer.contentType,
    headers: answer.headers,
    metadata: optOutOf(answer),
    facts,
    mark: { type: 'mark', marks: new Map([[key, JSON.stringify({ ...stateOf(answer), digest } satisfies Mark)]]) },
  };
}

/** A fetch for the ledger. */
export function factsOf(answer: FetchAnswer, purpose: FetchPurpose, url: string, at: Date): FetchFacts {
  const came = answer.outcome === 'fetched' || answer.outcome === 'not-modified';
  return {
    at,
    purpose,
    url,
    outcome: answer.outcome,
    status: answer.outcome === 'refused' ? undefined : answer.status,
    bytes: answer.outcome === 'fetched' ? answer.wireBytes : 0,
    tookMs: Math.round(answer.tookMs ?? 0),
    ...(came
      ? { permanentUrl: answer.permanentUrl, notBeforeMs: answer.freshForMs }
      : { code: answer.code, reason: answer.reason, notBeforeMs: answer.retryAfterMs }),
  };
}

/** What a page's server said of its state, for the next conditional request. */
export function stateOf({ finalUrl, etag, lastModified }: Fetched): PageState {
  return { url: finalUrl, etag, lastModified };
}

/** Reservations of rights, to travel with the item. */
export function optOutOf({ optOut }: Fetched): Record<string, string> {
  if (optOut.length === 0) return {};
  return { 'opt-out': optOut.map(({ signal, value }) => `${signal}: ${value}`).join(', ') };
}

function failureOf(answer: Exclude<FetchAnswer, { outcome: 'fetched' | 'not-modified' }>, facts: FetchFacts): Error {
  const gone = answer.outcome === 'failed' && answer.status === 410;
  return new SourceError(answer.code, answer.reason, { facts, retryAfterMs: answer.retryAfterMs, gone });
}

function parseMark(text: string | undefined): Mark | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Mark);
}
