import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { IntakeError } from '../intake-error.js';
import { parseFeed } from './parse-feed.js';

const NAMESPACES =
  'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" ' +
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"';

const rss = (items: string, channel = ''): Buffer =>
  Buffer.from(`<?xml version="1.0"?><rss version="2.0" ${NAMESPACES}><channel>${channel}${items}</channel></rss>`);
const atom = (inner: string, attributes = ''): Buffer =>
  Buffer.from(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${inner}</feed>`);

const entryOf = (bytes: Buffer, options = {}) => parseFeed(bytes, options).entries[0];
const codeOf = (bytes: Uint8Array): string | undefined => {
  try {
    parseFeed(bytes);
    return undefined;
  } catch (error) {
    return error instanceof IntakeError ? error.code : 'no intake error';
  }
};

describe('parseFeed on RSS', () => {
  it('reads a channel and its item', () => {
    const bytes = rss(
      `<item><title>Ferry &amp;amp; fog</title><link>/n/1</link><guid isPermaLink="false">n1</guid>
       <pubDate>Mon, 02 Mar 2026 09:15:00 +0100</pubDate><dc:creator>Ada Holm</dc:creator>
       <category domain="https://orle.example/t">Sea</category><description>Short.</description>
       <content:encoded><![CDATA[<p>Long <a href="x">text</a>.</p>]]></content:encoded>
       <enclosure url="/a.mp3" length="512" type="audio/mpeg"/><comments>/n/1#c</comments></item>`,
      `<title>Orle Post</title><link>https://orle.example/</link><description>News of Orle</description>
       <language>en_GB</language><atom:link rel="self" href="/feed"/><image><url>/logo.png</url></image><ttl>30</ttl>`,
    );
    expect(parseFeed(bytes, { url: 'https://orle.example/feed' })).toMatchObject({
      feed: {
        title: 'Orle Post',
        link: 'https://orle.example/',
        description: 'News of Orle',
        language: 'en-GB',
        image: { url: 'https://orle.example/logo.png' },
        ttl: 30,
        links: [
          { href: 'https://orle.example/', rel: 'alternate' },
          { href: 'https://orle.example/feed', rel: 'self' },
        ],
      },
      entries: [
        {
          id: 'n1',
          guidIsPermalink: false,
          title: 'Ferry & fog',
          link: 'https://orle.example/n/1',
          published: '2026-03-02T08:15:00.000Z',
          author: 'Ada Holm',
          tags: [{ term: 'Sea', scheme: 'https://orle.example/t' }],
          summary: 'Short.',
          content: [{ type: 'text/html', value: '<p>Long <a href="https://orle.example/x">text</a>.</p>' }],
          enclosures: [{ url: 'https://orle.example/a.mp3', length: 512, type: 'audio/mpeg' }],
          comments: 'https://orle.example/n/1#c',
        },
      ],
    });
  });

  it('takes a permalink guid for the link only where there is no other', () => {
    expect(entryOf(rss('<item><guid>https://orle.example/1</guid></item>'))).toMatchObject({
      link: 'https://orle.example/1',
      guidIsPermalink: true,
    });
    expect(entryOf(rss('<item><guid isPermaLink="false">https://orle.example/1</guid></item>'))?.link).toBeUndefined();
    expect(
      entryOf(rss('<item><link>https://orle.example/2</link><guid>https://orle.example/1</guid></item>')),
    ).toMatchObject({
      link: 'https://orle.example/2',
      guidIsPermalink: false,
    });
  });

  it('takes a guid that is a bare word for no address, even where it claims to be one', () => {
    const guids = ['a-17', '/17', 'tag:orle.example,2026:17'];
    const items = guids.map((guid) => `<item><title>A</title><guid>${guid}</guid></item>`).join('');
    const { entries } = parseFeed(Buffer.from(rss(items)), { url: 'https://orle.example/news/feed.xml' });
    expect(entries.map(({ id, link }) => [id, link])).toEqual([
      ['a-17', undefined],
      ['/17', 'https://orle.example/17'],
      ['tag:orle.example,2026:17', undefined],
    ]);
  });

  it('takes an empty link for none, and not for the address of the feed', () => {
    const item = '<item><link/><guid>https://orle.example/1</guid><image><url/></image></item>';
    const { entries } = parseFeed(Buffer.from(rss(item)), { url: 'https://orle.example/feed.xml' });
    expect(entries[0]).toMatchObject({ link: 'https://orle.example/1', guidIsPermalink: true });
    expect(entries[0]?.image).toBeUndefined();
  });

  it.each([
    ['ada@orle.example (Ada Holm)', { name: 'Ada Holm', email: 'ada@orle.example' }],
    ['Ada Holm (ada@orle.example)', { name: 'Ada Holm', email: 'ada@orle.example' }],
    ['Ada Holm &lt;ada@orle.example&gt;', { name: 'Ada Holm', email: 'ada@orle.example' }],
    ['ada@orle.example', { email: 'ada@orle.example' }],
    ['Ada Holm', { name: 'Ada Holm' }],
  ])('reads the author line %s', (line, person) => {
    expect(entryOf(rss(`<item><author>${line}</author></item>`))?.authors).toEqual([person]);
  });

  it('reads Media RSS in groups, and its title only where the entry has none', () => {
    const media =
      '<media:group><media:title>clip</media:title><media:content url="/v.mp4" type="video/mp4" width="640"/><media:thumbnail url="/t.jpg"/></media:group>';
    const named = entryOf(rss(`<item><title>Seals</title>${media}</item>`), { url: 'https://orle.example/f' });
    expect(named).toMatchObject({
      title: 'Seals',
      media: {
        contents: [{ url: 'https://orle.example/v.mp4', type: 'video/mp4', width: 640 }],
        thumbnails: [{ url: 'https://orle.example/t.jpg' }],
      },
    });
    expect(entryOf(rss(`<item>${media}</item>`))?.title).toBe('clip');
  });

  it('ignores elements of the same name in a vocabulary it does not know', () => {
    const item =
      '<item xmlns:q="urn:q"><q:description>wrong</q:description><description>right</description><q:title>wrong</q:title></item>';
    expect(entryOf(rss(item))).toMatchObject({ summary: 'right', title: undefined });
  });

  it('reads RSS 1.0 with prefixes and items beside the channel', () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/">
      <r:channel rdf:about="https://orle.example/"><r:title>Orle</r:title></r:channel>
      <r:item rdf:about="https://orle.example/1"><r:title>One</r:title><r:link>https://orle.example/1</r:link></r:item></rdf:RDF>`;
    expect(parseFeed(Buffer.from(rdf))).toMatchObject({
      feed: { title: 'Orle' },
      entries: [{ id: 'https://orle.example/1', title: 'One', link: 'https://orle.example/1' }],
    });
  });

  it('drops addresses that would run', () => {
    const entry = entryOf(rss('<item><link>javascript:bad()</link><enclosure url="data:text/html,x"/></item>'));
    expect(entry).toMatchObject({ link: undefined, links: [], enclosures: [] });
  });
});

