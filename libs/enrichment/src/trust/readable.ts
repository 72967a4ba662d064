import { BIDI_CONTROLS, INVISIBLE_CHARACTERS, type SpanData } from '@wireroom/contracts';
import { spansOf } from '../text/spans.js';

/*
 * A text as a model may read it: without what readers don't see, and with letters that only look Latin taken for what
 * they look like. Offsets lead back to the text as it was.
 */

const SOFT_HYPHEN = /\u00AD/g;

const WORD = /[\p{L}\p{M}\u00AD\u200B-\u200D\u2060]+/gu;
const FOREIGN = /[\p{sc=Cyrillic}\p{sc=Greek}]/u;
/** Cyrillic and Greek letters beside the Latin ones that they are drawn like. */
const LOOK_ALIKES = new Map(
  [
    ['аеорсухіїјѕԁһԛԝкАВЕЗКМНОРСТУХІЈЅ', 'aeopcyxiijsdhqwkABE3KMHOPCTYXIJS'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιαρυ', 'ABEZHIKMNOPTYXoviapu'],
  ].flatMap(([seeming = '', latin = '']) => Array.from(seeming, (letter, at) => [letter, latin.charAt(at)] as const)),
);

export interface Readable {
  text: string;
  /** Where a stretch of `text` stands in the original. */
  spanOf(start: number, end: number): SpanData;
}

/** What masks a text, by kind. */
export interface Masks {
  invisible: SpanData[];
  softHyphens: SpanData[];
  bidiControls: SpanData[];
  lookAlikes: SpanData[];
}

export function masksIn(text: string): Masks {
  return {
    invisible: spansOf(text, INVISIBLE_CHARACTERS),
    softHyphens: spansOf(text, SOFT_HYPHEN),
    bidiControls: spansOf(text, BIDI_CONTROLS),
    lookAlikes: lookAlikeWords(text),
  };
}

/** Unmasks a text; one without anything masked comes back as it is. */
export function unmask(original: string, { invisible, softHyphens, bidiControls, lookAlikes }: Masks): Readable {
  const imitations = new Set(lookAlikes.flatMap(positionsIn));
  const unseen = new Set([...invisible, ...softHyphens, ...bidiControls].flatMap(positionsIn));
  if (imitations.size + unseen.size === 0) return { text: original, spanOf: (start, end) => ({ start, end }) };

  const offsets: number[] = [];
  let text = '';
  for (let at = 0; at < original.length; at++) {
    if (unseen.has(at)) continue;
    const char = original.charAt(at);
    text += imitations.has(at) ? (LOOK_ALIKES.get(char) ?? char) : char;
    offsets.push(at);
  }
  return { text, spanOf: (start, end) => ({ start: offsets[start]!, end: offsets[end - 1]! + 1 }) };
}

/** Words that mix Latin letters with Cyrillic or Greek ones drawn like Latin ones: "pаypal" with a Cyrillic а. */
function lookAlikeWords(text: string): SpanData[] {
  if (!FOREIGN.test(text)) return [];
  return Array.from(text.matchAll(WORD))
    .filter(([word]) => /\p{sc=Latin}/u.test(word) && isImitation(word))
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

function isImitation(word: string): boolean {
  const foreign = Array.from(word).filter((letter) => FOREIGN.test(letter));
  return foreign.length > 0 && foreign.every((letter) => LOOK_ALIKES.has(letter));
}

function positionsIn({ start, end }: SpanData): number[] {
  return Array.from({ length: end - start }, (_, at) => start + at);
}
