import { describe, expect, it } from '@jest/globals';
import { LAYOUTS } from '../fixtures/layouts.js';
import { STORIES } from '../fixtures/stories.js';
import { extractArticle, type Extraction } from './extract-article.js';
import { decodeOriginal } from './decode/decode-original.js';
import { ExtractionError, LIMITS } from './extraction-error.js';

/** Deterministic random numbers (a linear congruential generator), so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

const PIECES = [
  '<div>',
  '</div>',
  '<p>',
  '<a href="',
  '">',
  '<table><tr><td>',
  '<script>',
  '</script>',
  '<!--',
  '-->',
  '<![CDATA[',
  '&#0;',
  '&#x1F600;',
  '&amp;lt;b&amp;gt;',
  '\u0000',
  '\ud800',
  '<b><i></b></i>',
  '<svg><title>',
  '<template>',
  '{"@type":',
  '<li>',
  '<style>',
  '<br><br>',
  '<select><option>',
  '<form><input>',
  '\r\n',
  '<h1>',
  '<article hidden>',
];

/** A page cut, shuffled and sprinkled with markup in random places. */
function mangle(page: string, random: (below: number) => number): string {
  let mangled = page;
  for (let i = 0; i < 12; i++) {
    const at = random(mangled.length);
    const piece = PIECES[random(PIECES.length)] as string;
    mangled = mangled.slice(0, at) + piece + mangled.slice(at + random(40));
  }
  return mangled;
}

function outcomeOf(bytes: Uint8Array, contentType?: string): Extraction | ExtractionError {
  try {
    return extractArticle({ bytes, contentType });
  } catch (error) {
    if (error instanceof ExtractionError) return error;
    throw error;
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('whatever comes in', () => {
  const cases = Array.from({ length: 120 }, (_value, seed) => seed);

  it.each(cases)('mangled page %i ends in an answer without markup whose offsets lie in the original', (seed) => {
    const random = randomFrom(seed);
    const layout = LAYOUTS[random(LAYOUTS.length)] as (typeof LAYOUTS)[number];
    const story = STORIES[random(STORIES.length)] as (typeof STORIES)[number];
    const bytes = encode(mangle(layout.render(story), random));

    const outcome = outcomeOf(bytes, layout.contentType);

    expect(outcomeOf(bytes, layout.contentType)).toEqual(outcome);
    if (outcome instanceof ExtractionError || outcome.kind !== 'article') return;
    const { text } = decodeOriginal(bytes, layout.contentType);
    for (const { spans } of outcome.provenance)
      for (const { start, end } of spans) expect(0 <= start && start <= end && end <= text.length).toBe(true);
    if (outcome.original.format === 'html')
      for (const paragraph of outcome.article.paragraphs)
        expect(paragraph.text).not.toMatch(/<\/?(?:div|p|a|script|table)\b[^<]*>/);
  });

  it.each(cases)('noise %i ends in an answer or a coded error', (seed) => {
    const random = randomFrom(seed + 1000);
    const bytes = Uint8Array.from({ length: 1 + random(3000) }, () => (seed % 2 ? random(256) : 32 + random(96)));

    const outcome = outcomeOf(bytes, seed % 3 ? undefined : 'text/html');

    expect(outcome).toBeDefined();
  });
});

describe('hostile pages', () => {
  const hostile: [string, string][] = [
    ['100,000 nested elements', '<div>'.repeat(100_000)],
    ['100,000 nested inline elements', '<b>'.repeat(100_000) + 'text'],
    ['100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_value, i) => `a${i}="x"`).join(' ')}>text</p>`],
    ['one attribute a million times', `<p ${'a=1 '.repeat(1_000_000)}>text</p>`],
    ['a flood of entities', `<p>${'&#65;&amp;&nbsp;'.repeat(100_000)}</p>`],
    ['a million null characters', `<p>${'\u0000'.repeat(1_000_000)}</p>`],
    [
      'unclosed formatting before many paragraphs',
      Array.from({ length: 2000 }, (_value, i) => `<font size=${i}>`).join('') + '<p>x'.repeat(2000),
    ],
    ['100,000 line breaks', `<p>${'<br>'.repeat(100_000)}text`],
    ['an unclosed script', `<p>text</p><script>${'x'.repeat(500_000)}`],
    ['unclosed script tags', '<script'.repeat(50_000)],
    ['JSON-LD nested 10,000 deep', `<script type="application/ld+json">${'{"a":['.repeat(10_000)}</script>`],
    ['a long unclosed byline', `<p>${'By A and B, '.repeat(20_000)}</p>`],
    ['a word of a million letters', `<p>${'a'.repeat(1_000_000)}</p>`],
    ['half a million blanks', `<title>${' '.repeat(500_000)}x</title>`],
  ];

  it.each(hostile)('%s', (_name, html) => {
    const started = performance.now();

    outcomeOf(encode(html), 'text/html');

    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('refuses more bytes than the limit', () => {
    const outcome = outcomeOf(new Uint8Array(LIMITS.bytes + 1).fill(65), 'text/html');
    expect(outcome).toMatchObject({ code: 'too-large' });
  });
});
