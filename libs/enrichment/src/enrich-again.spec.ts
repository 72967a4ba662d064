import { enrichAgain, replaceSteps } from './enrich-again.js';
import type { EnrichmentStep } from './step.js';

const before = {
  enrichment: {
    language: { code: 'en', confidence: 1 },
    topics: [{ code: 'medtop:1', label: 'old', top: 'old', score: 1 }],
    failedSteps: [
      { step: 'topics', code: 'step-failed' },
      { step: 'dates', code: 'step-failed' },
    ],
  },
  provenance: ['language', 'topics'].map((extractor) => ({
    field: `/enrichment/${extractor}`,
    extractor,
    version: '1.0.0',
    rule: 'rule',
    source: 'text',
    basis: 'body' as const,
    spans: [],
    chosen: true,
  })),
};

/** Says the language that was found before, as a topic. */
const topics: EnrichmentStep = {
  name: 'topics',
  version: '2.0.0',
  run: ({ found }) => ({
    fields: { topics: [{ code: 'medtop:2', label: found.language!.code, top: 'new', score: 1 }] },
    evidence: [{ field: '/enrichment/topics', rule: 'new-rule', spans: [] }],
  }),
};
const language: EnrichmentStep = {
  name: 'language',
  version: '1.0.0',
  run: () => {
    throw new Error('must not run');
  },
};

describe('enrichAgain', () => {
  it('replaces what the steps had found, with evidence and failures, and keeps the rest', () => {
    const after = enrichAgain({ body: 'Text.' }, before, { steps: ['topics'] }, [language, topics]);
    expect(after.enrichment).toEqual({
      language: before.enrichment.language,
      topics: [{ code: 'medtop:2', label: 'en', top: 'new', score: 1 }],
      failedSteps: [{ step: 'dates', code: 'step-failed' }],
    });
    expect(after.provenance.map(({ extractor, version }) => `${extractor} ${version}`)).toEqual([
      'language 1.0.0',
      'topics 2.0.0',
    ]);
  });

  it('leaves the field of a step that fails as it was, and names the step', () => {
    const failing: EnrichmentStep = { ...language, name: 'topics' };
    const after = enrichAgain({ body: 'Text.' }, before, { steps: ['topics'] }, [failing]);
    expect(after.enrichment.topics).toEqual(before.enrichment.topics);
    expect(after.enrichment.failedSteps).toContainEqual({ step: 'topics', code: 'step-failed' });
    expect(after.enrichment.failedSteps).toHaveLength(2);
  });
});

describe('replaceSteps', () => {
  it('names a failure of another step once, also where both name it', () => {
    const after = replaceSteps(before, { ...before, provenance: [] }, ['cluster']);
    expect(after.enrichment).toEqual(before.enrichment);
    expect(after.provenance).toEqual(before.provenance);
  });
});
