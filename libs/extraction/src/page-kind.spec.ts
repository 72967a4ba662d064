import { describe, expect, it } from '@jest/globals';
import { NOT_ARTICLES } from '../fixtures/not-articles.js';
import { extractArticle, type Extraction } from './extract-article.js';

const extract = (html: string, url?: string): Extraction =>
  extractArticle({ bytes: new TextEncoder().encode(html), contentType: 'text/html; charset=utf-8', url });

const teasers = (count: number): string =>
  Array.from(
    { length: count },
    (_value, i) =>
      `<div class="teaser"><h2><a href="/s/${i}">The harbour board of Tessing meets again, part ${i}</a></h2><p>The members talked until midnight about pier number ${i} and its roof.</p></div>`,
  ).join('');

const FILLER = Array.from(
  { length: 6 },
  (_value, i) =>
    `<p>The board of Tessing talked for hour ${i} about the old pier, its roof and the money that nobody wants to pay for it.</p>`,
).join('');

describe('pages that are no articles', () => {
  const pages: [string, string, string | undefined][] = [
    [
      'listing',
      `<html><title>Harbour</title><body><h1>Harbour</h1>${teasers(14)}</body></html>`,
      'https://news.example/topics/harbour',
    ],
    ['home', `<html><title>The Courier</title><body>${teasers(20)}</body></html>`, 'https://news.example/'],
    [
      'login',
      '<title>Sign in</title><h1>Sign in</h1><form><label>Name</label><input name=u><label>Password</label><input type=password><p>Forgot your password?</p></form>',
      undefined,
    ],
    [
      'consent',
      '<title>The Courier</title><div><h2>Before you continue</h2><p>We and our partners use cookies and need your consent to show you our pages.</p><button>Accept all</button></div>',
      undefined,
    ],
    [
      'challenge',
      '<title>Just a moment...</title><h2>Checking your browser before accessing news.example.</h2><p>This takes up to five seconds.</p>',
      undefined,
    ],
    [
      'soft-404',
      '<title>Page not found | The Courier</title><h1>Page not found</h1><p>Sorry, the page you were looking for has moved.</p>',
      undefined,
    ],
    ['soft-404', '<title>Seite nicht gefunden</title><h1>Fehler</h1><p>Diese Seite gibt es nicht mehr.</p>', undefined],
    [
      'empty-shell',
      '<!doctype html><title>App</title><div id="root"></div><noscript>Please enable JavaScript.</noscript><script src="/app.js"></script>',
      undefined,
    ],
    [
      'video',
      '<title>Clip</title><meta property="og:type" content="video.other"><h1>Seal in the harbour</h1><video src="/v.mp4"></video>',
      undefined,
    ],
    [
      'gallery',
      `<title>Pictures</title><script type="application/ld+json">{"@type":"ImageGallery"}</script><h1>Spring in pictures</h1>${'<figure><img src=x></figure>'.repeat(12)}`,
      undefined,
    ],
    ['empty', '<html><body></body></html>', undefined],
  ];

  it.each(pages)('%s', (pageKind, html, url) => {
    expect(extract(html, url)).toMatchObject({ kind: 'not-article', pageKind, reasons: expect.any(Array) });
  });

  it.each(NOT_ARTICLES)('$kind: $what', ({ kind, html, url }) => {
    expect(extract(html, url)).toMatchObject({ kind: 'not-article', pageKind: kind, reasons: expect.any(Array) });
  });

  const article = (title: string, extra = ''): string =>
    `<title>${title}</title>${extra}<article><h1>${title}</h1>${FILLER}</article>`;
  const SHORT = FILLER.split('</p>').slice(0, 3).join('</p>');

  it.each([
    ['speaks of robots', article('Are you a robot? Tessing tests a ferry without a crew')],
    ['speaks of cookies', article('Council of Tessing wants to accept all cookies of the bakery')],
    ['has a cookie banner', `<title>Pier</title><div>We use cookies. Accept all?</div><h1>Pier</h1>${SHORT}`],
    ['has a sign-in box', `<title>Pier</title><form>Sign in <input type="password"></form><h1>Pier</h1>${FILLER}`],
    ['shows many pictures', article('Spring', '<figure><img src="/p.jpg"></figure>'.repeat(12))],
    ['has a clip', article('Seal in the harbour', '<video src="/v.mp4"></video>')],
    ['links many others behind it', `${article('Pier')}<aside>${teasers(14).replace(/<p>.*?<\/p>/g, '')}</aside>`],
  ])('not an article that %s', (_what, html) => {
    expect(extract(html).kind).toBe('article');
  });

  it('does not take an article about a missing page for one', () => {
    const answer = extract(
      `<title>Why 404 became a famous number</title><article><h1>Why 404 became a famous number</h1>${FILLER}</article>`,
    );
    expect(answer.kind).toBe('article');
  });
});

