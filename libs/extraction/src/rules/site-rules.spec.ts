import { describe, expect, it } from '@jest/globals';
import { extractArticle } from '../extract-article.js';
import { parseSiteRule, siteRuleFor, SiteRuleError } from './site-rules.js';

const PAGE = `<title>Board</title><div class="kopf">Tessing decides on its pier</div><div class="wer">Odo Lamm</div><b class="wann" data-at="2024-02-03">Saturday</b>
<div class="text"><p>The board talked for hours about the old pier and its roof.</p><p class="promo">Buy our calendar of piers.</p><p>Nobody wants to pay.</p></div>`;

const RULE = {
  site: 'news.example',
  version: 2,
  body: 'div.text > p',
  remove: '.promo',
  title: '.kopf',
  authors: '.wer',
  published: { selector: 'b[data-at]', attribute: 'data-at' },
};

describe('site rules', () => {
  it('have the last word on the fields they name', () => {
    const answer = extractArticle({
      bytes: new TextEncoder().encode(PAGE),
      contentType: 'text/html; charset=utf-8',
      url: 'https://www.news.example/1',
      rules: [parseSiteRule(RULE)],
    });
    expect(answer).toMatchObject({
      article: {
        title: 'Tessing decides on its pier',
        authors: [{ name: 'Odo Lamm' }],
        publishedAt: '2024-02-03',
        paragraphs: [
          { text: 'The board talked for hours about the old pier and its roof.' },
          { text: 'Nobody wants to pay.' },
        ],
      },
    });
    expect(
      answer.kind === 'article' && answer.provenance.find(({ field, chosen }) => field === '/article/title' && chosen),
    ).toMatchObject({
      rule: 'site-rule:news.example@2',
    });
  });

  it('are for their site and the hosts below it, the closest first', () => {
    const [wide, close] = [
      parseSiteRule({ site: 'news.example', version: 1 }),
      parseSiteRule({ site: 'sport.news.example', version: 1 }),
    ];
    expect(siteRuleFor('https://sport.news.example/1', [wide, close])).toBe(close);
    expect(siteRuleFor('https://www.news.example/1', [wide, close])).toBe(wide);
    expect(siteRuleFor('https://oldnews.example/1', [wide, close])).toBeUndefined();
  });

  it.each([
    ['/site', { version: 1 }],
    ['/version', { site: 'news.example', version: 0 }],
    ['/body', { site: 'news.example', version: 1, body: 'p:hover' }],
    ['/published/selector', { site: 'news.example', version: 1, published: {} }],
    ['/colour', { site: 'news.example', version: 1, colour: 'red' }],
  ])('are refused for a fault at %s', (path, rule) => {
    let error: unknown;
    try {
      parseSiteRule(rule);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SiteRuleError);
    expect(error).toMatchObject({ path });
  });
});
