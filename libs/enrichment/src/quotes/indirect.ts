import type { QuoteData } from '@wireroom/contracts';
import type { Discourse, PlainSentence } from './discourse.js';
import { THAT, type SpeechLexicon } from './lexicon.js';
import type { NounPhrase, PhraseReader } from './noun-phrase.js';
import type { QuotedSpan } from './quotation-marks.js';

const FEWEST_WORDS = 4;
/** Tokens of whom something is told, the verb included. */
const LONGEST_HEARER = 8;

/**
 * Reported speech without marks: "X said (that) the road would close". Only a plain subject and
 * verb at the head of the sentence count; the span is the reported clause.
 */
export function findIndirect(
  body: string,
  discourse: Discourse,
  lexicon: SpeechLexicon,
  quoted: readonly QuotedSpan[],
): { quote: QuoteData; speaker: NounPhrase }[] {
  return discourse.sentences
    .filter((sentence) => !quoted.some((span) => span.open < sentence.end && span.close > sentence.start))
    .flatMap((sentence) => readClause(body, discourse, lexicon, sentence));
}

function readClause(
  body: string,
  { reader }: Discourse,
  lexicon: SpeechLexicon,
  sentence: PlainSentence,
): { quote: QuoteData; speaker: NounPhrase }[] {
  for (let at = sentence.first + 1; at < sentence.last - FEWEST_WORDS; at++) {
    if (!lexicon.direct.has(reader.lower(at)) || !reader.isVerb(at)) continue;
    const speaker = reader.endingAt(at, sentence.first);
    if (!speaker || (speaker.first !== sentence.first && reader.text(speaker.first - 1) !== ',')) return [];
    const from = startOfClause(reader, at, sentence.last);
    const opening = reader.lower(from);
    // "asked her about the fire": somebody who was spoken to, and no clause.
    const isObject = lexicon.boundaries.has(reader.lower(from + 1));
    // Only English leaves out "that" without a comma: "ha chiesto lo stato di emergenza" reports no words.
    const isBare = !isObject && !lexicon.isVerbFirst && !takesObject(reader.lower(at), opening, lexicon);
    const isClause = from > at + 1 || (isBare && (lexicon.determiners.has(opening) || lexicon.pronouns.has(opening)));
    if (!isClause) return [];
    const start = reader.tokens[from]!.start;
    const end = sentence.end - (/[.!?]$/.test(body.slice(start, sentence.end)) ? 1 : 0);
    return [{ quote: { start, end, text: body.slice(start, end), verb: reader.lower(at), direct: false }, speaker }];
  }
  return [];
}

/** Behind "that", which may follow whom it is said to: "told the council that …". */
function startOfClause(reader: PhraseReader, verb: number, last: number): number {
  const isTold = /^(?:told|tells)$/.test(reader.lower(verb));
  const farthest = Math.min(last, verb + (isTold ? LONGEST_HEARER : 2));
  for (let at = verb + 1; at < farthest && reader.text(at) !== ','; at++) if (THAT.has(reader.lower(at))) return at + 1;
  return verb + 1;
}

/** "declared three days of mourning", "told the BBC": a noun behind all English verbs but these may be their object. */
function takesObject(verb: string, opening: string, lexicon: SpeechLexicon): boolean {
  const isEnglish = lexicon.direct.has('said');
  return isEnglish && !/^(?:said|says)$/.test(verb) && !lexicon.pronouns.has(opening);
}
