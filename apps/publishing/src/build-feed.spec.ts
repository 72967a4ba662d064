import { describe, expect, it } from '@jest/globals';
import type { ArticleData, ArticleView } from '@wireroom/contracts';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { type FeedFormat, buildFeed } from './build-feed.js';

const INFO = { title: 'The <Harbour> & Wire', publicUrl: 'https://wire.example' };

function view(article: Partial<ArticleData> = {}, rest: Partial<ArticleView> = {}): ArticleView {
  return {
    id: 'e9ee5257-737b-527b-a9b9-ece1ad396770',
    revision: 1,
    processingVersion: 1,
    kind: 'original',
    status: 'published',
    source: 'harbour-news',
    firstReleasedAt: '2026-04-18T18:00:00.000Z',
    releasedAt: '2026-04-18T19:00:00.000Z',
    channels: ['all'],
    article: {
      title: 'Ferry to Oster Holm is late',
      paragraphs: [{ text: 'The evening ferry leaves at nine.', role: 'paragraph' }],
      authors: [{ name: 'Ida Fenn', type: 'person' }],
      categories: ['harbour'],
      ...article,
    } as ArticleData,
    ...rest,
  };
}

interface ReadEntry {
  id?: string;
  link?: string;
  title?: string;
  html?: string;
  categories?: (string | undefined)[];
}

/** What a reader's own parser makes of the feed. */
function read(format: FeedFormat, ...views: ArticleView[]): ReadEntry[] {
  const text = buildFeed(format, views, INFO);
  switch (format) {
    case 'rss':
      return (parseRssFeed(text).items ?? []).map((item) => ({
        id: item.guid?.value,
        link: item.link,
        title: item.title,
        html: item.content?.encoded,
        categories: item.categories?.map(({ name }) => name),
      }));
    case 'atom':
      return (parseAtomFeed(text).entries ?? []).map((entry) => ({
        id: entry.id?.replace('urn:uuid:', ''),
        link: entry.links?.[0]?.href,
        title: entry.title?.value,
        html: entry.content?.value,
        categories: entry.categories?.map(({ term }) => term),
      }));
    case 'json':
      return (parseJsonFeed(text).items ?? []).map((item) => ({
        id: item.id,
        link: item.url,
        title: item.title,
        html: item.content_html,
        categories: item.tags,
      }));
  }
}

describe.each(['rss', 'atom', 'json'] as const)('buildFeed(%s)', (format) => {
  it('given an article, then a reader gets its id, link, title and text', () => {
    expect(read(format, view())).toEqual([
      {
        id: 'e9ee5257-737b-527b-a9b9-ece1ad396770',
        link: 'https://wire.example/v1/articles/e9ee5257-737b-527b-a9b9-ece1ad396770',
        title: 'Ferry to Oster Holm is late',
        html: '<p>The evening ferry leaves at nine.</p>',
        categories: ['harbour'],
      },
    ]);
  });

  it('given hostile text, then it stays text: no markup of its own, no end of a CDATA section', () => {
    const hostile = ']]><script>alert("1")</script> & &lt;b&gt;';
    const [entry] = read(format, view({ title: hostile, paragraphs: [{ text: hostile, role: 'quotation' }] }));
    expect(entry!.title).toBe(hostile);
    expect(entry!.html).toBe(
      '<blockquote>]]&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &amp;lt;b&amp;gt;</blockquote>',
    );
  });

  it('given characters XML cannot hold, then they are left out and all else is kept', () => {
    const text = 'a\u0000b\u0008c\ud800d\udc00e\ufffef \u{1f6a2}g';
    const [entry] = read(format, view({ title: text, paragraphs: [{ text, role: 'paragraph' }] }));
    expect(entry!.title).toBe('abcdef \u{1f6a2}g');
    expect(entry!.html).toBe('<p>abcdef \u{1f6a2}g</p>');
  });

  it('given hostile names and addresses, then the feed can still be read', () => {
    const article = { authors: [{ name: '"]]>\u0001<Ida>', type: 'person' as const }], categories: ['"><x>\u0002'] };
    const entries = read(format, view(article, { url: 'https://harbour.example/?a=1&b="<2>' }), view());
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({ link: 'https://harbour.example/?a=1&b="<2>', categories: ['"><x>'] });
  });

  it('given a correction, then its title and category say so', () => {
    const [entry] = read(format, view({}, { kind: 'correction', revision: 2 }));
    expect(entry!.title).toBe('Correction: Ferry to Oster Holm is late');
    expect(entry!.categories).toContain('correction');
  });

  it('given no articles, then it is an empty feed', () => {
    expect(read(format)).toEqual([]);
  });

  it('given topics found in it, then it is filed under them too, each word once', () => {
    const topics = [
      { code: 'medtop:04000000', label: 'Harbour', top: 'economy', score: 0.8 },
      { code: 'medtop:15000000', label: 'sport', top: 'sport', score: 0.4 },
    ];
    const [entry] = read(format, view({}, { enrichment: { topics } }));
    expect(entry!.categories).toEqual(['harbour', 'sport']);
  });
});
