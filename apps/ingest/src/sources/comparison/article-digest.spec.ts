import { describe, expect, it } from '@jest/globals';
import { type ArticleDigest, articleDigestOf, tellSameText } from './article-digest.js';

const PARAGRAPHS = [
  'The morning boat from Skerry to Port Calder left forty minutes late on Tuesday, the third delay in a week, and two hundred people waited on the quay in the rain.',
  '“We were told nothing,” said Odile Renwick, who had an appointment at the hospital in Port Calder and had to call from the quay.',
  'The company said that an engine had to be changed and that the boats would run on time again from Thursday, when the second vessel returns from the yard.',
];

const OF_ITS_OWN =
  'In Port Calder the mayor, Tove Marland, called the delays a disgrace and asked the company for a second boat at the weekends before the holidays begin.';

interface Parts {
  title?: string;
  byline?: string;
  paragraphs?: string[];
  head?: string;
  related?: string[];
  advertisement?: string;
  readers?: number;
  modified?: string;
}

function page({
  title = 'Ferry late for the third time',
  byline = 'By Ada Quill',
  paragraphs = PARAGRAPHS,
  head = '<meta name="csrf-token" content="a1b2c3">',
  related = ['Quay opens again', 'Storm warning for the outer islands'],
  advertisement = 'Winter sale at Brandt & Daughters',
  readers = 12,
  modified = '2026-03-03T08:00:00Z',
}: Parts = {}): Uint8Array {
  return Buffer.from(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} - The Skerry Courier</title>
<meta property="og:type" content="article"><meta property="article:modified_time" content="${modified}">${head}</head><body>
<nav><a href="/">Home</a> <a href="/region">Region</a></nav>
<div class="ad-slot"><a href="/out?id=${readers}">${advertisement}</a></div>
<article><h1>${title}</h1><p class="byline">${byline}</p>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article>
<div class="most-read">${readers} are reading this now</div>
<aside><h2>More from Skerry</h2><ul>${related.map((name) => `<li><a href="/${name.length}">${name}</a></li>`).join('')}</ul></aside>
<form action="/comment"><input type="hidden" name="token" value="${readers}x"></form>
<footer>The Skerry Courier, Quay Street 4</footer></body></html>`);
}

const readingOf = (parts?: Parts): ArticleDigest =>
  articleDigestOf({ bytes: page(parts), contentType: 'text/html', url: 'https://skerry.example/ferry' })!;
const digestOf = (parts?: Parts): string => readingOf(parts).words;

describe('articleDigestOf', () => {
  it.each<[string, Parts]>([
    ['other headlines', { related: ['A boat is christened', 'Council meets', 'Fog in the sound'] }],
    ['a counter', { readers: 4711 }],
    ['an advertisement', { advertisement: 'Two nights at the Hotel Orle for one' }],
    ['a token in the head', { head: '<meta name="csrf-token" content="zzz"><script>var t=99</script>' }],
    ['the time it was touched', { modified: '2026-03-04T08:00:00Z' }],
  ])('does not change with %s', (_, parts) => {
    expect(digestOf(parts)).toBe(digestOf());
    expect(digestOf()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Parts]>([
    ['the headline', { title: 'Ferry late for the fourth time' }],
    ['a paragraph', { paragraphs: [PARAGRAPHS[0]!.replace('forty', 'fifty'), ...PARAGRAPHS.slice(1)] }],
    ['a paragraph more', { paragraphs: [...PARAGRAPHS, 'Tickets stay valid until the end of the month.'] }],
    ['a paragraph less', { paragraphs: PARAGRAPHS.slice(0, 2) }],
  ])('changes with %s', (_, parts) => {
    expect(digestOf(parts)).not.toBe(digestOf());
  });

  it('is none of what holds no article or can’t be read', () => {
    expect(articleDigestOf({ bytes: new Uint8Array(0), contentType: 'text/html' })).toBeUndefined();
    expect(articleDigestOf({ bytes: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' })).toBeUndefined();
    expect(articleDigestOf({ bytes: Buffer.from('<html><body></body></html>') })).toBeUndefined();
  });

  it('reads by the rule of the site', () => {
    const siteRule = { site: 'skerry.example', version: 1, body: 'article p, .most-read' };
    const byRule = (readers: number): string | undefined =>
      articleDigestOf({ bytes: page({ readers }), url: 'https://skerry.example/ferry', siteRule })?.words;
    expect(byRule(1)).not.toBe(byRule(2));
  });
});

describe('tellSameText', () => {
  it.each<[string, Parts]>([
    ['another headline', { title: 'Two hundred left waiting on the quay' }],
    ['another byline', { byline: 'From our correspondent' }],
    ['a line of credit', { paragraphs: [...PARAGRAPHS, 'This report first appeared in The Skerry Courier.'] }],
    ['other surroundings', { related: ['Council meets'], advertisement: 'Two nights at the Hotel Orle for one' }],
  ])('given a copy with %s, then it does', (_, parts) => {
    expect(tellSameText(readingOf(), readingOf(parts))).toBe(true);
  });

  it.each<[string, Parts]>([
    ['a paragraph of its own', { paragraphs: [...PARAGRAPHS, OF_ITS_OWN] }],
    ['one paragraph exchanged', { paragraphs: [OF_ITS_OWN, ...PARAGRAPHS.slice(1)] }],
    ['half of it left out', { paragraphs: PARAGRAPHS.slice(0, 1) }],
  ])('given a copy with %s, then it does not', (_, parts) => {
    expect(tellSameText(readingOf(), readingOf(parts))).toBe(false);
  });
});
