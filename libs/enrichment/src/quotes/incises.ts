import { wholeWords } from '../text/word-pattern.js';
import { isRole, type SpeechLexicon } from './lexicon.js';
import type { QuotedSpan } from './quotation-marks.js';

/*
 * Who speaks, said between the marks: « Le pont, a expliqué Odile Marchais, rouvrira. » French does so as a rule, other
 * languages where a closing mark is missing. What is said of the speaker is nobody's words, so the quotation is cut there.
 */

interface Incise {
  /** Offsets of the words about the speaker with the marks on either side, in the text. */
  start: number;
  end: number;
}

interface Patterns {
  inside?: RegExp;
  missing: RegExp;
}

/** "Odile Marchais, 62 ans": after a comma, what tells who the speaker is. */
const AGE = /^\s*\d{1,3}\s+ans\b/u;

/** The quotations without what is said in them of who speaks; one that holds such words becomes two or more. */
export function cutIncises(text: string, quoted: readonly QuotedSpan[], lexicon: SpeechLexicon): QuotedSpan[] {
  const patterns = patternsOf(lexicon);
  const cut: QuotedSpan[] = [];
  for (const [index, span] of quoted.entries()) {
    const follows = quoted[index - 1] && endsInside(cut.at(-1), quoted[index - 1]!);
    const own = follows ? { ...span, continued: false } : span;
    if (span.ending !== 'closed') cut.push(upToIncise(text, own, patterns.missing));
    else cut.push(...aroundIncises(text, own, patterns.inside, lexicon));
  }
  return cut;
}

/** Whether the quotation before was cut short, so that nothing of it can run on. */
function endsInside(cut: QuotedSpan | undefined, whole: QuotedSpan): boolean {
  return whole.ending === 'continues' && cut !== undefined && cut.close < whole.close;
}

/** A quotation without its closing mark ends where somebody is said to have spoken it. */
function upToIncise(text: string, span: QuotedSpan, pattern: RegExp): QuotedSpan {
  const match = pattern.exec(text.slice(span.start, span.end));
  if (!match || match.index === 0) return span;
  const end = span.start + match.index + 1;
  return { ...span, end, close: end, ending: 'missing' };
}

function aroundIncises(
  text: string,
  span: QuotedSpan,
  pattern: RegExp | undefined,
  lexicon: SpeechLexicon,
): QuotedSpan[] {
  if (!pattern || isAttributedBehind(text, span, lexicon)) return [span];
  const incises = incisesIn(text, span, pattern);
  if (incises.length === 0) return [span];
  const starts = [span.start, ...incises.map(({ end }) => end)];
  const ends = [...incises.map(({ start }) => start), span.end];
  return starts.flatMap((start, part) => {
    const end = ends[part]!;
    if (!/\p{L}/u.test(text.slice(start, end))) return [];
    const isLast = part === starts.length - 1;
    const open = part === 0 ? span.open : start;
    const close = isLast ? span.close : end;
    return [{ ...span, ...trimmedSpan(text, start, end), open, close, continued: part > 0 || span.continued }];
  });
}

function incisesIn(text: string, span: QuotedSpan, pattern: RegExp): Incise[] {
  const inside = text.slice(span.start, span.end);
  return [...inside.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length;
    const mark = inside.slice(end).search(/[,.!?;]/);
    const behind = span.start + (mark < 0 ? inside.length : end + mark);
    return { start: span.start + match.index, end: endOfApposition(text, behind, span.end) };
  });
}

/** Offset after the mark that ends an incise, past who the speaker is said to be. */
function endOfApposition(text: string, mark: number, limit: number): number {
  if (text[mark] !== ',') return Math.min(limit, mark + 1);
  const rest = text.slice(mark + 1, limit);
  const end = rest.search(/[,.!?;]/);
  const words = (rest.slice(0, Math.max(0, end)).match(/[\p{L}-]+/gu) ?? []).slice(0, 2);
  const isAbout = AGE.test(rest) || words.some((word) => isRole(word.toLowerCase()));
  return isAbout && end >= 0 ? mark + 1 + end + 1 : mark + 1;
}

/** « … », a déclaré X: with a speaker behind the marks, somebody who speaks inside them is quoted by that one. */
function isAttributedBehind(text: string, { close }: QuotedSpan, { verbs }: SpeechLexicon): boolean {
  const words = /^\s?[,-]?\s?((?:[\p{L}'’-]+\s?){1,3})/u.exec(text.slice(close, close + 60))?.[1] ?? '';
  return words.split(/[\s'’-]+/).some((word) => verbs.has(word.toLowerCase()));
}

const known = new WeakMap<SpeechLexicon, Patterns>();

/** The patterns of a language, which take long to write and stay the same. */
function patternsOf(lexicon: SpeechLexicon): Patterns {
  const patterns = known.get(lexicon) ?? incisePatterns(lexicon);
  known.set(lexicon, patterns);
  return patterns;
}

function incisePatterns(lexicon: SpeechLexicon): Patterns {
  const verb = oneOf(lexicon.verbs);
  const pronoun = oneOf(new Set([...lexicon.male, ...lexicon.female]));
  const subject = `(?:${oneOf(lexicon.determiners)}\\s?|\\p{Lu})`;
  const auxiliary = oneOf(lexicon.auxiliaries);
  const reflexive = "(?:s['’])?";
  const inverted = `${reflexive}(?:${auxiliary}-)?${verb}-(?:t-)?${pronoun}|${reflexive}${auxiliary}-(?:t-)?${pronoun}\\s${verb}`;
  const named = `${reflexive}(?:${auxiliary}\\s){0,2}${reflexive}${verb}\\s${subject}`;
  const plain = `${pronoun}\\s${verb}|${verb}\\s${pronoun}|${verb}\\s(?:\\p{Ll}+\\s)?\\p{Lu}|(?:\\p{Lu}[\\p{L}-]+\\s){1,3}${verb}`;
  return {
    ...(lexicon.insertsInside && { inside: new RegExp(`,\\s(?:${inverted}|${named})`, 'gu') }),
    missing: new RegExp(`,\\s(?:${lexicon.insertsInside ? `${inverted}|${named}` : plain})`, 'u'),
  };
}

function oneOf(words: ReadonlySet<string>): string {
  return wholeWords([...words].sort((a, b) => b.length - a.length).join('|'));
}

function trimmedSpan(text: string, start: number, end: number): { start: number; end: number } {
  const inside = text.slice(start, end);
  const from = start + inside.length - inside.trimStart().length;
  return { start: from, end: from + inside.trim().length };
}
