import { findTrustMarks, type TrustMark } from '../trust/trust-marks.js';
import type { EnrichmentStep, Evidence, StepContext, StepResult } from '../step.js';

const REASONS: Record<TrustMark['kind'], string> = {
  'model-instruction': 'Reads like an instruction to a language model; never pass it on as one.',
  'invisible-character': 'Characters that no reader sees.',
  'bidi-control': 'Characters that change the order in which text is shown.',
};

/** Marks, in the explain record, what a language model downstream must not take at its word. Fills no field. */
export const markTrust: EnrichmentStep = {
  name: 'trust',
  version: '1.0.0',
  run({ input }: StepContext): StepResult {
    const marks = findTrustMarks(input.body);
    const evidence = Object.entries(REASONS).flatMap(([rule, reason]): Evidence[] => {
      const spans = marks.filter(({ kind }) => kind === rule).map(({ start, end }) => ({ start, end }));
      return spans.length ? [{ field: '/article/paragraphs', rule, spans, reason }] : [];
    });
    return { fields: {}, evidence };
  },
};
