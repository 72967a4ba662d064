import type { Token } from '../text/tokens.js';
import { genderOfGivenName } from '../quotes/given-names.js';
import { speechLexicon } from '../quotes/lexicon.js';
import { withDateline } from './dateline.js';
import {
  isAlsoWord,
  isNewsOrganisation,
  isOrganisationNoun,
  isSentenceAdverb,
  nameKind,
  wordFlags,
} from './lexicon.js';
import { isTightHyphen, joinNames, mendEdges } from './name-edges.js';
import type { EntityType, NameSpan } from './name-span.js';
import { isCapital, opensSentence, textOf, wordAt } from './name-words.js';
import { toldKind } from './told-kinds.js';

/*
 * What the model, which sees one sentence at a time, can't know: a name is of one kind throughout a
 * document, that which the text says it is of, and a name found once is a name wherever it stands again.
 */

const LANDS: ReadonlySet<string> = new Set(['country', 'state']);
const WORKS = speechLexicon('en').works;

/** Trims, splits and completes the names of one document. */
export function refine(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const mended = mendEdges(tokens, names);
  const whole = joinNames(tokens, inOrder([...mended, ...overlooked(tokens, mended)]));
  const agreed = agree(tokens, told(tokens, whole));
  return inOrder(withDateline(tokens, [...agreed, ...repeated(tokens, agreed)]));
}

function inOrder(names: readonly NameSpan[]): NameSpan[] {
  return names.toSorted((a, b) => a.first - b.first);
}

/** Gives every name the kind that the text says it is of, wherever it says so. */
function told(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const kinds = new Map<string, EntityType>();
  for (const name of names) {
    const kind = toldKind(tokens, name);
    if (kind) kinds.set(textOf(tokens, name), kind);
  }
  const kept = names.map((name) => ({ ...name, type: kinds.get(textOf(tokens, name)) ?? name.type }));
  return asShortForms(tokens, kept);
}

/** "Norvik" alone is the organisation where the text has Norvik Holdings and no person of that name. */
function asShortForms(tokens: readonly Token[], names: NameSpan[]): NameSpan[] {
  const full = names.filter(({ first, last }) => last - first > 1);
  const wordsOf = (wanted: EntityType) =>
    new Set(
      full
        .filter(({ type }) => type === wanted)
        .flatMap(({ first, last }) => [tokens[first]!.text, tokens[last - 1]!.text]),
    );
  const people = wordsOf('person');
  const bodies = wordsOf('organisation');
  return names.map((name) => {
    const text = textOf(tokens, name);
    const isOther =
      people.has(text) || nameKind(text.toLowerCase()) !== undefined || genderOfGivenName(text) !== undefined;
    const isShort = bodies.has(text) && !isOther;
    return isShort ? { ...name, type: 'organisation' } : name;
  });
}

/** Runs of capitals that the model passed over and that the text says are names: "a bar called The Anchor". */
function overlooked(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const taken = takenBy(names);
  const people = new Set(
    names.filter(({ type }) => type === 'person').flatMap((name) => textOf(tokens, name).split(' ')),
  );
  const found: NameSpan[] = [];
  for (let first = 0; first < tokens.length; first++) {
    if (!isCapital(tokens, first) || taken.has(first)) continue;
    const last = endOfRun(tokens, first);
    const run = withoutArticleOrAdverb(tokens, { type: 'organisation', first, last });
    const isFree = range(first, last).every((at) => !taken.has(at)) && !taken.has(first - 1);
    const type = isFree && run.last > run.first ? kindOfRun(tokens, run, people) : undefined;
    if (type) found.push({ ...run, type });
    first = last;
  }
  return found;
}

/** "Norvik Inc NRVK.O": what a company's form ends, a ticker may follow. */
function isCompanyEnd(tokens: readonly Token[], at: number): boolean {
  return /^(?:inc|corp|ltd|llc|plc)$/.test(wordAt(tokens, at));
}

function endOfRun(tokens: readonly Token[], first: number): number {
  let last = first + 1;
  while (isCapital(tokens, last) && tokens[last]!.start - tokens[last - 1]!.end <= 1 && !isCompanyEnd(tokens, last - 1))
    last++;
  return last;
}

