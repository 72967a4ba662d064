import { enrichArticle } from './enrich-article.js';
import type { EnrichmentStep } from './step.js';

const BODY =
  'The ferry to Ostrel was cancelled on Monday. “We will not sail in this wind,” said Captain Mira Holt.\n\n' +
  'Passengers waited in the terminal until the evening.';

const failing: EnrichmentStep = {
  name: 'failing',
  version: '1',
  run() {
    throw new Error('boom');
  },
};

describe('enrichArticle', () => {
  it('gives the same output for the same input', () => {
    const input = { body: BODY, publishedAt: '2024-05-14T09:00:00Z' };
    expect(enrichArticle(input)).toEqual(enrichArticle(input));
  });

  it('runs only the steps asked for', () => {
    const { enrichment } = enrichArticle({ body: BODY }, { steps: ['statistics'] });
    expect(Object.keys(enrichment)).toEqual(['statistics']);
  });

  it('names a failing step and keeps what the others found', () => {
    const working: EnrichmentStep = {
      name: 'working',
      version: '1',
      run: () => ({ fields: { language: { code: 'en', confidence: 1 } }, evidence: [] }),
    };
    const { enrichment } = enrichArticle({ body: BODY }, {}, [failing, working]);
    expect(enrichment.failedSteps).toEqual([{ step: 'failing', code: 'step-failed' }]);
    expect(enrichment.language?.code).toBe('en');
  });

  it('tells why a step failed, and keeps nothing of it', () => {
    const half = {
      name: 'half',
      version: '1',
      run: () => ({ fields: { language: { code: 'en', confidence: 1 } } }),
    } as unknown as EnrichmentStep;
    const failed: string[] = [];
    const { enrichment } = enrichArticle(
      { body: BODY },
      { failed: (step, cause) => failed.push(`${step}: ${String(cause)}`) },
      [failing, half],
    );
    expect(failed).toEqual(['failing: Error: boom', expect.stringMatching(/^half: TypeError: /)]);
    expect(Object.keys(enrichment)).toEqual(['failedSteps']);
  });

  it('survives any text', () => {
    const odd = ['', ' ', '“', '"\n\n"', '\u0000\u202e\ud800', '。'.repeat(50), '“a ”b “ '.repeat(40), '1.1.1.1'];
    for (const body of odd) expect(enrichArticle({ body }).enrichment.failedSteps).toBeUndefined();
  });

  it('marks every field it fills with the step that filled it', () => {
    const { provenance } = enrichArticle({ body: BODY });
    for (const record of provenance) {
      expect(record.basis).toBe('body');
      for (const span of record.spans) expect(span.end).toBeLessThanOrEqual(BODY.length);
    }
  });
});
