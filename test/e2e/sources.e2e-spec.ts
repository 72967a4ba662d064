import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import type { FetchView, SourceCounts, SourceView } from '@wireroom/contracts';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Answer, type Entry, FixtureSite, articlePage, newsSitemap, paragraphs, rss } from './fixture-site.js';
import { Wire } from './wire.js';

jest.setTimeout(240_000);

const ROOT = resolve(import.meta.dirname, '../..');
const COUNTS = ['found', 'added', 'changed', 'retracted', 'duplicate', 'rejected'] as const;

const HOSTILE: Record<string, { code: string; answer: Answer }> = {
  broken: { code: 'http-status', answer: { type: 'text/plain', body: 'broken', status: 500 } },
  busy: { code: 'rate-limited', answer: (response) => response.writeHead(429, { 'retry-after': '120' }).end() },
  loop: {
    code: 'too-many-redirects',
    answer: (response) => response.writeHead(302, { location: '/feed.xml' }).end(),
  },
  private: {
    code: 'fetch-blocked',
    answer: (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  },
  page: { code: 'not-a-feed', answer: { type: 'text/html', body: articlePage('No feed at all') } },
  film: { code: 'wrong-type', answer: { type: 'video/mp4', body: 'moving pictures' } },
  cut: {
    code: 'truncated',
    answer: (response) => {
      response.writeHead(200, { 'content-length': '5000' }).write('<rss version="2.0"><channel>');
      setTimeout(() => response.destroy(), 100);
    },
  },
  slow: { code: 'timeout', answer: () => undefined },
};

let wire: Wire;
let site: FixtureSite;
let folder: string;
let hostile: FixtureSite[];

beforeAll(async () => {
  site = await FixtureSite.start();
  folder = await mkdtemp(join(tmpdir(), 'wireroom-sources-'));
  wire = await Wire.start();
  await wire.startAll(env());
  hostile = await declareHostile();
});
afterAll(async () => {
  await wire.stop();
  await Promise.all([site, ...hostile].map((one) => one.stop()));
  await rm(folder, { recursive: true, force: true });
});

describe('a publisher with a feed, a news sitemap and pages', () => {
  const ferry: Entry = { guid: 'sk-1', link: '/ferry', title: 'Ferry is back at Skerry', description: 'It is back.' };
  const quay: Entry = {
    guid: 'sk-2',
    link: '/quay',
    title: 'Quay opens again',
    content: paragraphs('The quay is open'),
  };
  const feedOf = (...entries: Entry[]) =>
    rss(
      'The Skerry Courier',
      entries.map((entry) => ({ ...entry, link: site.url(entry.link) })),
    );

  it('goes from `wireroom source add` to published articles: full texts from the feed, teasers from their pages', async () => {
    site.set('/feed.xml', feedOf(quay, ferry));
    site.setPage('/ferry', articlePage(ferry.title));
    site.setPage('/quay', articlePage(quay.title));

    const tested = JSON.parse(await wireroom('source', 'test', site.url('/feed.xml'), '--json')) as {
      items: unknown[];
    };
    expect(tested.items).toMatchObject([
      { outcome: 'added', label: ferry.title, contentType: 'text/html; charset=utf-8' },
      { outcome: 'added', label: quay.title },
    ]);
    expect((await wire.ingest.listSources()).total).toBe(1 + hostile.length);
    const raw = (await wire.database('ingest')).collection('raw_items');
    expect(await raw.countDocuments({ source: { $ne: 'good' } })).toBe(0);

    await wireroom('source', 'add', 'skerry', site.url('/feed.xml'), '--every', '1', '--watch');
    await reaches('skerry', { added: 2 });
    await waitUntil(async () => (await titles('skerry')).length === 2, 60_000);
    expect(await titles('skerry')).toEqual([ferry.title, quay.title]);
    expect(await wireroom('source', 'list')).toMatch(/skerry\s+feed\s+ok/);
    const [first] = (await fetchesOf('skerry')).filter(
      ({ purpose, outcome }) => purpose === 'poll' && outcome === 'fetched',
    );
    expect(first).toMatchObject({ status: 200, found: 2, added: 2, duplicate: 0, rejected: 0 });
    const lateAtTheDoor = { $expr: { $lte: ['$discoveredAt', '$receivedAt'] }, discoveredAt: { $type: 'date' } };
    expect(await raw.countDocuments({ source: 'skerry', ...lateAtTheDoor })).toBe(2);
  });

  it('a feed that has not changed costs a 304 and nothing else', async () => {
    const rows = await fetchesOf('skerry');
    await waitUntil(async () => (await fetchesOf('skerry')).length > rows.length, 10_000);
    const polls = (await fetchesOf('skerry')).filter(({ purpose }) => purpose === 'poll');
    expect(polls.at(-1)).toMatchObject({ outcome: 'not-modified', status: 304, found: 0 });
    expect(site.visitsTo('/feed.xml').at(-1)?.headers['if-none-match']).toBeDefined();
  });

  it('the sitemap of the same publisher brings what the feed did not, and no second copy of what it did', async () => {
    const reserved = '<head><meta name="robots" content="noai">';
    site.setPage('/storm', articlePage('Storm warning for the outer islands').replace('<head>', reserved));
    site.setPage('/region/ferry', articlePage(ferry.title, 'A copy for the region.', site.url('/ferry')));
    site.set('/old-sitemap.xml', (response) => response.writeHead(301, { location: '/news-sitemap.xml' }).end());
    const published = new Date(Date.now() - 3_600_000).toISOString();
    site.set(
      '/news-sitemap.xml',
      newsSitemap([
        { loc: `${site.url('/ferry')}?utm_source=map`, title: ferry.title, published },
        { loc: site.url('/region/ferry'), title: 'Ferry for the region', published },
        { loc: site.url('/storm'), title: 'Storm warning for the outer islands', published },
      ]),
    );
    await wireroom(
      'source',
      'add',
      'skerry-map',
      site.url('/old-sitemap.xml'),
      '--publisher',
      'skerry',
      '--every',
      '1',
    );
    await reaches('skerry-map', { added: 1, duplicate: 2 });
    await waitUntil(async () => (await titles('skerry')).length === 3, 60_000);
    expect(await titles('skerry')).toEqual([ferry.title, quay.title, 'Storm warning for the outer islands']);
    const addresses = (await wire.database('ingest')).collection('item_addresses');
    const ferryId = (await addresses.findOne({ address: 'sk-1' }))?.['contentId'] as string;
    expect(await addresses.distinct('address', { contentId: ferryId })).toEqual(
      expect.arrayContaining(['sk-1', site.url('/ferry'), site.url('/region/ferry')]),
    );
    const raw = (await wire.database('ingest')).collection('raw_items');
    expect(await raw.distinct('metadata.opt-out', { source: 'skerry' })).toEqual([expect.stringContaining('noai')]);
  });

  it('a source that moved for good is polled where it is now', async () => {
    expect((await sourceOf('skerry-map')).permanentUrl).toBe(site.url('/news-sitemap.xml'));
    const visits = site.visitsTo('/old-sitemap.xml').length;
    await pollsAgain('skerry-map');
    expect(site.visitsTo('/old-sitemap.xml')).toHaveLength(visits);
  });

  it('a publisher who has agreed is read although its robots.txt does not say so yet, and the items tell why', async () => {
    const ignoreRobots = 'agreed by letter of 2 March 2026';
    site.setPage('/closed', articlePage('Lighthouse is for sale'));
    await wire.ingest.addSource({ name: 'agreed', kind: 'page', address: site.url('/closed'), ignoreRobots });
    await reaches('agreed', { added: 1 });
    expect(await fetchesOf('agreed')).toMatchObject([{ purpose: 'poll', robotsIgnored: ignoreRobots, added: 1 }]);
    const raw = (await wire.database('ingest')).collection('raw_items');
    expect(await raw.distinct('metadata.robots-ignored')).toEqual([ignoreRobots]);
  });

  it('a new guid, a tracked and an AMP address, and a feed that drops and re-adds: still the same items', async () => {
    const before = await sourceOf('skerry');
    site.set('/feed.xml', feedOf());
    await pollsAgain('skerry');
    site.set(
      '/feed.xml',
      feedOf(
        { ...quay, guid: 'new-2', link: '/quay/amp?utm_campaign=spring' },
        { ...ferry, guid: 'new-1', link: '/ferry?fbclid=x' },
      ),
    );
    await waitUntil(() => site.visitsTo('/ferry?fbclid=x').length > 0, 60_000);
    await pollsAgain('skerry');
    await reaches('skerry', { found: before.totals.found + 2, added: 2 });
    expect((await sourceOf('skerry')).totals.changed).toBe(before.totals.changed);
    expect(await titles('skerry')).toHaveLength(3);
  });

  it('a page that changes around its article is looked at and makes no revision', async () => {
    const { changed } = (await sourceOf('skerry')).totals;
    site.setPage(
      '/ferry',
      articlePage(ferry.title).replace('<footer>', '<p>4,711 are reading this</p><aside>Fog expected</aside><footer>'),
    );
    const looks = async (): Promise<FetchView[]> =>
      (await fetchesOf('skerry')).filter(({ purpose, url, outcome }) => {
        return purpose === 'watch' && url.includes('/ferry') && outcome === 'fetched';
      });
    await waitUntil(async () => (await looks()).length > 0, 60_000);
    expect((await looks()).at(-1)).toMatchObject({ found: 1, duplicate: 1, changed: 0 });
    expect((await sourceOf('skerry')).totals.changed).toBe(changed);
  });

  it('an edit in the feed and a correction on a page become revisions', async () => {
    site.set('/feed.xml', feedOf({ ...quay, content: paragraphs('The quay is open', 'It closes at ten.') }, ferry));
    await reaches('skerry', { changed: 1 });
    site.setPage('/ferry', articlePage(ferry.title, 'The harbour office has corrected the day of the first sailing.'));
    await reaches('skerry', { changed: 2 });
    await waitUntil(async () => (await textOf('skerry', ferry.title)).includes('has corrected the day'), 60_000);
    await waitUntil(async () => (await textOf('skerry', quay.title)).includes('It closes at ten.'), 60_000);
    expect(await revisionsOf('skerry')).toEqual({
      [ferry.title]: 2,
      [quay.title]: 2,
      'Storm warning for the outer islands': 1,
    });
  });

  it('a page that is gone takes its item back', async () => {
    site.remove('/ferry', 410);
    await reaches('skerry', { retracted: 1 });
    await waitUntil(async () => (await titles('skerry')).length === 2, 60_000);
    const { items } = await wire.publishing.listArticles({ source: 'skerry', status: 'retracted' });
    expect(items).toMatchObject([{ externalId: 'sk-1', kind: 'retraction' }]);
  });

  it('every row of the ledger adds up, and the rows to the totals', async () => {
    await expectSums('skerry', 'skerry-map');
  });
});

describe('a publisher who prints what another one wrote', () => {
  const NAMES = ['lamp', 'buoy', 'pier'];
  const titleOf = (name: string): string => `The old ${name} is back`;
  let press: FixtureSite;

  beforeAll(async () => {
    press = await FixtureSite.start();
    for (const name of NAMES) site.setPage(`/${name}`, articlePage(titleOf(name)));
    site.set('/log.xml', feedAt(site));
    await wire.ingest.addSource({ name: 'log', kind: 'feed', address: site.url('/log.xml'), intervalSeconds: 1 });
    await reaches('log', { added: NAMES.length });
  });
  afterAll(() => press.stop());

  it('adds an address where the text is the same, and an item where it is not', async () => {
    const credit = 'This report first appeared in The Skerry Log.';
    const own = `${paragraphs('Nobody in Port Calder remembers the buoy')}\n${credit}`;
    press.setPage(
      '/lamp',
      articlePage(`Port Calder: ${titleOf('lamp')}`, `Tickets stay valid. ${credit}`, site.url('/lamp')),
    );
    press.setPage('/pier', articlePage(titleOf('pier'), 'Tickets stay valid.', site.url('/pier')));
    press.setPage(
      '/buoy',
      articlePage('Nobody remembers the buoy', 'x', site.url('/buoy')).replace(/<p>.*<\/p>/s, own),
    );
    press.set('/press.xml', feedAt(press));
    await wireroom('source', 'add', 'press', press.url('/press.xml'), '--kind', 'feed', '--every', '1', '--watch');
    await reaches('press', { added: 1, duplicate: 2 });

    const addresses = (await wire.database('ingest')).collection('item_addresses');
    const lamp = await addresses.findOne({ address: site.url('/lamp'), publisher: 'log' });
    expect(await addresses.distinct('address', { copyOf: lamp?.['contentId'] })).toContain(press.url('/lamp'));
    expect(await storedOf('press')).toEqual([[press.url('/buoy'), 'original']]);
  });

  it('does not take the original back, and has an item once its text departs', async () => {
    press.remove('/pier', 410);
    press.setPage(
      '/lamp',
      articlePage('Lamp broken again', 'Nobody was hurt.', site.url('/lamp')).replace(
        /<p>.*?<\/p>/s,
        '<p>Two days after its return the lamp of Skerry went out again on Thursday, and the pilots had to do without it in the fog.</p>',
      ),
    );
    await reaches('press', { added: 2 });
    const looks = async (): Promise<FetchView[]> => {
      return (await fetchesOf('press')).filter(({ purpose, status }) => purpose === 'watch' && status === 410);
    };
    await waitUntil(async () => (await looks()).length > 0, 60_000);
    expect(await looks()).toMatchObject([{ found: 1, duplicate: 1, retracted: 0 }]);
    expect(await storedOf('press')).toEqual([
      [press.url('/buoy'), 'original'],
      [press.url('/lamp'), 'original'],
    ]);
    expect((await storedOf('log')).map(([, kind]) => kind)).toEqual(['original', 'original', 'original']);
    await expectSums('log', 'press');
  });

  function feedAt(at: FixtureSite): Answer {
    return rss(
      'Log',
      NAMES.map((name) => ({ guid: name, link: at.url(`/${name}`), title: titleOf(name) })),
    );
  }

  async function storedOf(source: string): Promise<[string, string][]> {
    const raw = (await wire.database('ingest')).collection('raw_items');
    const revisions = await raw.find({ source }).sort({ url: 1, revision: 1 }).toArray();
    return revisions.map(({ url, kind }) => [url as string, kind as string]);
  }
});

describe('an agency and a desk that deliver into folders', () => {
  const ninjs = (version: number, changes: object = {}): string =>
    JSON.stringify({
      uri: 'urn:newsml:tidewire.example:2026-03-02:harbour-77',
      version: String(version),
      type: 'text',
      versioncreated: '2026-03-02T10:00:00Z',
      pubstatus: 'usable',
      headline: `Harbour dues to rise, version ${version}`,
      byline: 'Odile Renwick',
      language: 'en',
      body_xhtml: paragraphs(`Harbour dues will rise, version ${version}`),
      ...changes,
    });

  it('takes versions in their order, once each, and leaves what is still being written alone', async () => {
    await mkdir(join(folder, 'wire'));
    await wire.ingest.addSource({
      name: 'tidewire',
      kind: 'agency',
      address: join(folder, 'wire'),
      intervalSeconds: 1,
    });
    await writeFile(join(folder, 'wire', '.harbour.tmp'), ninjs(1).slice(0, 50));
    await deliver('wire/harbour-1.json', ninjs(1));
    await reaches('tidewire', { added: 1 });
    await deliver('wire/harbour-2.json', ninjs(2));
    await reaches('tidewire', { changed: 1 });
    await deliver('wire/late.json', ninjs(1, { headline: 'An older version that comes late' }));
    await deliver('wire/held.json', ninjs(3, { embargoed: new Date(Date.now() + 3_600_000).toISOString() }));
    await deliver('wire/broken.json', '{"uri": "x", "headline"');
    await reaches('tidewire', { duplicate: 1 });
    await waitUntil(async () => (await codesOf('tidewire')).includes('malformed'), 20_000);
    expect(await codesOf('tidewire')).toEqual(['embargoed', 'malformed']);
    await waitUntil(async () => (await titles('tidewire'))[0] === 'Harbour dues to rise, version 2', 60_000);
    // What waits for its embargo stays; the rest was taken, each file once.
    expect((await readdir(join(folder, 'wire'))).sort()).toEqual(['.harbour.tmp', '.taken', 'held.json']);
  });

  it('a cancelled version takes the item back', async () => {
    await rm(join(folder, 'wire', 'held.json'));
    await deliver('wire/kill.json', ninjs(4, { pubstatus: 'canceled', body_xhtml: '' }));
    await reaches('tidewire', { retracted: 1 });
    await waitUntil(async () => (await titles('tidewire')).length === 0, 60_000);
    await expectSums('tidewire');
  });

  it('takes pages, texts, lines and letters from a folder, and says what is wrong with the rest', async () => {
    await mkdir(join(folder, 'desk'));
    await wire.ingest.addSource({ name: 'desk', kind: 'folder', address: join(folder, 'desk'), intervalSeconds: 1 });
    const line = (id: string, more: object = {}): string =>
      JSON.stringify({ externalId: id, contentType: 'text/html', body: articlePage(`Line ${id}`), ...more });
    await deliver('desk/page.html', articlePage('A page of the desk'));
    await deliver('desk/lines.ndjson', [line('a'), line('b'), line('c', { kind: 'rumour' }), 'no json', ''].join('\n'));
    const postmark = 'From desk@skerry.example Mon Mar  2 09:15:00 2026';
    const letter = `Message-ID: <1@skerry.example>\nSubject: Letter of the morning\nContent-Type: text/html`;
    const cut = `Message-ID: <2@skerry.example>\nContent-Type: multipart/mixed; boundary=part`;
    await deliver(
      'desk/letters.mbox',
      `${postmark}\n${letter}\n\n${paragraphs('Fog in the sound')}\n\n${postmark}\n${cut}\n\n--part\n\nhalf a let`,
    );
    await deliver('desk/picture.png', 'not for us');
    await reaches('desk', { added: 4, rejected: 3 });
    await waitUntil(async () => (await titles('desk')).includes('Letter of the morning'), 60_000);
    expect(await titles('desk')).toContain('Letter of the morning');
    const rows = await fetchesOf('desk');
    expect(rows.find(({ url }) => url.endsWith('lines.ndjson'))).toMatchObject({
      found: 4,
      added: 2,
      rejections: [
        { code: 'contract-violation', count: 2, example: expect.stringContaining('lines.ndjson, line 3: kind') },
      ],
    });
    expect(await readdir(join(folder, 'desk'))).toContain('picture.png');
    await expectSums('desk');
  });

  it('reads nothing outside of the folders that are open to sources', async () => {
    const refused = await wire.ingest
      .addSource({ name: 'nosy', kind: 'folder', address: '/etc' })
      .catch((error: { faults: unknown[] }) => error.faults);
    expect(refused).toEqual([{ field: 'address', reason: 'lies outside of SOURCES_FOLDERS' }]);
  });
});

describe('a kill', () => {
  const REPORTS = 30;
  const RECORDS = 600;
  const crawl = warcOf(RECORDS);
  let archive: FixtureSite;
  /** Until then the servers hold back the rest, so that the kill comes in the middle. */
  let isReleased = false;

  beforeAll(async () => {
    archive = await FixtureSite.start();
  });
  afterAll(() => archive.stop());

  it('loses nothing of a feed and doubles nothing, and an archive on the web goes on where it was stopped', async () => {
    const database = await wire.database('ingest');
    const stored = (source: string): Promise<number> => database.collection('raw_items').countDocuments({ source });
    declareNight();
    archive.set('/crawl.warc', {
      type: 'application/warc',
      body: crawl,
      holdAt: () => (isReleased ? undefined : crawl.length / 2),
    });
    await wire.ingest.addSource({ name: 'night', kind: 'feed', address: site.url('/night.xml'), intervalSeconds: 1 });
    await wire.ingest.addSource({
      name: 'crawl',
      kind: 'warc',
      address: archive.url('/crawl.warc'),
      intervalSeconds: 1,
    });
    const marks = database.collection('source_marks');
    await waitUntil(async () => (await marks.countDocuments({ source: 'crawl' })) > 0, 60_000, 20);
    await waitUntil(async () => (await stored('night')) >= 5, 60_000, 20);
    await wire.services.get('ingest')!.kill();
    expect(await stored('night')).toBeLessThan(REPORTS);
    expect(await stored('crawl')).toBeLessThan(RECORDS);

    isReleased = true;
    await endLeases();
    await wire.startService('ingest', env());
    await waitUntil(async () => (await stored('night')) >= REPORTS && (await stored('crawl')) >= RECORDS, 120_000);
    await pollsAgain('night');
    await pollsAgain('crawl');
    expect([await stored('night'), await stored('crawl')]).toEqual([REPORTS, RECORDS]);
    expect(await database.collection('raw_items').countDocuments({ source: 'night', revision: 1 })).toBe(REPORTS);
    const rows = await fetchesOf('crawl');
    // Read again is at most what lay between the last mark and the kill.
    expect(rows.reduce((sum, { found }) => sum + found, 0)).toBeLessThan(RECORDS + 300);
    expect(rows.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 206]));
    await expectSums('night', 'crawl');
  });

  function declareNight(): void {
    const entries = Array.from({ length: REPORTS }, (_, number) => {
      const path = `/night/${number}`;
      const page = {
        type: 'text/html; charset=utf-8',
        body: Buffer.from(articlePage(`Report ${number} of the night`)),
      };
      site.set(path, number < 10 ? page : { ...page, holdAt: () => (isReleased ? undefined : 0) });
      return { guid: `night-${number}`, link: site.url(path), title: `Report ${number}` };
    });
    site.set('/night.xml', rss('Night desk', entries.toReversed()));
  }
});

