import { describe, expect, it } from '@jest/globals';
import { stepsOf } from './journey.js';

const document = {
  _id: 'a/1/1',
  contentId: 'a',
  revision: 1,
  processingVersion: 1,
  kind: 'original',
  outcome: 'done' as const,
  storedAt: new Date('2026-05-03T10:00:01Z'),
  eventId: 'e',
  said: true,
};
const failedSteps = [
  { step: 'tone', code: 'circuit-open' },
  { step: 'gauge', code: 'step-failed' },
];

describe('the steps of a journey', () => {
  it('say at the enrichment, and there alone, what an item went on without', () => {
    const steps = stepsOf([
      { stage: 'enrichment', documents: [{ ...document, failedSteps }], letters: [] },
      {
        stage: 'publishing',
        documents: [{ ...document, storedAt: new Date('2026-05-03T10:00:02Z'), failedSteps }],
        letters: [],
      },
    ]);
    expect(steps).toMatchObject([
      { stage: 'enrichment', detail: 'went on without tone (circuit-open), gauge (step-failed)', failedSteps },
      { stage: 'publishing', afterMs: 1000 },
    ]);
    expect(steps[1]).not.toHaveProperty('detail');
    expect(steps[1]).not.toHaveProperty('failedSteps');
  });
});
