import type { Token } from '../text/tokens.js';
import { genderOfGivenName } from '../quotes/given-names.js';
import { type NameKind, nameKind } from './lexicon.js';
import type { NameSpan } from './name-span.js';

/** The words of a name, parted by single spaces. */
export function textOf(tokens: readonly Token[], { first, last }: NameSpan): string {
  return rangeText(tokens, first, last);
}

export function rangeText(tokens: readonly Token[], first: number, last: number): string {
  return tokens
    .slice(first, last)
    .map(({ text }) => text)
    .join(' ');
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
  return /^\p{Lu}/u.test(tokens[at]?.text ?? '');
}

const SENTENCE_ENDS = new Set(['.', '!', '?', ':', '"', "'", '“', '”', '‘', '(']);

/** Whether a capital may be the sentence's rather than the word's own. */
export function opensSentence(tokens: readonly Token[], at: number): boolean {
  return at === 0 || SENTENCE_ENDS.has(tokens[at - 1]!.text);
}

/** "Charlotte Church": two words, the first a given name. */
export function beginsLikePerson(tokens: readonly Token[], { first, last }: NameSpan): boolean {
  return last - first === 2 && genderOfGivenName(tokens[first]!.text) !== undefined;
}