describe('hostile servers', () => {
  it('leave an error and a longer wait each, and hurt no other source', async () => {
    for (const [name, { code }] of Object.entries(HOSTILE)) {
      await waitUntil(async () => (await sourceOf(name)).errorStreak > 0, 60_000);
      const { lastError, nextDueAt } = await sourceOf(name);
      expect({ name, code: lastError?.code }).toEqual({ name, code });
      const waitMs = Date.parse(nextDueAt!) - Date.parse(lastError!.at);
      expect(waitMs).toBeGreaterThan(name === 'busy' ? 110_000 : 20_000);
      const [row] = await fetchesOf(name);
      expect(row).toMatchObject({ code, found: 0 });
      expect(['failed', 'refused']).toContain(row?.outcome);
    }
    const { totals, errorStreak } = await sourceOf('good');
    expect({ added: totals.added, errorStreak }).toEqual({ added: 1, errorStreak: 0 });
    await pollsAgain('good');
  });
});

describe('several instances', () => {
  it('share the sources: each is polled once at a time it is due', async () => {
    const names = Array.from({ length: 8 }, (_, number) => `shared-${number}`);
    for (const name of names) {
      site.set(`/${name}.xml`, rss(name, []));
      await wire.ingest.addSource({ name, kind: 'feed', address: site.url(`/${name}.xml`), intervalSeconds: 1 });
    }
    await wire.startService('ingest', env(), 'ingest-2');
    const from = site.visits.length;
    const started = Date.now();
    const visitsTo = (name: string): number =>
      site.visits.slice(from).filter(({ path }) => path === `/${name}.xml`).length;
    const areAllPolled = await waitUntil(() => names.every((name) => visitsTo(name) >= 5), 60_000);
    expect(areAllPolled).toBe(true);
    // One that was due before is under way, and one is due at the end: twice as many would be two instances' polls.
    const most = (Date.now() - started) / 1000 + 2;
    for (const name of names) expect(visitsTo(name)).toBeLessThanOrEqual(most);
    await wire.services.get('ingest-2')!.stop();
  });
});

