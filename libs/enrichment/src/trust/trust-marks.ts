import type { SpanData, TrustMarkData } from '@wireroom/contracts';
import { findInstructions } from './instructions.js';
import { masksIn, unmask } from './readable.js';

/*
 * Text from outside is never to be trusted by a language model downstream. This marks what is most
 * suspicious in it: instructions written to models, and characters that hide, turn or imitate text.
 */

/** Something in a text that a reader downstream should know of before using it. */
export interface TrustMark extends SpanData {
  kind: Exclude<TrustMarkData['kind'], 'hidden-text'>;
}

/** All marks of a text in order; an empty list promises nothing, the text stays untrusted. */
export function findTrustMarks(text: string): TrustMark[] {
  const masks = masksIn(text);
  const unmasked = unmask(text, masks);
  const instructions = findInstructions(unmasked.text).map(({ start, end }) => unmasked.spanOf(start, end));
  return [
    ...marksOf(instructions, 'model-instruction'),
    ...marksOf(masks.invisible, 'invisible-character'),
    ...marksOf(masks.softHyphens, 'invisible-character'),
    ...marksOf(masks.bidiControls, 'bidi-control'),
    ...marksOf(masks.lookAlikes, 'look-alike-letters'),
  ].sort((a, b) => a.start - b.start);
}

function marksOf(spans: readonly SpanData[], kind: TrustMark['kind']): TrustMark[] {
  return spans.map(({ start, end }) => ({ kind, start, end }));
}