describe('parseFeed on Atom', () => {
  it('takes the web page among the alternates, resolved against every base', () => {
    const bytes = atom(
      `<entry xml:base="2026/"><id>urn:orle:1</id><link rel="alternate" type="application/x-other" href="other:1"/>
       <link rel="enclosure" href="a.ogg" type="audio/ogg" length="9"/><link href="fog"/></entry>`,
      'xml:base="/diary/"',
    );
    expect(entryOf(bytes, { url: 'https://orle.example/atom' })).toMatchObject({
      link: 'https://orle.example/diary/2026/fog',
      enclosures: [{ url: 'https://orle.example/diary/2026/a.ogg', type: 'audio/ogg', length: 9 }],
    });
  });

  it('keeps text, HTML, XHTML and base64 apart', () => {
    const bytes = atom(
      `<entry><title type="text">the &lt;b&gt; tag</title><summary type="html">&lt;i&gt;x&lt;/i&gt;</summary>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">in <b>XHTML</b></div></content></entry>
       <entry><title mode="base64">PGI+Qm9sZDwvYj4=</title><content type="text">1 &lt; 2</content></entry>`,
    );
    expect(parseFeed(bytes).entries).toMatchObject([
      {
        title: 'the <b> tag',
        summary: '<i>x</i>',
        content: [{ type: 'application/xhtml+xml', value: 'in <b>XHTML</b>' }],
      },
      { title: 'Bold', content: [{ type: 'text/plain', value: '1 < 2' }] },
    ]);
  });

  it('gives an entry without authors those of its source, then of the feed', () => {
    const feedAuthor = '<author><name>Orle desk</name></author>';
    const bytes = atom(
      `${feedAuthor}<entry><id>a</id></entry><entry><id>b</id><source><author><name>Wire</name></author></source></entry>`,
    );
    expect(parseFeed(bytes).entries.map((entry) => entry.author)).toEqual(['Orle desk', 'Wire']);
  });

  it('hands the language down to texts, from the header at last', () => {
    const bytes = atom(
      '<entry><title>a</title><content xml:lang="de">b</content><summary xml:lang="">c</summary></entry>',
    );
    const { feed, entries } = parseFeed(bytes, { headers: { 'Content-Language': 'nb, en' } });
    expect(feed.language).toBe('nb');
    expect(entries[0]).toMatchObject({ titleLang: 'nb', summaryLang: undefined, content: [{ lang: 'de' }] });
  });

  it('takes Content-Location for the base', () => {
    const bytes = atom('<link href="a"/>');
    const options = { url: 'https://cdn.example/f', headers: { 'content-location': 'https://orle.example/f' } };
    expect(parseFeed(bytes, options).feed.link).toBe('https://orle.example/a');
  });
});

