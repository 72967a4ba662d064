import { enrichArticle } from '../enrich-article.js';
import { candidatesIn } from '../keyphrases/candidates.js';
import { TextIndex } from '../text/text-index.js';

const BODY =
  'Velmouth harbour closes for the winter\n\n' +
  'Velmouth harbour will close to cargo ships after cracks were found in the northern breakwater. ' +
  'The northern breakwater protects the fishing fleet. The port authority will repair the breakwater by spring.\n\n' +
  'Traders said the closure of Velmouth harbour would hurt them. The port authority disagreed.';

describe('keyphrases', () => {
  const { keyphrases = [], summary } = enrichArticle(
    { body: BODY },
    { steps: ['language', 'keyphrases', 'summary'] },
  ).enrichment;
  const texts = keyphrases.map(({ text }) => text.toLowerCase());

  it('put what the text is about first, as it is written', () => {
    expect(texts.slice(0, 3)).toContain('velmouth harbour');
    for (const { text } of keyphrases) expect(BODY).toContain(text);
  });

  it('take a name whole or not at all, and no clause for a phrase', () => {
    const body = 'Porto Velmouth Mayor Holt said Norvik would repair the harbour wall.';
    const name = { start: 0, end: 'Porto Velmouth'.length };
    const found = candidatesIn(new TextIndex(body), [{ start: 0, end: body.length }], 'en', [name]).map(
      ({ text }) => text,
    );
    expect(found).toEqual(
      expect.arrayContaining(['Porto Velmouth', 'Porto Velmouth Mayor', 'Mayor Holt', 'harbour wall']),
    );
    expect(found).not.toContain('Velmouth Mayor');
    expect(found.filter((text) => /said|would/.test(text))).toEqual([]);
  });

  it('repeat no phrase', () => {
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('go over a hyphen but not over a dash', () => {
    const body =
      'TESSING - Harbour-side cafes closed. Cafe owners in TESSING - Harbour-side cafes among them - protest.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'keyphrases'] });
    const found = (enrichment.keyphrases ?? []).map(({ text }) => text);
    expect(found.some((text) => text.startsWith('Harbour-side'))).toBe(true);
    expect(found.filter((text) => text.includes(' - '))).toEqual([]);
  });

  it('come with a summary of whole sentences', () => {
    expect(summary?.text).toBe(summary?.spans.map(({ start, end }) => BODY.slice(start, end)).join(' '));
    expect(summary?.spans.length).toBeGreaterThan(0);
  });

  it('point into the text also where lower case is longer than upper case', () => {
    const body =
      'İstanbul limanı kapandı. İstanbul limanı fırtına yüzünden iki gün kapalı kalacak. İstanbul limanı salı günü açılacak.';
    const { provenance } = enrichArticle({ body, declaredLanguage: 'tr' }, { steps: ['language', 'keyphrases'] });
    const spans = provenance.filter(({ field }) => field === '/enrichment/keyphrases').flatMap((one) => one.spans);
    expect(spans.length).toBeGreaterThan(0);
    for (const { start, end } of spans) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(body.length);
    }
  });
});
