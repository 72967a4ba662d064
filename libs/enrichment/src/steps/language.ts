import type { SpanData } from '@wireroom/contracts';
import type { EnrichmentStep, StepContext, StepResult } from '../step.js';
import { identifyLanguage, otherLanguage } from '../language/identify.js';

// Both identifiers are sure of a text well before this many characters.
const SAMPLE_LENGTH = 700;
const PASSAGE_MIN_LENGTH = 60;
const PASSAGE_MIN_CONFIDENCE = 0.9;
const MAX_PASSAGES_TESTED = 12;
const PASSAGE_SAMPLE = 200;

/** Language of title and body with a confidence; passages in another language are named in the evidence. */
export const detectLanguage: EnrichmentStep = {
  name: 'language',
  version: '1.2.0',
  run(context: StepContext): StepResult {
    const { title = '', body } = context.input;
    const language = identifyLanguage(`${title} ${body}`.slice(0, SAMPLE_LENGTH));
    const evidence = [
      {
        field: '/enrichment/language',
        rule: 'two-identifiers',
        spans: [{ start: 0, end: Math.min(body.length, SAMPLE_LENGTH) }],
        value: language.code,
      },
      ...foreignPassages(context, language.code).map(({ span, code }) => ({
        field: '/enrichment/language',
        rule: 'passage-in-another-language',
        spans: [span],
        value: code,
      })),
    ];
    return { fields: { language }, evidence };
  },
};

function foreignPassages({ text }: StepContext, main: string): { span: SpanData; code: string }[] {
  const long = text.paragraphs.filter((span) => span.end - span.start >= PASSAGE_MIN_LENGTH);
  if (long.length < 2) return [];
  return long.slice(0, MAX_PASSAGES_TESTED).flatMap((span) => {
    const language = otherLanguage(text.slice(span).slice(0, PASSAGE_SAMPLE), main);
    return language && language.confidence >= PASSAGE_MIN_CONFIDENCE ? [{ span, code: language.code }] : [];
  });
}
