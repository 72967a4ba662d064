import { readPageFacts } from '@wireroom/intake';
import type { SourceFetcher } from '../source-fetcher.js';
import { factsOf, optOutOf, stateOf } from './fetch-document.js';
import type { Loaded, PageState } from './kind.js';

const ACCEPT = 'text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5';
/** Failures that the same request will meet again. */
const LASTING = new Set([
  'bad-address',
  'fetch-blocked',
  'robots-disallowed',
  'wrong-type',
  'too-large',
  'ratio-exceeded',
]);

export interface PageRequest {
  purpose: 'poll' | 'page' | 'watch';
  fetcher: SourceFetcher;
  signal: AbortSignal;
}

/** Fetches the page of an item. A page that answers 404 or 410 is `gone`. */
export async function loadPage(
  url: string,
  { purpose, fetcher, signal }: PageRequest,
  known?: PageState,
): Promise<Loaded> {
  const at = new Date();
  const answer = await fetcher.fetch(url, {
    purpose: 'page',
    accept: ACCEPT,
    etag: known?.etag,
    lastModified: known?.lastModified,
    validatorsUrl: known?.url,
    signal,
  });
  const facts = factsOf(answer, purpose, url, at);
  switch (answer.outcome) {
    case 'not-modified':
      return { outcome: 'not-modified', facts };
    case 'fetched': {
      const { body: bytes, contentType = 'text/html', finalUrl } = answer;
      const { canonical, amp, textDigest } = readPageFacts(bytes, { contentType, url: finalUrl });
      const addresses = [canonical, finalUrl, amp].filter((one) => one !== undefined);
      const page = stateOf(answer);
      const common = { bytes, contentType, addresses, canonical, textDigest, isWholePage: true, page, facts };
      return { outcome: 'loaded', ...common, metadata: optOutOf(answer) };
    }
    case 'refused':
    case 'failed': {
      const status = answer.outcome === 'failed' ? answer.status : undefined;
      if (status === 404 || status === 410) return { outcome: 'gone', status, facts };
      const again = !LASTING.has(answer.code) && (status === undefined || status >= 500 || status === 429);
      const asked = answer.outcome === 'failed' && answer.code !== 'aborted';
      return { outcome: 'failed', code: answer.code, reason: answer.reason, again, asked, facts };
    }
  }
}
