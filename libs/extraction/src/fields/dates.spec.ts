import { describe, expect, it } from '@jest/globals';
import { extractArticle } from '../extract-article.js';

const BODY = [
  'The ferry to Nordhaven will sail twice a day from the autumn, the harbour office of Seestadt said after its meeting.',
  'A second ship was bought for the route. It carries sixty cars and was built for the lakes of the south, where it was no longer needed.',
  'Fares stay as they are until the spring, and pupils who live on the islands will go on travelling free of charge on every crossing.',
];

function datesOf(parts: {
  lang?: string;
  head?: string;
  before?: string;
  opening?: string;
  after?: string;
  url?: string;
}): { publishedAt?: string; modifiedAt?: string } {
  const paragraphs = BODY.map((text, i) => `<p>${i === 0 ? (parts.opening ?? '') : ''}${text}</p>`).join('');
  const html = `<!doctype html><html lang="${parts.lang ?? 'en'}"><head><title>Second ferry to Nordhaven</title>${parts.head ?? ''}</head><body>
    <article><h1>Second ferry to Nordhaven</h1>${parts.before ?? ''}${paragraphs}${parts.after ?? ''}</article>
    <footer>© 2031 Seestadt Courier</footer></body></html>`;
  const found = extractArticle({ bytes: new TextEncoder().encode(html), contentType: 'text/html', url: parts.url });
  if (found.kind !== 'article') throw new Error(`taken for ${found.pageKind}`);
  return found.article;
}

