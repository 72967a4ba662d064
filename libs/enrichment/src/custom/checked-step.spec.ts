import { describe, expect, it } from '@jest/globals';
import { enrichArticle } from '../enrich-article.js';
import type { EnrichmentStep } from '../step.js';
import { checked } from './checked-step.js';

const BODY = 'The ferry waits.';

/** What an article has when a step called `gauge` has answered so, and why the step failed, if it did. */
function answered(result: unknown) {
  const step = { name: 'gauge', version: '1', run: () => result } as EnrichmentStep;
  let reason: string | undefined;
  const failed = (_step: string, cause: unknown): string => (reason = String(cause));
  return { ...enrichArticle({ body: BODY }, { failed }, [checked(step)]), reason };
}

function withEvidence(changes: object) {
  const record = { field: '/enrichment/custom/gauge', rule: 'by-eye', spans: [{ start: 4, end: 9 }], ...changes };
  return { fields: { custom: { gauge: { metres: 2 } } }, evidence: [record] };
}

describe('a step of the team’s own', () => {
  it('is believed where it keeps the contract', () => {
    const { enrichment, provenance, reason } = answered(withEvidence({ value: 'ferry' }));
    expect(enrichment).toEqual({ custom: { gauge: { metres: 2 } } });
    expect(provenance).toMatchObject([{ extractor: 'gauge', value: 'ferry' }]);
    expect(reason).toBeUndefined();
  });

  it.each([
    [42, 'run must return { fields, evidence }'],
    [Promise.resolve({ fields: {}, evidence: [] }), 'it is not waited for a Promise'],
    [{ fields: {} }, 'run must return { fields, evidence }'],
    [{ fields: { custom: { gauge: { metres: 1n } } }, evidence: [] }, "the result can't be written as JSON"],
    [{ fields: { topics: [{ code: 5 }] }, evidence: [] }, 'topics[0].code'],
    [{ fields: { tide: 2 }, evidence: [] }, 'tide'],
    [{ fields: { custom: { tone: {} } }, evidence: [] }, "fields.custom.tone: only gauge is this step's to write"],
    [{ fields: { custom: { gauge: 'high' } }, evidence: [] }, 'fields.custom.gauge: must be a JSON object'],
    [{ fields: { failedSteps: [] }, evidence: [] }, 'fields.failedSteps'],
    [withEvidence({ spans: [{ start: 5, end: 99 }] }), 'evidence[0].spans: 5 to 99 is not in the body of 16 units'],
    [withEvidence({ spans: undefined }), 'spans'],
    [withEvidence({ rule: 7 }), 'rule'],
    [{ fields: {}, evidence: ['by eye'] }, 'evidence[0]: must be an object'],
  ])('is not where it breaks it, and says what is wrong: %j', (result, reason) => {
    const found = answered(result);
    expect(found.reason).toContain(reason);
    expect(found.enrichment).toEqual({ failedSteps: [{ step: 'gauge', code: 'step-failed' }] });
    expect(found.provenance).toEqual([]);
  });
});