describe('a file of sources', () => {
  it('is applied at the start, again without effect, and pauses what has left it', async () => {
    const file = join(folder, 'sources.yaml');
    const declare = (name: string): string =>
      `  - { name: ${name}, kind: feed, address: "${site.url(`/${name}.xml`)}" }\n`;
    await writeFile(file, `sources:\n${declare('from-file-1')}${declare('from-file-2')}`);
    await restartIngest({ SOURCES_FILE: file });
    expect(await sourceOf('from-file-1')).toMatchObject({ declaredBy: 'file', paused: false });
    await writeFile(file, `sources:\n${declare('from-file-1')}`);
    await restartIngest({ SOURCES_FILE: file });
    expect((await sourceOf('from-file-1')).paused).toBe(false);
    expect(await sourceOf('from-file-2')).toMatchObject({
      paused: true,
      pausedBecause: expect.stringContaining('file'),
    });
    await expect(wireroom('source', 'remove', 'from-file-1')).rejects.toThrow(/declared in the sources file/);
  });

  it('with faults keeps the service from starting and names every one', async () => {
    const file = join(folder, 'bad.yaml');
    await writeFile(
      file,
      'sources:\n  - { name: a, kind: feed, address: "ftp://x" }\n  - { name: a, kind: folder, address: "/etc" }\n',
    );
    await expect(wire.startService('ingest', env({ SOURCES_FILE: file }), 'ingest-3')).rejects.toThrow();
    expect(await wire.logs()).toMatch(/sources\[0\]\.address: must be an http or https address/);
    expect(await wire.logs()).toMatch(/sources\[1\]\.name: a is used above already/);
  });
});

