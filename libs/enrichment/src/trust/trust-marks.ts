import { BIDI_CONTROLS, INVISIBLE_CHARACTERS, type SpanData, type TrustMarkData } from '@wireroom/contracts';
import { findInstructions } from './instructions.js';
import { spansOf } from '../text/spans.js';
import { lookAlikeWords, readable, SOFT_HYPHEN } from './readable.js';

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
  const unmasked = readable(text);
  const instructions = findInstructions(unmasked.text).map(({ start, end }) => unmasked.spanOf(start, end));
  return [
    ...marksOf(instructions, 'model-instruction'),
    ...marksOf(spansOf(text, INVISIBLE_CHARACTERS), 'invisible-character'),
    ...marksOf(spansOf(text, SOFT_HYPHEN), 'invisible-character'),
    ...marksOf(spansOf(text, BIDI_CONTROLS), 'bidi-control'),
    ...marksOf(lookAlikeWords(text), 'look-alike-letters'),
  ].sort((a, b) => a.start - b.start);
}

function marksOf(spans: readonly SpanData[], kind: TrustMark['kind']): TrustMark[] {
  return spans.map(({ start, end }) => ({ kind, start, end }));
}
