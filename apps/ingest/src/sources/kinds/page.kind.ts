import { type Finding, type Loaded, type PageState, type Reading, SourceError, type SourceKind } from './kind.js';
import { loadPage } from './load-page.js';
import { webAddressFaults } from './settings.js';

const MISSING_TIMES = 2;

/** What is remembered of the page. */
interface Mark extends PageState {
  /** Looks in a row that did not find it. */
  missing: number;
}

/**
 * One page, which is one item: its changes are updates. With `watchPages` it is taken back when it is gone: at once for
 * a 410, at the second look for a 404.
 */
export const pageKind: SourceKind = {
  name: 'page',
  faultsOf: webAddressFaults,
  async *read(reading: Reading): AsyncGenerator<Finding> {
    const { address, spec } = reading;
    const key = `page ${address}`;
    const known = parseMark((await reading.recall([key])).get(key));
    const loaded = await loadPage(address, { purpose: 'poll', ...reading }, known);
    const remember = (mark: Mark): Finding => ({ type: 'mark', marks: new Map([[key, JSON.stringify(mark)]]) });
    switch (loaded.outcome) {
      case 'failed':
        throw new SourceError(loaded.code, loaded.reason, {
          facts: loaded.facts,
          retryAfterMs: loaded.facts.notBeforeMs,
        });
      case 'gone':
        if (!spec.watchPages || !known) throw goneError(loaded);
        yield { type: 'fetch', facts: loaded.facts };
        if (loaded.status === 410 || known.missing + 1 >= MISSING_TIMES) yield retractionOf(address);
        yield remember({ ...known, missing: known.missing + 1 });
        return;
      case 'not-modified':
        yield { type: 'fetch', facts: loaded.facts };
        return;
      case 'loaded': {
        const { facts, ...original } = loaded;
        yield { type: 'fetch', facts: facts! };
        yield { type: 'item', item: itemOf(address, original) };
        yield remember({ url: address, ...loaded.page, missing: 0 });
      }
    }
  },
};

function itemOf(
  address: string,
  original: Extract<Loaded, { outcome: 'loaded' }>,
): Extract<Finding, { type: 'item' }>['item'] {
  return {
    label: address,
    addresses: [address],
    digest: original.textDigest,
    load: async () => original,
  };
}

function retractionOf(address: string): Finding {
  const item = { label: address, addresses: [address], digest: 'gone', kind: 'retraction' as const };
  return { type: 'item', item: { ...item, load: () => Promise.reject(new Error('a retraction has no original')) } };
}

function goneError({ status, facts }: Extract<Loaded, { outcome: 'gone' }>): SourceError {
  return new SourceError('http-status', `the host answers ${status}`, { facts, gone: status === 410 });
}

function parseMark(text: string | undefined): Mark | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Mark);
}
