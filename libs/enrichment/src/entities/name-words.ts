import type { Token } from '../text/tokens.js';
import { genderOfGivenName } from '../quotes/given-names.js';
import { type NameKind, nameKind } from './lexicon.js';
import type { NameSpan } from './name-span.js';

/** The words of a name, parted by single spaces. */
export function textOf(tokens: readonly Token[], { first, last }: NameSpan): string {
  return rangeText(tokens, first, last);
}

export function rangeText(tokens: readonly Token[], first: number, last: number): string {
  let text = '';
  for (let at = first; at < Math.min(last, tokens.length); at++)
    text += at > first ? ` ${tokens[at]!.text}` : tokens[at]!.text;
  return text;
}

/** What the words of a name are known as, in whatever case they are written. */
export function knownKind(tokens: readonly Token[], name: NameSpan): NameKind | undefined {
  return nameKind(textOf(tokens, name).toLowerCase());
}

/** The lower-case word at a place, empty outside the text. */
export function wordAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text.toLowerCase() ?? '';
}

export function isCapital(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text ?? '';
  const code = text.charCodeAt(0);
  // Most letters are ASCII, where this is several times faster than the expression.
  return code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(text);
}

const SENTENCE_ENDS = new Set(['.', '!', '?', ':', '—', '"', "'", '“', '”', '‘', '(']);

/** Whether a capital may be the sentence's rather than the word's own. */
export function opensSentence(tokens: readonly Token[], at: number): boolean {
  return at === 0 || SENTENCE_ENDS.has(tokens[at - 1]!.text) || isDash(tokens, at - 1);
}

/** A hyphen behind a blank: what it stands for joins no name ("LONDON (Reuters) - Shares"). */
export function isDash(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === '-' && tokens[at].start > (tokens[at - 1]?.end ?? 0);
}

/** "Charlotte Church": two words, the first a given name. */
export function beginsLikePerson(tokens: readonly Token[], { first, last }: NameSpan): boolean {
  return last - first === 2 && genderOfGivenName(tokens[first]!.text) !== undefined;
}
