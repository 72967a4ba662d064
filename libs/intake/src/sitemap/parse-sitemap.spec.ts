import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { IntakeError } from '../intake-error.js';
import { parseSitemap } from './parse-sitemap.js';

const urlset = (inner: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
     xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">${inner}</urlset>`,
  );
const codeOf = (bytes: Uint8Array): string | undefined => {
  try {
    parseSitemap(bytes);
    return undefined;
  } catch (error) {
    return error instanceof IntakeError ? error.code : 'no intake error';
  }
};

describe('parseSitemap', () => {
  it('reads addresses, dates as precise as they are, and news', () => {
    const bytes = urlset(
      `<url><loc> https://orle.example/1 </loc><lastmod>2026-03</lastmod></url>
       <url><loc><![CDATA[https://orle.example/2?a=1&b=2]]></loc><lastmod>yesterday</lastmod>
       <image:image><image:loc>https://orle.example/p.jpg</image:loc></image:image>
       <n:news><n:publication><n:name>Orle Post</n:name><n:language>nb</n:language></n:publication>
       <n:publication_date>2026-03-02T09:00:00+01:00</n:publication_date><n:title>Fish &amp; fog</n:title></n:news></url>`,
    );
    expect(parseSitemap(bytes)).toEqual({
      type: 'urlset',
      warnings: [],
      entries: [
        { loc: 'https://orle.example/1', lastmod: '2026-03' },
        {
          loc: 'https://orle.example/2?a=1&b=2',
          lastmod: null,
          news: { title: 'Fish & fog', publicationDate: '2026-03-02T08:00:00.000Z', name: 'Orle Post', language: 'nb' },
        },
      ],
    });
  });

  it('leaves out entries without an absolute address', () => {
    const bytes = urlset(
      '<url><loc>/a</loc></url><url><loc/></url><url><lastmod>2026</lastmod></url><url><loc>//orle.example/b</loc></url>',
    );
    expect(parseSitemap(bytes).entries).toEqual([]);
  });

  it('reads an index, gzipped or not, whatever its name says', () => {
    const index = Buffer.from(
      '<sitemapindex><sitemap><loc>https://orle.example/s1.xml.gz</loc></sitemap></sitemapindex>',
    );
    const expected = { type: 'index', entries: [{ loc: 'https://orle.example/s1.xml.gz', lastmod: null }] };
    expect(parseSitemap(index, { contentType: 'application/gzip' })).toMatchObject(expected);
    expect(parseSitemap(gzipSync(index), { contentType: 'text/xml' })).toMatchObject(expected);
  });

  it('keeps the whole entries of a file that breaks off, gzipped or not', () => {
    const inner = Array.from(
      { length: 500 },
      (_, at) => `<url><loc>https://orle.example/${at}-${at * 7919}</loc></url>`,
    ).join('');
    const cut = urlset(inner).subarray(0, 9000);
    const { entries, warnings } = parseSitemap(cut);
    expect(warnings).toEqual(['truncated']);
    expect(entries.length).toBeGreaterThan(100);
    const zipped = gzipSync(urlset(inner));
    expect(parseSitemap(zipped.subarray(0, zipped.length - 200)).entries.length).toBeGreaterThan(100);
  });

  it('forgives a wrong checksum', () => {
    const zipped = gzipSync(urlset('<url><loc>https://orle.example/1</loc></url>'));
    zipped.writeUInt32LE(7, zipped.length - 8);
    expect(parseSitemap(zipped).entries).toHaveLength(1);
  });

  it('reads lists of addresses and feeds', () => {
    expect(
      parseSitemap(Buffer.from('\ufeffhttps://orle.example/a\r\n\n no address\n https://orle.example/b ')),
    ).toMatchObject({
      type: 'text',
      entries: [{ loc: 'https://orle.example/a' }, { loc: 'https://orle.example/b' }],
    });
    const rss =
      '<rss><channel><link>https://orle.example/</link><item><link>https://orle.example/1</link><pubDate>2 Mar 2026 09:00 GMT</pubDate></item></channel></rss>';
    expect(parseSitemap(Buffer.from(rss))).toMatchObject({
      type: 'rss',
      entries: [{ loc: 'https://orle.example/1', lastmod: '2026-03-02T09:00:00.000Z' }],
    });
  });

  it('warns of more entries than the protocol allows and keeps them', () => {
    const { entries, warnings } = parseSitemap(urlset('<url><loc>https://orle.example/x</loc></url>'.repeat(50_001)));
    expect([entries.length, warnings]).toEqual([50_001, ['too-many-entries']]);
  });

  it.each([
    ['empty', ''],
    ['not-a-sitemap', '<html><body>Sorry</body></html>'],
    ['not-a-sitemap', 'nothing here'],
  ])('refuses with %s', (code, text) => {
    expect(codeOf(Buffer.from(text))).toBe(code);
  });
});