describe('a short text whose headline sounds like a page that is not there', () => {
  const BRIEF = '<p>The council of Tessing said on Monday that the fines were sent by post last week.</p>';
  const kindOf = (headline: string) => {
    const answer = extract(`<title>${headline} | The Courier</title><article><h1>${headline}</h1>${BRIEF}</article>`);
    return answer.kind === 'article' ? 'article' : answer.pageKind;
  };

  it.each([
    'Council fines 404 drivers for parking',
    'Flight KT 404 lands in Tessing',
    'Toll of the storm rises to 404',
    'Hiker not found after two days on Mount Tessing',
    'Free parking no longer available in Old Harbour',
  ])('is news: %s', (headline) => {
    expect(kindOf(headline)).toBe('article');
  });

  it.each([
    ...['404', 'Error 404', '404 – nothing here', 'Tessing Online: 404', 'Fehler 404: nichts da'],
    ...['Not found', 'Oops! Page not found', 'The story you are looking for was not found', 'Sorry, not found'],
    ...['This article is no longer available', 'The page no longer exists', 'Video no longer available'],
  ])('is no page at all: %s', (headline) => {
    expect(kindOf(headline)).toBe('soft-404');
  });
});

describe('articles that are not whole', () => {
  const walled = (body: string, data = ''): Extraction =>
    extract(
      `<title>Pier</title>${data}<article class="article"><h1>Pier of Tessing to get a roof</h1><div class="article-body">${body}</div></article>`,
    );

  it('are walled where the site says the text is not free', () => {
    const data =
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier of Tessing to get a roof","isAccessibleForFree":"False"}</script>';
    expect(walled(FILLER.split('</p>').slice(0, 2).join('</p>'), data)).toMatchObject({
      article: { completeness: 'walled' },
    });
  });

  it('are teasers where the text breaks off', () => {
    expect(
      walled('<p>The board of Tessing talked for hours about the old pier, its roof and the money that nobody …</p>'),
    ).toMatchObject({
      article: { completeness: 'teaser' },
    });
  });

  it('are full otherwise', () => {
    expect(walled(FILLER)).toMatchObject({ article: { completeness: 'full' } });
  });
});

describe('live blogs', () => {
  it('give their entries with times', () => {
    const entry = (at: string, text: string): string =>
      `{"@type":"BlogPosting","headline":"Update","datePublished":"${at}","articleBody":"${text}"}`;
    const data = `<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Storm over Tessing","liveBlogUpdate":[${entry('2024-02-01T10:00:00+01:00', 'The ferry stays in port.')},${entry('2024-02-01T09:00:00+01:00', 'The wind rises.')}]}</script>`;
    expect(
      extract(`<title>Storm over Tessing</title>${data}<article><h1>Storm over Tessing</h1>${FILLER}</article>`),
    ).toMatchObject({
      article: {
        liveEntries: [
          { at: '2024-02-01T10:00:00+01:00', title: 'Update', text: 'The ferry stays in port.' },
          { at: '2024-02-01T09:00:00+01:00', title: 'Update', text: 'The wind rises.' },
        ],
      },
    });
  });
});

describe('pages drawn by scripts', () => {
  it('give the body that their linked data carries', () => {
    const sentence =
      'The board of Tessing talked for hours about the old pier, its roof and the money that nobody wants to pay.';
    const body = Array.from({ length: 6 }, () => sentence).join(String.raw`\n`);
    const answer = extract(
      `<title>Pier</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier","articleBody":"${body}"}</script><div id="root"></div><script src="/app.js"></script>`,
    );
    expect(answer).toMatchObject({ kind: 'article', article: { title: 'Pier' } });
    expect(answer.kind === 'article' && answer.article.paragraphs.map(({ text }) => text)).toEqual(
      Array(6).fill(sentence),
    );
  });
});