/** Declares the sources that misbehave, and a good one beside them; a server that hangs takes its time from here on. */
async function declareHostile(): Promise<FixtureSite[]> {
  const good = { guid: 'g', link: site.url('/good'), title: 'All is good', content: paragraphs('All is good') };
  site.set('/good.xml', rss('Good', [good]));
  await wire.ingest.addSource({ name: 'good', kind: 'feed', address: site.url('/good.xml'), intervalSeconds: 1 });
  return Promise.all(
    Object.entries(HOSTILE).map(async ([name, { answer }]) => {
      const one = await FixtureSite.start();
      one.set('/feed.xml', answer);
      await wire.ingest.addSource({ name, kind: 'feed', address: one.url('/feed.xml'), intervalSeconds: 1 });
      return one;
    }),
  );
}

function env(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { FETCH_ALLOW: '127.0.0.1:*', SOURCES_FOLDERS: folder, ...more };
}

async function restartIngest(more: NodeJS.ProcessEnv): Promise<void> {
  await wire.services.get('ingest')!.stop();
  await wire.startService('ingest', env(more));
}

/** Runs the command as a person would. @returns its standard output */
async function wireroom(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'apps/cli/bin/wireroom.mjs'), ...args], {
    env: {
      PATH: process.env['PATH'],
      NO_COLOR: '1',
      WIREROOM_INGEST_URL: wire.urlOf('ingest'),
      WIREROOM_ENRICHMENT_URL: wire.urlOf('enrichment'),
      WIREROOM_PUBLISHING_URL: wire.urlOf('publishing'),
    },
  });
  return stdout;
}

