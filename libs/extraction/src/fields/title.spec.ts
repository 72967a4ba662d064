import { describe, expect, it } from '@jest/globals';
import { extractArticle } from '../extract-article.js';

const BODY = [
  'The ferry to Nordhaven will sail twice a day from the autumn, the harbour office of Seestadt said after its meeting.',
  'A second ship was bought for the route. It carries sixty cars and was built for the lakes of the south, where it was no longer needed.',
  'Fares stay as they are until the spring, and pupils who live on the islands will go on travelling free of charge on every crossing.',
].map((text) => `<p>${text}</p>`);

function titlesOf(head: string, before: string): { title?: string; alternativeTitle?: string } {
  const html = `<!doctype html><html lang="en"><head>${head}</head><body class="has-breadcrumbs">${before}<article>${BODY.join('')}</article></body></html>`;
  const found = extractArticle({ bytes: new TextEncoder().encode(html), contentType: 'text/html' });
  if (found.kind !== 'article') throw new Error(`taken for ${found.pageKind}`);
  return found.article;
}

const linkedData = (headline: string): string =>
  `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${headline}"}</script>`;

describe('the headline', () => {
  it.each(['<nav><ul><li>H1</li></ul></nav>', '<ol class="breadcrumb"><li>H1</li></ol>'])(
    'is the one readers see, not a wording for search engines in %s',
    (menu) => {
      const search = 'Ferry Nordhaven timetable: all about the new ship';
      const head = `<title>${search}</title><meta property="og:title" content="${search}">${linkedData('Second ferry to Nordhaven from autumn')}`;
      const before = `${menu.replace('H1', `<h1>${search}</h1>`)}<h2>Second ferry to Nordhaven from autumn</h2>`;
      expect(titlesOf(head, before)).toMatchObject({
        title: 'Second ferry to Nordhaven from autumn',
        alternativeTitle: search,
      });
    },
  );

  it('has the marks of its kicker where they belong', () => {
    expect(titlesOf('', '<h1><span>Nordhaven</span><span>: A second ferry sails from autumn</span></h1>').title).toBe(
      'Nordhaven: A second ferry sails from autumn',
    );
  });

  it('is read through entities that were escaped twice', () => {
    const head = linkedData('Zweite F&auml;hre &ndash; R&uuml;ckkehr im Herbst &amp; Winter');
    expect(titlesOf(head, '').title).toBe('Zweite Fähre – Rückkehr im Herbst & Winter');
  });
});
