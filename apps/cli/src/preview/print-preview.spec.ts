import { printPreview } from './print-preview.js';

const article = {
  title: 'Ferry late\u001b[31m again',
  authors: ['Ann Berg'],
  body: 'One.\n\nTwo.',
  paragraphs: ['One.', 'Two.'],
  paragraphRoles: ['paragraph', 'heading'],
  provenance: [
    {
      field: '/article/title',
      extractor: 'html',
      version: '1.0.0',
      rule: 'vote',
      source: 'element:h1',
      basis: 'original' as const,
      spans: [{ start: 4, end: 14 }],
      chosen: true,
    },
  ],
};
const enrichment = {
  language: { code: 'en', confidence: 0.987 },
  quotes: [{ start: 0, end: 3, text: 'One', direct: true }],
  places: [
    { name: 'Lisbon', country: 'PT', lat: 38.7, lon: -9.1, start: 0, end: 3 },
    { name: 'Lisbon', country: 'PT', lat: 38.7, lon: -9.1, start: 5, end: 8 },
  ],
  dates: [{ start: 0, end: 3, value: '2026-03-12' }],
  keyphrases: ['ferry', 'Night ferry', 'ferryman'].map((text) => ({ text, score: 0.5 })),
  trust: {
    untrusted: true,
    marks: [
      { kind: 'hidden-text' as const, basis: 'body' as const, start: 0, end: 3 },
      { kind: 'hidden-text' as const, basis: 'original' as const, start: 10, end: 13 },
      { kind: 'hidden-text' as const, basis: 'original' as const, start: 20, end: 23 },
    ],
  },
  custom: { 'tide-level-of-harbours': { metres: 2 } },
  entities: [
    { type: 'person' as const, text: 'Berg', name: 'Ann Berg', start: 0, end: 4 },
    { type: 'person' as const, text: 'Ann Berg', start: 5, end: 9 },
  ],
};

describe('printPreview', () => {
  it('shows an article to a person, with nothing that steers the terminal', () => {
    const text = printPreview('story.html', { id: 1, ok: true, kind: 'article', article, enrichment }, { width: 80 });
    expect(text).toContain('Ferry late\uFFFD[31m again');
    expect(text).toContain('en (99 %)');
    expect(text).toContain('[heading] Two.');
    expect(text).toContain('(speaker not certain): “One”');
    expect(text).toContain('Ann Berg ×2');
    expect(text).toMatch(/places +Lisbon \(PT\)\n/);
    expect(text).toMatch(/dates +2026-03-12\n/);
    expect(text).toMatch(/keyphrases +Night ferry · ferryman\n/);
    expect(text).toMatch(/beware +hidden-text in the text · hidden-text in the page ×2\n/);
    expect(text).toMatch(/tide-level-of-harbours \{"metres":2\}\n/);
    expect(text).not.toContain('where it came from');
  });

  it('explains every value on request', () => {
    const answer = { id: 1, ok: true as const, kind: 'article' as const, article, enrichment };
    expect(printPreview('a', answer, { width: 80, explain: true })).toMatch(
      /✓ \/article\/title .*vote ← element:h1 original 4–14/,
    );
  });

  it('says why there is no article', () => {
    const none = {
      id: 1,
      ok: true as const,
      kind: 'not-article' as const,
      pageKind: 'login',
      reasons: ['a password field'],
    };
    expect(printPreview('a', none, { width: 80 })).toContain('not an article: login\n  a password field');
    const failed = { id: 1, ok: false as const, error: { code: 'undecodable', message: 'noise' } };
    expect(printPreview('a', failed, { width: 80 })).toContain('undecodable (noise)');
  });
});
