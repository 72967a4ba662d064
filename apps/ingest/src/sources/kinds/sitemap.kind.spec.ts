import { describe, expect, it } from '@jest/globals';
import { FakeWeb, itemsOf, readOnce } from '../../../testing/reading.js';

const ROOT = 'https://harbour.example/sitemap.xml';
const spec = { kind: 'sitemap' as const, address: ROOT };
const xml = (body: string, etag?: string): { body: string; type: string; etag?: string } => ({
  body,
  type: 'application/xml',
  etag,
});

function index(...parts: [loc: string, lastmod?: string][]): { body: string; type: string } {
  const listed = parts.map(
    ([loc, lastmod]) => `<sitemap><loc>${loc}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</sitemap>`,
  );
  return xml(`<sitemapindex>${listed.join('')}</sitemapindex>`);
}

function urls(...locs: string[]): string {
  return `<urlset>${locs.map((loc) => `<url><loc>${loc}</loc></url>`).join('')}</urlset>`;
}

describe('a sitemap', () => {
  it('given an index, then its files are read, those left untouched for long not, and a broken one hurts no other', async () => {
    const web = new FakeWeb({
      [ROOT]: index(
        ['https://harbour.example/old.xml', '2020-01-01'],
        ['https://harbour.example/broken.xml', '2026-03-01'],
        ['https://harbour.example/no-map.xml'],
        ['https://harbour.example/new.xml', '2026-03-02T10:00:00Z'],
      ),
      'https://harbour.example/broken.xml': { status: 500 },
      'https://harbour.example/no-map.xml': { body: '<html></html>' },
      'https://harbour.example/new.xml': xml(urls('https://harbour.example/1', 'https://harbour.example/2')),
    });
    const findings = await readOnce(spec, web);
    const fetches = findings.flatMap((finding) => (finding.type === 'fetch' ? [finding.facts] : []));
    expect(fetches.map(({ url, outcome, code }) => [url.slice(24), outcome, code])).toEqual([
      ['sitemap.xml', 'fetched', undefined],
      ['broken.xml', 'failed', 'http-status'],
      ['no-map.xml', 'failed', 'not-a-sitemap'],
      ['new.xml', 'fetched', undefined],
    ]);
    expect(itemsOf(findings)).toHaveLength(2);
  });

  it('given unchanged files, then only the index is read again, every time', async () => {
    const part = 'https://harbour.example/part.xml';
    const web = new FakeWeb({
      [ROOT]: { ...index([part]), etag: '"i"' },
      [part]: xml(urls('https://harbour.example/1'), '"p"'),
    });
    const marks = new Map<string, string>();
    await readOnce(spec, web, marks);
    const again = await readOnce(spec, web, marks);
    expect(again).toMatchObject([{ facts: { outcome: 'fetched' } }, { facts: { outcome: 'not-modified' } }]);
  });

  it('given news, then title and time are the publisher’s; a day without a time is no time', async () => {
    const news = (date: string): string =>
      `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://harbour.example/n</loc><news:news><news:publication><news:name>Harbour</news:name><news:language>en</news:language></news:publication><news:publication_date>${date}</news:publication_date><news:title>Ferry</news:title></news:news></url></urlset>`;
    const itemAt = async (date: string) => itemsOf(await readOnce(spec, new FakeWeb({ [ROOT]: xml(news(date)) })))[0];
    expect(await itemAt('2026-03-02T08:00:00+01:00')).toMatchObject({
      label: 'Ferry',
      publishedAt: '2026-03-02T07:00:00.000Z',
      metadata: { publication: 'Harbour', language: 'en' },
    });
    expect((await itemAt('2026-03-01'))?.publishedAt).toBeUndefined();
  });
});
