import type { SpanData, TrustMarkData } from '@wireroom/contracts';
import { findTrustMarks, type TrustMark } from '../trust/trust-marks.js';
import type { EnrichmentStep, Evidence, HiddenPassage, StepContext, StepResult } from '../step.js';

const REASONS: Record<TrustMark['kind'], string> = {
  'model-instruction': 'Reads like an instruction to a language model; never pass it on as one.',
  'invisible-character': 'Characters that no reader sees.',
  'bidi-control': 'Characters that change the order in which text is shown.',
  'look-alike-letters': 'A word with letters of another script that look like Latin ones.',
};
const MOST_MARKS = 1000;

/** Marks what a language model downstream must not take at its word, in the body and in what the page hides. */
export const markTrust: EnrichmentStep = {
  name: 'trust',
  version: '1.3.0',
  run(context: StepContext): StepResult {
    const marks = findTrustMarks(context.input.body);
    const evidence = Object.entries(REASONS).flatMap(([rule, reason]): Evidence[] => {
      const spans = marks.filter(({ kind }) => kind === rule).map(({ start, end }) => ({ start, end }));
      return spans.length ? [{ field: '/article/paragraphs', rule, spans, reason }] : [];
    });
    const inBody = marks.map((mark): TrustMarkData => ({ ...mark, basis: 'body' }));
    const all = [...inBody, ...hiddenInBody(context), ...marksOfOriginal(context)].slice(0, MOST_MARKS);
    return { fields: { trust: { untrusted: true, marks: all } }, evidence };
  },
};

/** Passages of the body that the page does not show: whole paragraphs, or words within one. */
function hiddenInBody({ input: { hidden }, found, text }: StepContext): TrustMarkData[] {
  if (!hidden)
    return (found.trust?.marks ?? []).filter(({ kind, basis }) => kind === 'hidden-text' && basis === 'body');
  const unseen = new Set(hidden.map((passage) => passage.text));
  const spans = text.paragraphs.flatMap((paragraph) => {
    const words = text.slice(paragraph);
    return unseen.has(words) ? [paragraph] : hidden.flatMap((passage) => spansWithin(paragraph, words, passage));
  });
  return spans.map(({ start, end }): TrustMarkData => ({ kind: 'hidden-text', basis: 'body', start, end }));
}

function spansWithin({ start }: SpanData, words: string, { text, isWithin }: HiddenPassage): SpanData[] {
  const at = isWithin ? words.indexOf(text) : -1;
  return at < 0 ? [] : [{ start: start + at, end: start + at + text.length }];
}

/** What was hidden is known while the page is at hand; run again over a stored article, the step keeps what it knew. */
function marksOfOriginal({ input: { hidden, dropped }, found }: StepContext): TrustMarkData[] {
  if (!hidden && !dropped) return (found.trust?.marks ?? []).filter(({ basis }) => basis === 'original');
  return [
    ...hiddenMarks(hidden ?? []),
    ...(dropped ?? []).map(({ kind, span }): TrustMarkData => ({ kind, basis: 'original', ...span })),
  ];
}

function hiddenMarks(hidden: readonly HiddenPassage[]): TrustMarkData[] {
  return hidden.flatMap(({ span, text }) => {
    const speaksToModels = findTrustMarks(text).some(({ kind }) => kind === 'model-instruction');
    const kinds = speaksToModels ? (['hidden-text', 'model-instruction'] as const) : (['hidden-text'] as const);
    return kinds.map((kind): TrustMarkData => ({ kind, basis: 'original', ...span }));
  });
}
