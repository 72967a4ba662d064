import { describe, expect, it } from '@jest/globals';
import { explainArticle, extractArticle } from '@wireroom/extraction';
import { explanationPage } from './explanation-page.js';
import { printExplanation } from './print-explanation.js';

const PAGE = `<!doctype html><title>Tide mill</title><nav><a href="/a">News</a> <a href="/b">Sport</a> <a href="/c">Region</a></nav>
<article><h1>Tide mill turns again</h1>
<p>The tide mill of Port Calder ground its first flour for forty years on Monday, the miller said.</p>
<p>A crowd of "about 300" &lt;script&gt;alert(1)&lt;/script&gt; watched from the quay while the wheel was let down.</p></article>
<footer><a href="/d">Contact</a></footer>`;
const input = { bytes: Buffer.from(PAGE), contentType: 'text/html; charset=utf-8' };

describe('the explanation of a page', () => {
  it('in a terminal shows every block with its score, kept or not, and why', () => {
    const lines = printExplanation(extractArticle(input), explainArticle(input), 100).split('\n');
    expect(lines[0]).toMatch(/^title +Tide mill turns again$/);
    expect(lines).toContainEqual(expect.stringMatching(/^ +· Tide mill ← title-element, head>title: outvoted/));
    expect(lines).toContainEqual(expect.stringMatching(/^\d+ blocks, [23] kept$/));
    expect(lines).toContainEqual(expect.stringMatching(/^· 0\.\d{3} {2}\[heading → title\] Tide mill turns again$/));
    const mill = lines.findIndex((line) => line.includes('ground its first flour'));
    expect(lines[mill]).toMatch(/^✓ 0\.\d{3} {2}The tide mill/);
    expect(lines[mill + 1]).toMatch(/article>p.*: [+−]\d/);
    expect(lines.find((line) => line.includes('Contact'))).toMatch(/^· 0\.\d{3}/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('as a page holds the same, and nothing of the document as markup', () => {
    const html = explanationPage('mill.html', extractArticle(input), explainArticle(input));
    expect(html).toContain('<section class="article"><p dir="auto">The tide mill of Port Calder');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script');
    expect(html).toMatch(/<th scope="row">title<\/th><td dir="auto">Tide mill turns again<\/td>/);
  });

  it('of a page that is no article says what it is instead', () => {
    const listing = { bytes: Buffer.from('<html><body></body></html>'), contentType: 'text/html' };
    const outcome = [extractArticle(listing), explainArticle(listing)] as const;
    expect(explanationPage('empty.html', ...outcome)).toMatch(/Not an article: empty/);
    expect(printExplanation(...outcome, 100)).toMatch(/^not an article: empty/);
  });
});
