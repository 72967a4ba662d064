import { describe, expect, it } from '@jest/globals';
import { extractArticle } from '../extract-article.js';

const BODY = [
  'The ferry to Nordhaven will sail twice a day from the autumn, the harbour office of Seestadt said after its meeting.',
  'A second ship was bought for the route. It carries sixty cars and was built for the lakes of the south, where it was no longer needed.',
  'Fares stay as they are until the spring, and pupils who live on the islands will go on travelling free of charge on every crossing.',
];

function datesOf(parts: { head?: string; before?: string; opening?: string; after?: string; url?: string }): {
  publishedAt?: string;
  modifiedAt?: string;
} {
  const paragraphs = BODY.map((text, i) => `<p>${i === 0 ? (parts.opening ?? '') : ''}${text}</p>`).join('');
  const html = `<!doctype html><html lang="en"><head><title>Second ferry to Nordhaven</title>${parts.head ?? ''}</head><body>
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
});
