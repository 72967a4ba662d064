import type { Token } from '../text/tokens.js';
import { wordFlags } from './lexicon.js';
import type { EntityType, NameSpan } from './name-span.js';

/*
 * What the model, which sees one sentence at a time, can't know: a name is of one kind throughout a
 * document, and a name found once is a name wherever it stands again.
 */

/** Trims, splits and completes the names of one document. */
export function refine(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const trimmed = names.flatMap((name) => splitPlaces(tokens, trim(tokens, name)));
  const agreed = agree(tokens, trimmed);
  return [...agreed, ...repeated(tokens, agreed)].sort((a, b) => a.first - b.first);
}

/** A possessive ending is no part of a name. */
function trim(tokens: readonly Token[], name: NameSpan): NameSpan {
  const isPossessive = name.last - name.first > 1 && /^['’]s?$/.test(tokens[name.last - 1]!.text);
  return isPossessive ? { ...name, last: name.last - 1 } : name;
}

/** "Vermont and New Hampshire" are two places. */
function splitPlaces(tokens: readonly Token[], name: NameSpan): NameSpan[] {
  if (name.type !== 'place') return [name];
  const parts: NameSpan[] = [];
  let first = name.first;
  for (let at = name.first; at <= name.last; at++) {
    const isEnd = at === name.last || tokens[at]!.text === 'and';
    if (!isEnd) continue;
    if (at > first) parts.push({ ...name, first, last: at });
    first = at + 1;
  }
  return parts;
}

/** Gives every name the kind that most of its occurrences have; a tie keeps each as it is. */
function agree(tokens: readonly Token[], names: NameSpan[]): NameSpan[] {
  const votes = countKinds(tokens, names);
  return names.map((name) => {
    const counts = votes.get(textOf(tokens, name))!;
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    return most && most[1] > (counts.get(name.type) ?? 0) ? { ...name, type: most[0] } : name;
  });
}

/** The places where a found name, or the surname of a found person, stands again and was passed over. */
function repeated(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const known = knownNames(tokens, names);
  const taken = new Set(names.flatMap(({ first, last }) => range(first, last)));
  const lowerCase = new Set(tokens.filter(({ text }) => /^\p{Ll}/u.test(text)).map(({ text }) => text));
  const found: NameSpan[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (taken.has(at) || !/^\p{Lu}/u.test(tokens[at]!.text)) continue;
    const match = known
      .get(tokens[at]!.text)
      ?.find(({ words }) =>
        words.every((word, offset) => tokens[at + offset]?.text === word && !taken.has(at + offset)),
      );
    if (!match || (match.words.length === 1 && !standsAlone(tokens, at, lowerCase))) continue;
    found.push({ type: match.type, first: at, last: at + match.words.length });
    at += match.words.length - 1;
  }
  return found;
}

interface KnownName {
  words: string[];
  type: EntityType;
}

/** Names by their first word, longer ones first; people also by their last word. */
function knownNames(tokens: readonly Token[], names: readonly NameSpan[]): Map<string, KnownName[]> {
  const known = new Map<string, KnownName[]>();
  const add = (words: string[], type: EntityType) => {
    const list = known.get(words[0]!) ?? [];
    if (!list.some((other) => other.words.join(' ') === words.join(' '))) list.push({ words, type });
    known.set(words[0]!, list);
  };
  for (const { first, last, type } of names) {
    const words = tokens.slice(first, last).map(({ text }) => text);
    if (words[0]!.length > 1) add(words, type);
    if (type === 'person' && words.length > 1 && words.at(-1)!.length > 2) add([words.at(-1)!], type);
  }
  for (const list of known.values()) list.sort((a, b) => b.words.length - a.words.length);
  return known;
}

/** Not part of a longer run of capitals, and no everyday word. */
function standsAlone(tokens: readonly Token[], at: number, lowerCase: ReadonlySet<string>): boolean {
  const isCapital = (index: number) => /^\p{Lu}/u.test(tokens[index]?.text ?? '');
  const word = tokens[at]!.text.toLowerCase();
  return !isCapital(at - 1) && !isCapital(at + 1) && !lowerCase.has(word) && wordFlags(word).length === 0;
}

function countKinds(tokens: readonly Token[], names: readonly NameSpan[]): Map<string, Map<EntityType, number>> {
  const votes = new Map<string, Map<EntityType, number>>();
  for (const name of names) {
    const text = textOf(tokens, name);
    const counts = votes.get(text) ?? new Map<EntityType, number>();
    counts.set(name.type, (counts.get(name.type) ?? 0) + 1);
    votes.set(text, counts);
  }
  return votes;
}

function textOf(tokens: readonly Token[], { first, last }: NameSpan): string {
  return tokens
    .slice(first, last)
    .map(({ text }) => text)
    .join(' ');
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first }, (_, offset) => first + offset);
}
