import { describe, expect, it } from '@jest/globals';
import { FakeWeb, itemsOf, readOnce } from '../../../testing/reading.js';
import { SourceError } from './kind.js';

const FEED = 'https://harbour.example/feed.xml';
const spec = { kind: 'feed' as const, address: FEED };
const LONG = Array.from({ length: 90 }, (_, at) => `word${at}`).join(' ');

function feed(...entries: string[]): { body: string; type: string; etag: string } {
  const body = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour News</title>${entries.join('')}</channel></rss>`;
  return { body, type: 'application/rss+xml', etag: `"${body.length}"` };
}

function entry(guid: string, link: string, title: string, more = ''): string {
  return `<item><guid isPermaLink="false">${guid}</guid><link>${link}</link><title>${title}</title>${more}</item>`;
}

describe('a feed', () => {
  it('given a full text, then it is the original and no page is fetched', async () => {
    const full = `<content:encoded>&lt;p&gt;${LONG}&lt;/p&gt;</content:encoded><category>Region</category>`;
    const web = new FakeWeb({ [FEED]: feed(entry('1', 'https://harbour.example/1', 'Ferry', full)) });
    const [item] = itemsOf(await readOnce(spec, web));
    const loaded = await item!.load();
    expect(loaded).toMatchObject({ outcome: 'loaded', contentType: 'text/html; charset=utf-8' });
    if (loaded.outcome === 'loaded')
      expect(Buffer.from(loaded.bytes).toString()).toContain(`<h1>Ferry</h1>\n<p>${LONG}</p>`);
    expect(item!.metadata).toMatchObject({ title: 'Ferry', categories: 'Region', feed: 'Harbour News' });
    expect(web.requests.map(({ url }) => url)).toEqual([FEED]);
  });

  it('given a teaser, then the page is the original, known by where it led and what it calls canonical', async () => {
    const page = 'https://harbour.example/2';
    const web = new FakeWeb({
      [FEED]: feed(entry('2', page, 'Quay', '<description>It is open.</description>')),
      [page]: { body: `<link rel="canonical" href="/quay"><p>${LONG}</p>`, finalUrl: 'https://harbour.example/quay?x' },
    });
    const loaded = await itemsOf(await readOnce(spec, web))[0]!.load();
    expect(loaded).toMatchObject({
      outcome: 'loaded',
      addresses: ['https://harbour.example/quay', 'https://harbour.example/quay?x'],
      page: { url: 'https://harbour.example/quay?x' },
    });
  });

  it('given a page that is closed to us, then the teaser is better than nothing; one that hiccups is tried again', async () => {
    const teaser = entry('3', 'https://harbour.example/3', 'Storm', '<description>Wind from the west.</description>');
    const closed = new FakeWeb({ [FEED]: feed(teaser), 'https://harbour.example/3': { refused: 'robots-disallowed' } });
    const [item] = itemsOf(await readOnce(spec, closed));
    expect(await item!.load()).toMatchObject({ outcome: 'loaded', facts: { outcome: 'refused' } });
    const down = new FakeWeb({ [FEED]: feed(teaser), 'https://harbour.example/3': { status: 503 } });
    expect(await itemsOf(await readOnce(spec, down))[0]!.load()).toMatchObject({ outcome: 'failed', again: true });
  });

  it('given text from the feed or from the page only, then so it is', async () => {
    const web = (): FakeWeb =>
      new FakeWeb({
        [FEED]: feed(entry('4', 'https://harbour.example/4', 'Tide', '<description>Low.</description>')),
        'https://harbour.example/4': { body: '<p>High.</p>' },
      });
    const fetched = async (text: 'feed' | 'page'): Promise<number> => {
      const fake = web();
      await itemsOf(await readOnce({ ...spec, text }, fake))[0]!.load();
      return fake.requests.length;
    };
    expect([await fetched('feed'), await fetched('page')]).toEqual([1, 2]);
  });

  it('given a guid or a link that all entries share, then it names none of them', async () => {
    const web = new FakeWeb({
      [FEED]: feed(
        entry('same', 'https://harbour.example/a', 'A'),
        entry('same', 'https://harbour.example/b', 'B'),
        entry('c', 'https://harbour.example/', 'C'),
        entry('d', 'https://harbour.example/', 'D'),
        entry('same', 'https://harbour.example/', 'E'),
      ),
    });
    const items = itemsOf(await readOnce(spec, web));
    expect(items.map(({ label, ownId, addresses }) => [label, ownId, addresses])).toEqual([
      ['E', expect.stringMatching(/^title [0-9a-f]{64}$/), []],
      ['D', 'd', []],
      ['C', 'c', []],
      ['B', undefined, ['https://harbour.example/b']],
      ['A', undefined, ['https://harbour.example/a']],
    ]);
  });

  it('given the same article listed twice under two guids, then its link stays its name', async () => {
    const web = new FakeWeb({
      [FEED]: feed(entry('x', 'https://harbour.example/x', 'X'), entry('y', 'https://harbour.example/x', 'X')),
    });
    const items = itemsOf(await readOnce(spec, web));
    expect(items.map(({ addresses }) => addresses)).toEqual([
      ['https://harbour.example/x'],
      ['https://harbour.example/x'],
    ]);
  });

  it('given validators of an answer that was taken, then an unchanged feed is not read again', async () => {
    const web = new FakeWeb({ [FEED]: feed(entry('1', 'https://harbour.example/1', 'Ferry')) });
    const marks = new Map<string, string>();
    expect(itemsOf(await readOnce(spec, web, marks))).toHaveLength(1);
    expect(await readOnce(spec, web, marks)).toMatchObject([{ type: 'fetch', facts: { outcome: 'not-modified' } }]);
  });

  it('given an age, then older entries are rejected by it and those without a date are not', async () => {
    const dated = (guid: string, date: string): string => entry(guid, `https://harbour.example/${guid}`, guid, date);
    const web = new FakeWeb({
      [FEED]: feed(dated('old', '<pubDate>Mon, 02 Feb 2026 12:00:00 GMT</pubDate>'), dated('undated', '')),
    });
    const findings = await readOnce({ ...spec, maxAgeDays: 7 }, web);
    expect(findings.map(({ type }) => type)).toEqual(['fetch', 'item', 'reject', 'mark']);
  });

  it('given what is no feed or not there, then it is the source that failed', async () => {
    const failure = async (web: FakeWeb): Promise<unknown> => readOnce(spec, web).catch((error: unknown) => error);
    const page = await failure(new FakeWeb({ [FEED]: { body: '<html><p>Sorry</p></html>' } }));
    expect(page).toBeInstanceOf(SourceError);
    expect(page).toMatchObject({ code: 'not-a-feed' });
    expect(await failure(new FakeWeb({ [FEED]: { status: 410 } }))).toMatchObject({
      code: 'http-status',
      details: { gone: true },
    });
  });
});
