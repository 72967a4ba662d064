import { STEPS } from './chain.js';
import { enrichArticle } from './enrich-article.js';

/** Texts put together from parts that have broken parsers before, by a fixed generator. */
function oddTexts(count: number): string[] {
  const parts = [
    '“',
    '”',
    '"',
    "'",
    '’',
    '«',
    '»',
    '„',
    '\n\n',
    '\n',
    ' ',
    '. ',
    ', ',
    ': ',
    '— ',
    'said',
    'Mira Holt',
    'the minister',
    'he',
    'on Monday',
    '3 March 2023',
    'Paris, Texas',
    'Café',
    '😀',
    '\u200d',
    '市长说',
    '10,000',
    'U.S.',
    'al-',
    "O'Neill",
    '…',
    '?',
    '\ud83d',
  ];
  let state = 11;
  const next = (below: number) => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) % below;
  return Array.from({ length: count }, () =>
    Array.from({ length: 5 + next(60) }, () => parts[next(parts.length)]).join(next(2) ? ' ' : ''),
  );
}

describe('the chain', () => {
  it('has steps with names of their own and versions', () => {
    expect(new Set(STEPS.map(({ name }) => name)).size).toBe(STEPS.length);
    for (const { version } of STEPS) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each(oddTexts(150))('keeps its offsets true and fails at nothing: %j', (body) => {
    const { enrichment, provenance } = enrichArticle({ body, publishedAt: '2024-05-14T09:00:00Z' });
    expect(enrichment.failedSteps).toBeUndefined();
    const named = [
      ...(enrichment.entities ?? []),
      ...(enrichment.quotes ?? []),
      ...(enrichment.quotes ?? []).flatMap(({ speaker }) => speaker ?? []),
    ];
    for (const { start, end, text } of named) expect(body.slice(start, end)).toBe(text);
    const spans = [
      ...(enrichment.dates ?? []),
      ...(enrichment.places ?? []),
      ...(enrichment.summary?.spans ?? []),
      ...provenance.flatMap((record) => record.spans),
    ];
    for (const { start, end } of spans) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(body.length);
    }
  });
});
