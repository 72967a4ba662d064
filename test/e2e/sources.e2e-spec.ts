import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import type { FetchView, SourceView } from '@wireroom/contracts';
import { FixtureSite, articlePage, paragraphs, rss } from './fixture-site.js';
import { Wire } from './wire.js';

jest.setTimeout(240_000);

let wire: Wire;
let site: FixtureSite;

beforeAll(async () => {
  site = await FixtureSite.start();
  wire = await Wire.start();
  await wire.startAll({ FETCH_ALLOW: site.host });
});
afterAll(async () => {
  await wire.stop();
  await site.stop();
});

describe('a feed', () => {
  const entries = [
    {
      guid: 'sk-1',
      link: '/ferry',
      title: 'Ferry is back at Skerry',
      description: 'The ferry is back.',
    },
    {
      guid: 'sk-2',
      link: '/quay',
      title: 'Quay opens again',
      content: paragraphs('The quay has opened again'),
    },
  ];
  const feedOf = (list: typeof entries) =>
    rss(
      'The Skerry Courier',
      list.map((entry) => ({ ...entry, link: site.url(entry.link) })),
    );

  it('goes from declaration to published articles: full texts from the feed, teasers from their pages', async () => {
    site.set('/feed.xml', feedOf(entries));
    site.setPage('/ferry', articlePage('Ferry is back at Skerry'));
    site.setPage('/quay', articlePage('Quay opens again'));
    await wire.ingest.addSource({
      name: 'skerry',
      kind: 'feed',
      address: site.url('/feed.xml'),
      intervalSeconds: 1,
      watchPages: true,
    });

    await waitUntil(async () => (await sourceOf('skerry')).totals.added === 2, 30_000);
    await waitUntil(async () => (await titles()).length === 2, 60_000);
    expect(await titles()).toEqual(['Ferry is back at Skerry', 'Quay opens again']);
    const [poll] = (await fetchesOf('skerry')).filter(({ purpose }) => purpose === 'poll').slice(-1);
    expect(poll).toMatchObject({ outcome: 'fetched', status: 200, found: 2, added: 2, duplicate: 0, rejected: 0 });
  });

  it('every row of the ledger adds up, and the rows to the totals', async () => {
    await expectSums('skerry');
  });
});

async function sourceOf(name: string): Promise<SourceView> {
  return wire.ingest.showSource(name);
}

async function fetchesOf(name: string): Promise<FetchView[]> {
  return (await wire.ingest.listFetches(name, { limit: 500 })).items;
}

async function titles(): Promise<string[]> {
  const { items } = await wire.publishing.listArticles({ limit: 200 });
  return items.flatMap(({ article }) => article?.title ?? []).sort();
}

async function expectSums(name: string): Promise<void> {
  await wire.ingest.pauseSource(name);
  const rows = await fetchesOf(name);
  const { totals } = await sourceOf(name);
  for (const row of rows) {
    expect(row.added + row.changed + row.retracted + row.duplicate + row.rejected).toBe(row.found);
    expect(row.rejections.reduce((sum, { count }) => sum + count, 0)).toBe(row.rejected);
  }
  for (const field of ['found', 'added', 'changed', 'retracted', 'duplicate', 'rejected'] as const) {
    expect(rows.reduce((sum, row) => sum + row[field], 0)).toBe(totals[field]);
  }
}
