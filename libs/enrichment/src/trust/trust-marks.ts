import type { SpanData } from '@wireroom/contracts';

/*
 * Text from outside is never to be trusted by a language model downstream. This marks what is most
 * suspicious in it: instructions written to models, and characters that hide or turn text.
 */

/** Something in a text that a reader downstream should know of before using it. */
export interface TrustMark extends SpanData {
  kind: 'model-instruction' | 'invisible-character' | 'bidi-control';
}

const INSTRUCTIONS = [
  /\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+|these\s+)?(?:previous|prior|above|earlier|preceding|system)\s+(?:instructions?|prompts?|messages?|rules|context)/giu,
  /\b(?:reveal|print|repeat|show|output)\s+(?:me\s+)?(?:the|your)\s+(?:system\s+prompt|hidden\s+prompt|initial\s+instructions)/giu,
  /\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:AI|language\s+model|assistant|chatbot)\b[^.\n]{0,80}\b(?:must|should|will|only)\b/giu,
  /\b(?:as|if\s+you\s+are)\s+an?\s+(?:AI|language\s+model|LLM|AI\s+assistant)\b[^.\n]{0,60}\b(?:must|should|please|do\s+not|don't)\b/giu,
  /<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[\/?(?:INST|SYS)\]|<<\/?SYS>>/giu,
  /^\s*(?:###\s*)?(?:system|assistant)\s*(?:prompt)?\s*:\s*(?:you|ignore|do)\b/gimu,
];
// Zero-width and tag characters (Unicode "Tags" block); the joiners that scripts and emoji need are not among them.
const INVISIBLE = /[\u00AD\u200B\u2060-\u2064\uFEFF\u180E]|[\u{E0000}-\u{E007F}]+/gu;
const BIDI = /[\u202A-\u202E\u2066-\u2069]/gu;

/** All marks of a text in order; an empty list promises nothing, the text stays untrusted. */
export function findTrustMarks(text: string): TrustMark[] {
  return [
    ...INSTRUCTIONS.flatMap((pattern) => marksOf(text, pattern, 'model-instruction')),
    ...marksOf(text, INVISIBLE, 'invisible-character'),
    ...marksOf(text, BIDI, 'bidi-control'),
  ].sort((a, b) => a.start - b.start);
}

function marksOf(text: string, pattern: RegExp, kind: TrustMark['kind']): TrustMark[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    kind,
    start: match.index,
    end: match.index + match[0].length,
  }));
}