/** Writes a file as a well-behaved program does, so long ago that it counts as whole. */
async function deliver(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(`${path}.part`, text);
  const time = new Date(Date.now() - 10_000);
  await utimes(`${path}.part`, time, time);
  await rename(`${path}.part`, path);
}

async function sourceOf(name: string): Promise<SourceView> {
  return wire.ingest.showSource(name);
}

/** Waits until a source's totals have come to at least this; what they are is told where they don't. */
async function reaches(name: string, wanted: Partial<SourceCounts>): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    const { totals } = await sourceOf(name);
    return Object.entries(wanted).every(([field, count]) => totals[field as keyof SourceCounts] >= count);
  };
  if (!(await waitUntil(isThere, 60_000))) expect((await sourceOf(name)).totals).toMatchObject(wanted);
}

async function pollsAgain(name: string): Promise<void> {
  const { lastSuccessAt } = await sourceOf(name);
  const again = await waitUntil(async () => (await sourceOf(name)).lastSuccessAt !== lastSuccessAt, 60_000);
  expect({ name, again }).toEqual({ name, again: true });
}

/** The whole ledger, oldest first. */
async function fetchesOf(name: string): Promise<FetchView[]> {
  const rows: FetchView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await wire.ingest.listFetches(name, { limit: 100, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined) return rows.reverse();
  }
}

