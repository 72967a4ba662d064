import { describe, expect, it } from '@jest/globals';
import type { FetchFacts } from './fetch-facts.js';
import { PollProgress } from './poll-progress.js';
import type { FetchRow } from './source.schema.js';

const facts = (url: string, purpose: FetchFacts['purpose'] = 'poll'): FetchFacts => ({
  at: new Date('2026-03-02T12:00:00Z'),
  purpose,
  url,
  outcome: 'fetched',
  bytes: 10,
  tookMs: 1,
});
const HARBOUR = { _id: 'harbour', spec: { ignoreRobots: 'by letter of 2 March 2026' } };
const rejected = { outcome: 'rejected', code: 'timeout', reason: 'no answer', again: true } as const;

function ledger(): { rows: Map<string, FetchRow>; put: (row: FetchRow) => Promise<void> } {
  const rows = new Map<string, FetchRow>();
  return { rows, put: async (row) => void rows.set(row._id, row) };
}

describe('PollProgress', () => {
  it('given several fetches, then each has the count of what was found in it, and a page its own row', async () => {
    const book = ledger();
    const progress = new PollProgress(HARBOUR, book);
    await progress.begin(facts('/index'));
    await progress.begin(facts('/part'));
    await progress.take('a', async () => ({ ending: { outcome: 'added' }, facts: facts('/a', 'page') }));
    progress.count('b', { outcome: 'duplicate' });
    progress.count('c', rejected);
    progress.count('d', rejected);
    await progress.close();
    for (const row of book.rows.values()) {
      expect(row).toMatchObject({ source: 'harbour', robotsIgnored: 'by letter of 2 March 2026' });
    }
    const counts = [...book.rows.values()].map(({ url, found, added, duplicate, rejections }) => ({
      url,
      found,
      added,
      duplicate,
      rejections,
    }));
    expect(counts).toEqual(
      expect.arrayContaining([
        { url: '/index', found: 0, added: 0, duplicate: 0, rejections: [] },
        {
          url: '/part',
          found: 4,
          added: 1,
          duplicate: 1,
          rejections: [{ code: 'timeout', count: 2, example: 'c: no answer' }],
        },
        { url: '/a', found: 0, added: 0, duplicate: 0, rejections: [] },
      ]),
    );
    expect(progress.totals).toMatchObject({ found: 4, added: 1, duplicate: 1, rejected: 2 });
  });

  it('given something to be tried again, then what was found since the fetch is not settled, and the next fetch is', async () => {
    const progress = new PollProgress(HARBOUR, ledger());
    await progress.begin(facts('/one'));
    progress.count('a', rejected);
    expect(await progress.settle()).toBe(false);
    await progress.begin(facts('/two'));
    expect(await progress.settle()).toBe(true);
  });

  it('given work that fails, then the poll does, and nothing is settled', async () => {
    const progress = new PollProgress(HARBOUR, ledger());
    await progress.begin(facts('/one'));
    await progress.take('a', () => Promise.reject(new Error('storage is away')));
    await expect(progress.settle()).rejects.toThrow('storage is away');
  });

  it('given more items than its window, then no more are under way at once', async () => {
    const progress = new PollProgress(HARBOUR, ledger());
    await progress.begin(facts('/one'));
    let open = 0;
    let most = 0;
    for (let number = 0; number < 80; number++) {
      await progress.take(String(number), async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setImmediate(resolve));
        open--;
        return { ending: { outcome: 'added' } };
      });
    }
    await progress.close();
    expect([most, progress.totals.added]).toEqual([24, 80]);
  });
});