describe('parseFeed on JSON Feed', () => {
  it('reads items, numbers where texts belong, and both generations of authors', () => {
    const bytes = Buffer.from(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Orle Audio',
        home_page_url: 'https://orle.example/',
        authors: [{ name: 'Desk' }],
        items: [
          { id: 7, url: '/7', content_text: 'a < b', date_published: '2026-03-02T09:00:00+01:00', tags: ['sea'] },
          {
            id: 'x',
            author: { name: 'Ada' },
            content_html: '<p onclick="x">b</p>',
            attachments: [{ url: '/b.mp3', size_in_bytes: 9 }, 3],
          },
          'no item',
        ],
      }),
    );
    expect(parseFeed(bytes, { url: 'https://orle.example/f.json' })).toMatchObject({
      feed: { title: 'Orle Audio', link: 'https://orle.example/' },
      entries: [
        {
          id: '7',
          link: 'https://orle.example/7',
          published: '2026-03-02T08:00:00.000Z',
          author: 'Desk',
          tags: [{ term: 'sea' }],
          content: [{ type: 'text/plain', value: 'a < b' }],
        },
        {
          id: 'x',
          author: 'Ada',
          content: [{ value: '<p>b</p>' }],
          enclosures: [{ url: 'https://orle.example/b.mp3', length: 9 }],
        },
      ],
    });
  });
});

describe('parseFeed on a JSON Feed that leaves addresses out', () => {
  it('puts none in, least of all that of the feed', () => {
    const bytes = Buffer.from(JSON.stringify({ title: 'Orle', items: [{ id: '1', author: { name: 'Ada' } }] }));
    const { feed, entries } = parseFeed(bytes, { url: 'https://orle.example/f.json' });
    expect([feed.link, feed.image, feed.links]).toEqual([undefined, undefined, []]);
    expect(entries[0]).toMatchObject({ id: '1', links: [], authors: [{ name: 'Ada' }] });
    expect([entries[0]?.link, entries[0]?.image, entries[0]?.authors[0]?.url]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('parseFeed on broken documents', () => {
  it('keeps the whole entries of one that breaks off', () => {
    const whole = rss(Array.from({ length: 20 }, (_, at) => `<item><title>n${at}</title></item>`).join('')).toString();
    const cut = whole.slice(0, whole.indexOf('n15') + 1);
    const titles = parseFeed(Buffer.from(cut)).entries.map((entry) => entry.title);
    expect(titles).toEqual(Array.from({ length: 15 }, (_, at) => `n${at}`));
  });

  it('keeps the whole items of a JSON Feed that breaks off', () => {
    const items = Array.from({ length: 9 }, (_, at) => ({
      id: `n${at}`,
      title: `brace } and "quote" ${at}`,
      authors: [{ name: 'A' }],
    }));
    const text = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Orle', items });
    const { feed, entries } = parseFeed(Buffer.from(text.slice(0, text.indexOf('n6') + 20)));
    expect([feed.title, entries.map(({ id }) => id)]).toEqual(['Orle', ['n0', 'n1', 'n2', 'n3', 'n4', 'n5']]);
  });

  it('finds entries behind one that nobody closed', () => {
    const bytes = rss('<item><title>a</title><item><title>b</title></item><item><title>c</title></item>');
    expect(parseFeed(bytes).entries.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
  });

  it('finds a feed behind the warnings of a server', () => {
    const bytes = Buffer.concat([
      Buffer.from('<br />\n<b>Warning</b>: cache is full in <b>x.php</b>\n'),
      rss('<item><title>a</title></item>'),
    ]);
    expect(parseFeed(bytes).entries).toHaveLength(1);
  });

  it('reads a document that is gzipped without saying so', () => {
    expect(parseFeed(gzipSync(rss('<item><title>zip</title></item>'))).entries[0]?.title).toBe('zip');
  });

  it('starts at the first mark, whatever stands before the declaration', () => {
    const bytes = Buffer.from('\ufeff \n <?xml version="1.0"?><rss><channel><title>Orle</title></channel></rss>');
    expect(parseFeed(bytes).feed.title).toBe('Orle');
  });

  it.each([
    ['empty', ''],
    ['empty', ' \n\ufeff'],
    ['not-a-feed', '<!doctype html><html><body>Not found</body></html>'],
    ['not-a-feed', 'Service unavailable'],
    ['not-a-feed', '{"error":"gone"}'],
    ['malformed', '{"version":"https://jsonfeed.org/version/1", "items":['],
  ])('refuses with %s: %j', (code, text) => {
    expect(codeOf(Buffer.from(text))).toBe(code);
  });
});