async function codesOf(name: string): Promise<string[]> {
  const codes = (await fetchesOf(name)).flatMap(({ rejections }) => rejections.map(({ code }) => code));
  return [...new Set(codes)].sort();
}

async function titles(source: string): Promise<string[]> {
  const { items } = await wire.publishing.listArticles({ source, limit: 200 });
  return items.flatMap(({ article }) => article?.title ?? []).sort();
}

async function textOf(source: string, title: string): Promise<string> {
  const { items } = await wire.publishing.listArticles({ source, limit: 200 });
  const article = items.find((one) => one.article?.title === title)?.article;
  return article?.paragraphs.map(({ text }) => text).join('\n') ?? '';
}

async function revisionsOf(source: string): Promise<Record<string, number>> {
  const { items } = await wire.publishing.listArticles({ source, limit: 200 });
  return Object.fromEntries(items.map(({ article, revision }) => [article?.title ?? '', revision]));
}

/** Pauses the sources, and checks that found is what became of it, in each row and in all. */
async function expectSums(...names: string[]): Promise<void> {
  const sources = (await wire.database('ingest')).collection<{ _id: string }>('sources');
  const idle = { paused: true, lease: { $exists: false } };
  for (const name of names) {
    await wire.ingest.pauseSource(name);
    await waitUntil(async () => (await sources.countDocuments({ ...idle, _id: name })) === 1, 60_000);
    const rows = await fetchesOf(name);
    const { totals } = await sourceOf(name);
    for (const row of rows) {
      expect(row.found).toBe(sumOf(row));
      expect(row.rejections.reduce((sum, { count }) => sum + count, 0)).toBe(row.rejected);
    }
    expect(totals.found).toBe(sumOf(totals));
    const ofRows = Object.fromEntries(COUNTS.map((field) => [field, rows.reduce((sum, row) => sum + row[field], 0)]));
    // A poll that was killed left its row and could not add it to the totals.
    for (const field of COUNTS) expect(ofRows[field]).toBeGreaterThanOrEqual(totals[field]);
    const raw = (await wire.database('ingest')).collection('raw_items');
    const source = (await sourceOf(name)).spec.publisher;
    if (source === undefined) {
      const revisions = await raw.countDocuments({ source: name });
      const accepted = totals.added + totals.changed + totals.retracted;
      expect({ name, enough: revisions >= accepted }).toEqual({ name, enough: true });
    }
  }
}

/** As if the time of all leases had run out: half a minute by the database's clock. */
async function endLeases(): Promise<void> {
  const sources = (await wire.database('ingest')).collection('sources');
  await sources.updateMany({ lease: { $exists: true } }, { $set: { 'lease.until': new Date(0) } });
}

function sumOf({ added, changed, retracted, duplicate, rejected }: SourceCounts): number {
  return added + changed + retracted + duplicate + rejected;
}

function warcOf(records: number): Buffer {
  const parts = Array.from({ length: records }, (_, number) => {
    const body = articlePage(`Archived report ${number}`);
    const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return (
      `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://archive.example/report/${number}\r\n` +
      `WARC-Date: 2026-02-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n` +
      `Content-Length: ${Buffer.byteLength(http)}\r\n\r\n${http}\r\n\r\n`
    );
  });
  return Buffer.from(parts.join(''));
}