/** "The Reserve Bank said", "Later Norvik Holdings fell", "Chipmaker Norvik Inc rose": the word that opens a sentence may be no part of the name. */
function withoutArticleOrAdverb(tokens: readonly Token[], run: NameSpan): NameSpan {
  const word = wordAt(tokens, run.first);
  const isNoun = /maker$/.test(word) || isOrganisationNoun(word);
  const isNounOfCompany = isNoun && run.last - run.first > 2 && isCompanyEnd(tokens, run.last - 1);
  const isApart = opensSentence(tokens, run.first) && (word === 'the' || isSentenceAdverb(word) || isNounOfCompany);
  return isApart ? { ...run, first: run.first + 1 } : run;
}

function kindOfRun(tokens: readonly Token[], run: NameSpan, people: ReadonlySet<string>): EntityType | undefined {
  if (isTightHyphen(tokens, run.first - 1) || isTightHyphen(tokens, run.last)) return undefined;
  const name = textOf(tokens, run).toLowerCase();
  const mayBeWord = run.last - run.first === 1 && isBehindOpening(tokens, run.first);
  const isOther = people.has(textOf(tokens, run)) || (mayBeWord && isAlsoWord(name));
  if (isNewsOrganisation(name) && !isOther) return 'organisation';
  if (mayBeWord && !name.includes('.')) return undefined;
  if (LANDS.has(nameKind(name) ?? '')) return 'place';
  return toldKind(tokens, run) ?? (isTitled(tokens, run) ? 'organisation' : undefined);
}

/** Whether a word opens its sentence, alone or behind an article. */
function isBehindOpening(tokens: readonly Token[], at: number): boolean {
  return opensSentence(tokens, at) || (wordAt(tokens, at - 1) === 'the' && opensSentence(tokens, at - 1));
}

/** "in The Herald": a capital article within a sentence is part of a name, mostly a paper's, band's or bar's. */
function isTitled(tokens: readonly Token[], { first, last }: NameSpan): boolean {
  const goesOn = /^(?:of|-|'s|’s)$/.test(tokens[last]?.text ?? '');
  return wordAt(tokens, first) === 'the' && last - first > 1 && !goesOn && !WORKS.has(wordAt(tokens, first - 1));
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
  const taken = takenBy(names);
  const lowerCase = new Set(tokens.filter(({ text }) => /^\p{Ll}/u.test(text)).map(({ text }) => text));
  const found: NameSpan[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (taken.has(at) || !isCapital(tokens, at)) continue;
    const match = known
      .get(tokens[at]!.text)
      ?.find(({ words }) =>
        words.every((word, offset) => tokens[at + offset]?.text === word && !taken.has(at + offset)),
      );
    if (!match || (match.words.length === 1 && !standsAlone(tokens, at, match.type, lowerCase))) continue;
    found.push({ type: match.type, first: at, last: at + match.words.length });
    at += match.words.length - 1;
  }
  return found;
}

interface KnownName {
  words: string[];
  type: EntityType;
}

/** Names by their first word, longer ones first; people also by surname, organisations by their first and last word. */
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
    if (type === 'person' && words.length > 1 && words.at(-1)!.length > 2) add(surnameOf(words), type);
    if (type === 'organisation') for (const part of shortFormsOf(words)) add(part, type);
  }
  for (const list of known.values()) list.sort((a, b) => b.words.length - a.words.length);
  return known;
}

/** "Hanson-Young" of Sarah Hanson-Young. */
function surnameOf(words: readonly string[]): string[] {
  const first = words.lastIndexOf('-') === words.length - 2 ? words.length - 3 : words.length - 1;
  return words.slice(Math.max(0, first));
}

/** "Norvik" and "Holdings" of Norvik Holdings. */
function shortFormsOf(words: readonly string[]): string[][] {
  if (words.length < 2) return [];
  return [words[0]!, words.at(-1)!]
    .filter((word) => word.length > 3 && /^\p{Lu}/u.test(word) && !nameKind(word.toLowerCase()))
    .map((word) => [word]);
}

/** Not part of a longer run of capitals, and no everyday word, unless it is a body's that the text has named in full. */
function standsAlone(tokens: readonly Token[], at: number, type: EntityType, lowerCase: ReadonlySet<string>): boolean {
  if (isCapital(tokens, at - 1) || isCapital(tokens, at + 1)) return false;
  const word = wordAt(tokens, at);
  const flags = wordFlags(word);
  if (type === 'organisation' && flags.includes('body')) return wordAt(tokens, at - 1) === 'the';
  return !lowerCase.has(word) && flags.length === 0;
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

/** Which tokens are part of a name. */
function takenBy(names: readonly NameSpan[]): Set<number> {
  return new Set(names.flatMap(({ first, last }) => range(first, last)));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first }, (_, offset) => first + offset);
}
