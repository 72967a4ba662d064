import { describe, expect, it } from '@jest/globals';
import { extractArticle } from '../extract-article.js';

const BODY = [
  'The ferry to Nordhaven will sail twice a day from the autumn, the harbour office of Seestadt said after its meeting.',
  'A second ship was bought for the route. It carries sixty cars and was built for the lakes of the south, where it was no longer needed.',
  'Fares stay as they are until the spring, and pupils who live on the islands will go on travelling free of charge on every crossing.',
].map((text) => `<p>${text}</p>`);

function authorsOf(parts: { head?: string; before?: string; after?: string }): string[] {
  const html = `<!doctype html><html lang="en"><head><title>Second ferry to Nordhaven</title>${parts.head ?? ''}</head><body>
    <article><h1>Second ferry to Nordhaven</h1>${parts.before ?? ''}${BODY.join('')}${parts.after ?? ''}</article></body></html>`;
  const found = extractArticle({
    bytes: new TextEncoder().encode(html),
    contentType: 'text/html',
    url: 'https://www.seebote.example/ferry',
  });
  if (found.kind !== 'article') throw new Error(`taken for ${found.pageKind}`);
  return found.article.authors.map(({ name }) => name);
}

describe('the authors', () => {
  it('are those of a byline where the meta tag names somebody the page does not show', () => {
    expect(
      authorsOf({ head: '<meta name="author" content="Webmaster Krog">', before: '<p>By Imke Farrow</p>' }),
    ).toEqual(['Imke Farrow']);
    expect(
      authorsOf({ head: '<meta name="author" content="Imke Farrow">', before: '<p>Imke Farrow</p><p>By Odo Lamm</p>' }),
    ).toEqual(['Imke Farrow']);
  });

  it('are not the site itself where a person is named', () => {
    const head = '<meta name="author" content="Der Seebote">';
    expect(authorsOf({ head, before: '<p class="byline">Imke Farrow</p>' })).toEqual(['Imke Farrow']);
  });

  it('are not readers who comment, nor whoever made the site or wrote other stories', () => {
    const after = `<ul class="recent-posts"><li><span class="author">Odo Lamm</span></li></ul>
      <ol id="comments"><li><span class="fn">k4pt3n</span><p>Comment by Jens Wader</p></li></ol>
      <div class="copyright">Theme by <a rel="author" href="/">Krogworks</a></div>`;
    expect(authorsOf({ after })).toEqual([]);
  });

  it('have their full names where another source gives them', () => {
    const head = '<meta name="author" content="imkefarrow">';
    expect(authorsOf({ head, before: '<p class="byline">Imke Farrow</p>' })).toEqual(['Imke Farrow']);
  });

  it('stand alone, without what an element around the name says', () => {
    const before =
      '<div class="author">Imke Farrow Head of Harbours <span class="author-name">Imke Farrow</span></div>';
    expect(authorsOf({ before })).toEqual(['Imke Farrow']);
    expect(authorsOf({ before: '<p class="byline"><style>.a1{color:red}</style>By Imke Farrow</p>' })).toEqual([
      'Imke Farrow',
    ]);
  });

  it.each([
    '<dl><dt>Author</dt><dd>Imke Farrow</dd></dl>',
    '<div class="author-bio"><h3>Imke Farrow</h3><p>writes about ships.</p></div>',
    '<p>5 March 2030 | Imke Farrow</p>',
  ])('are read from %s', (before) => {
    expect(authorsOf({ before })).toEqual(['Imke Farrow']);
  });
});