describe('the date of publication', () => {
  it('is the visible one where a general date in the head says otherwise', () => {
    const head = '<meta name="date" content="2030-06-09">';
    expect(datesOf({ head, before: '<p>5 March 2030</p>' }).publishedAt).toBe('2030-03-05');
  });

  it('is in local time where the page shows it', () => {
    const head = '<meta property="article:published_time" content="2030-03-06T02:25:54Z">';
    expect(datesOf({ head, before: '<p>March 5, 2030, 9:25 p.m.</p>' }).publishedAt).toBe('2030-03-05T21:25:54-05:00');
  });

  it('is not that of a comment nor of a change', () => {
    const after =
      '<ol class="comments"><li><time datetime="2030-03-09T08:00:00+01:00">9 March</time> Hear, hear.</li></ol>';
    const before =
      '<p>Published: 5 March 2030</p><time itemprop="dateModified" datetime="2030-03-07">7 March 2030</time>';
    expect(datesOf({ before, after })).toMatchObject({ publishedAt: '2030-03-05', modifiedAt: '2030-03-07' });
  });

  it('is not that of a picture nor of a teaser', () => {
    const before = '<figure><figcaption>The old ferry in port, 3 March 2030</figcaption></figure>';
    const after =
      '<h4>The council of Seestadt talks about the new tariff for the islands 1 March 2030</h4><p>Date 5 March 2030</p>';
    expect(datesOf({ before, after }).publishedAt).toBe('2030-03-05');
  });

  it('is read from the statement of a press release and from an opening', () => {
    expect(datesOf({ opening: 'Press release, 5 March 2030 | ' }).publishedAt).toBe('2030-03-05');
    expect(datesOf({ opening: '(5 March 2030) ' }).publishedAt).toBe('2030-03-05');
    expect(datesOf({ opening: 'Seestadt, (5.3.2030). ' }).publishedAt).toBe('2030-03-05');
  });

  it('is read from a label far from the body', () => {
    const after = '<div>Impressum</div>'.repeat(60) + '<dl><dt>Published</dt><dd>5 March 2030</dd></dl>';
    expect(datesOf({ after }).publishedAt).toBe('2030-03-05');
  });

  it('is that of the first post where nothing else has a date', () => {
    const after =
      '<ol class="comments"><li>5 March 2030 Will it take bicycles?</li><li>9 March 2030 It will.</li></ol>';
    expect(datesOf({ after }).publishedAt).toBe('2030-03-05');
  });

  it('is the last change that a wiki states in its footer rather than a day the text speaks of', () => {
    const opening = 'The friends of the ferry meet on 12 March 2030. ';
    const after = '<p>Map</p>'.repeat(40) + '<div>This page was last edited on 5 March 2030.</div>';
    expect(datesOf({ opening, after })).toEqual(
      expect.objectContaining({ publishedAt: '2030-03-05', modifiedAt: '2030-03-05' }),
    );
  });

  it('is read from the state of the page when it names one day alone', () => {
    const state = (...days: string[]): string =>
      `<script>window.state = [${days.map((day) => `{"publishedAt":"${day}T08:00:00Z"}`).join()}]</script>`;
    expect(datesOf({ head: state('2030-03-05', '2030-03-05') }).publishedAt).toBe('2030-03-05T08:00:00Z');
    expect(datesOf({ head: state('2030-03-05', '2030-04-01') }).publishedAt).toBeUndefined();
  });

  it('is confirmed by the address', () => {
    expect(datesOf({ url: 'https://courier.example/2030/3/5/ferry' }).publishedAt).toBe('2030-03-05');
  });

  it('is the local day of the country in the address where the data has UTC alone', () => {
    const head = '<meta property="article:published_time" content="2030-03-06T00:25:56Z">';
    expect(datesOf({ head, url: 'https://correo.com.ar/ferry' }).publishedAt).toBe('2030-03-05T21:25:56-03:00');
    expect(datesOf({ head, url: 'https://seestadt-kurier.de/ferry' }).publishedAt).toBe('2030-03-06T00:25:56Z');
    expect(datesOf({ head, url: 'https://courier.example/ferry' }).publishedAt).toBe('2030-03-06T00:25:56Z');
  });

  it('is the day a program turned into midnight of its own zone', () => {
    const head = '<meta property="article:published_time" content="2030-03-04T23:00:00.000Z">';
    const before = '<p>4 March 2030</p>';
    expect(datesOf({ head, before, url: 'https://seestadt-kurier.de/ferry' }).publishedAt).toBe(
      '2030-03-05T00:00:00+01:00',
    );
  });

  it('is no meeting after the last change', () => {
    const head = '<meta property="article:modified_time" content="2030-03-05T10:00:00+01:00">';
    expect(datesOf({ head, before: '<p>Termin: 12.03.2030</p>' }).publishedAt).toBe('2030-03-05T10:00:00+01:00');
    expect(datesOf({ head, before: '<p>Published 12.03.2030</p>' }).publishedAt).toBe('2030-03-12');
  });

  it.each([
    ['a reference', '<ol class="reference-list"><li>1. Harbour gazette, retrieved 5 March 2030</li></ol>'],
    ['a consent banner', '<div id="cookie-banner"><p>Updated on 5 March 2030</p></div>'],
    [
      'stories in a list',
      '<div class="teaser">1 March 2030</div><div class="teaser">2 March 2030</div><div class="teaser">5 March 2030</div>',
    ],
    [
      'a story that a link teases',
      '<p><a href="/bridge">The bridge of Seestadt is closed for the winter and for the spring (5 March 2030)</a></p>',
    ],
    ['a far-off link', `${'<p>Map</p>'.repeat(40)}<ul><li><a href="/chat">5 March 2030</a></li></ul>`],
    ['an address', `${'<p>Map</p>'.repeat(40)}<div>https://courier.example/2030/03/05/a</div>`],
  ])('is not that of %s', (_what, after) => {
    expect(datesOf({ after }).publishedAt).toBeUndefined();
  });

  it('is that of a report styled as a teaser', () => {
    expect(datesOf({ before: '<p class="teaser-meta">5 March 2030</p>' }).publishedAt).toBe('2030-03-05');
  });

  it('counts an element with two signs once', () => {
    const before =
      '<time itemprop="datePublished" datetime="2030-03-04T20:00:00+01:00"></time><p>Published: 5 March 2030</p>';
    expect(datesOf({ before }).publishedAt).toBe('2030-03-05');
  });

  it('is read in the order of day and month that other dates of the page or its language tell', () => {
    const before = '<p>4/5/2030</p>';
    expect(datesOf({ before, lang: 'en-US' }).publishedAt).toBe('2030-04-05');
    expect(datesOf({ before, lang: 'en-GB' }).publishedAt).toBe('2030-05-04');
    expect(datesOf({ before, after: '<p>Tide tables of 4/25/2030</p>' }).publishedAt).toBe('2030-04-05');
  });
});
