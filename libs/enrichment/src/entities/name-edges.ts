import type { Token } from '../text/tokens.js';
import { demonymOf } from '../quotes/demonyms.js';
import { genderOfGivenName } from '../quotes/given-names.js';
import { isRole, TITLES } from '../quotes/lexicon.js';
import { closesOrganisation, isSentenceAdverb, nameKind } from './lexicon.js';
import type { NameSpan } from './name-span.js';
import { beginsLikePerson, isCapital, knownKind, opensSentence, rangeText, wordAt } from './name-words.js';

/*
 * Where names begin and end, which a model that weighs word by word gets wrong now and then.
 */

const LEADING_WORDS = new Set(
  'rival near in at from on with for after before since while when although under over as but and if'.split(' '),
);

/** The names without what is no part of them, whole where they were cut, and apart where two were taken for one. */
export function mendEdges(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const trimmed = names
    .map((name) => withoutHonorific(tokens, withoutOpeningWord(tokens, withoutPossessive(tokens, name))))
    .filter((name) => !isAdverb(tokens, name))
    .flatMap((name) => splitPlaces(tokens, name))
    .map((name) => withArticle(tokens, name))
    .map((name, at, all) => overGap(tokens, name, all[at + 1]));
  return joinHyphens(tokens, trimmed);
}

/** A possessive ending is no part of a name. */
function withoutPossessive(tokens: readonly Token[], name: NameSpan): NameSpan {
  const isPossessive = name.last - name.first > 1 && /^['’]s?$/.test(tokens[name.last - 1]!.text);
  return isPossessive ? { ...name, last: name.last - 1 } : name;
}

/** "Singer Mira Holt", "Near Velmouth": what has its capital from the sentence that it opens; and "American Mira Holt". */
function withoutOpeningWord(tokens: readonly Token[], name: NameSpan): NameSpan {
  const rest = { ...name, first: name.first + 1 };
  if (rest.first === name.last) return name;
  const word = wordAt(tokens, name.first);
  if (name.type === 'person' && demonymOf(word) && beginsLikePerson(tokens, rest)) return rest;
  if (!opensSentence(tokens, name.first)) return name;
  // "Shares of Norvik Holdings".
  if (word === 'shares' && name.last - name.first > 2 && /^(?:of|in)$/.test(wordAt(tokens, rest.first)))
    return { ...name, first: name.first + 2 };
  if (name.type === 'place' && /^an?$/.test(word)) return rest;
  const isRolePart = name.type === 'person' && rest.last - rest.first > 1 && isRole(word) && !TITLES.has(word);
  return isRolePart || LEADING_WORDS.has(word) ? rest : name;
}

const HONORIFICS = new Set('mr mrs ms miss dr'.split(' '));

/** "Mrs Holt", "Dr. Holt": how somebody is addressed is no part of the name. */
function withoutHonorific(tokens: readonly Token[], name: NameSpan): NameSpan {
  if (name.type !== 'person' || !HONORIFICS.has(wordAt(tokens, name.first))) return name;
  const first = wordAt(tokens, name.first + 1) === '.' ? name.first + 2 : name.first + 1;
  return first < name.last ? { ...name, first } : name;
}

/** "Elsewhere, …" is no place. */
function isAdverb(tokens: readonly Token[], { first, last }: NameSpan): boolean {
  return last - first === 1 && opensSentence(tokens, first) && isSentenceAdverb(wordAt(tokens, first));
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

/** "The Hague": a place whose known name begins with the article. */
function withArticle(tokens: readonly Token[], name: NameSpan): NameSpan {
  const whole = { ...name, first: name.first - 1 };
  const isCut = name.type === 'place' && tokens[whole.first]?.text === 'The' && !knownKind(tokens, name);
  return isCut && knownKind(tokens, whole) ? whole : name;
}

/** "Hanson-Young" is one name, unless both of its parts are places or bodies that are known ("Paris-Berlin"). */
function joinHyphens(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const joined: NameSpan[] = [];
  for (const name of names) {
    const before = joined.at(-1);
    if (
      before &&
      before.last + 1 === name.first &&
      isTightHyphen(tokens, before.last) &&
      !areKnown(tokens, before, name)
    ) {
      joined[joined.length - 1] = { ...before, last: name.last };
    } else joined.push(name);
  }
  return joined;
}

/** "Hanson-Young" and 'Lena "Lee" Holm' where the model saw the beginning alone. */
function overGap(tokens: readonly Token[], name: NameSpan, next: NameSpan | undefined): NameSpan {
  const further = name.last + gapAfter(tokens, name);
  const reaches = further > name.last && isCapital(tokens, further) && (next?.first ?? Infinity) > further;
  if (endsInHyphenedName(tokens, name)) return { ...name, type: 'person', last: name.last + 2 };
  return reaches ? { ...name, last: further + 1 } : name;
}

/** How many tokens of a hyphen or a nickname in quotation marks follow that a name may go on after. */
function gapAfter(tokens: readonly Token[], { type, last }: NameSpan): number {
  if (type !== 'place' && isTightHyphen(tokens, last)) return 1;
  return type === 'person' && isNickname(tokens, last) ? 3 : 0;
}

function isNickname(tokens: readonly Token[], at: number): boolean {
  return /^["“'‘] \p{Lu}\S* ["”'’]$/u.test(rangeText(tokens, at, at + 3));
}

// What a hyphen adds to a name that is no part of it ("New York-based").
const SUFFIXES = new Set('led era run like wide born held made area side type size free only next'.split(' '));
const LONGEST_SYLLABLE = 4;

/** "Han Ji-woo": a given name whose second syllable is written small. */
function endsInHyphenedName(tokens: readonly Token[], { type, first, last }: NameSpan): boolean {
  const syllable = tokens[last + 1]?.text ?? '';
  const isSyllable = /^\p{Ll}+$/u.test(syllable) && syllable.length <= LONGEST_SYLLABLE && !SUFFIXES.has(syllable);
  return type !== 'organisation' && last - first === 2 && isSyllable && isTightHyphen(tokens, last);
}

export function isTightHyphen(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.text === '-' && tokens[at - 1]?.end === tokens[at].start && tokens[at].end === tokens[at + 1]?.start
  );
}

function areKnown(tokens: readonly Token[], ...names: NameSpan[]): boolean {
  return names.every((name) => knownKind(tokens, name) !== undefined);
}

/** "Reserve Bank of Norvik", "U.S. Department of Justice": what the model took for two names, or saw in part. */
export function joinNames(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const joined: NameSpan[] = [];
  for (const name of names.map((one) =>
    withGivenName(tokens, withFirstHalf(tokens, overSubject(tokens, overPossessive(tokens, withCountry(tokens, one))))),
  )) {
    const before = joined.at(-1);
    if (before && isOverParticle(tokens, before, name)) {
      joined[joined.length - 1] = { ...before, last: name.last };
    } else if (before && (isBodyOf(tokens, before, name) || before.last > name.first)) {
      joined[joined.length - 1] = { type: 'organisation', first: before.first, last: name.last };
    } else joined.push(name);
  }
  return joined;
}

const HOUSES = new Set('hospital church college school hall infirmary academy cathedral'.split(' '));

/** "St Mark's Church", "Children's Hospital", but "Norway's Parliament". */
function overPossessive(tokens: readonly Token[], name: NameSpan): NameSpan {
  const isHouse = /^['’]s?$/.test(tokens[name.last]?.text ?? '') && HOUSES.has(wordAt(tokens, name.last + 1));
  const isOwned = isHouse && isCapital(tokens, name.last + 1) && !knownKind(tokens, name);
  return isOwned ? { type: 'organisation', first: name.first, last: name.last + 2 } : name;
}

const COUNTRY_INITIALS = new Set(['U.S.', 'US', 'U.K.', 'UK', 'U.N.', 'UN', 'EU']);

/** "U.S. Department of Justice": the initials of a country right before a body are part of its name. */
function withCountry(tokens: readonly Token[], name: NameSpan): NameSpan {
  const follows = name.type === 'organisation' && COUNTRY_INITIALS.has(tokens[name.first - 1]?.text ?? '');
  return follows ? { ...name, first: name.first - 1 } : name;
}

const PARTICLES = new Set('del della des di do dos da das du y von van zu'.split(' '));

/** "Carmen del Valle", "Daryl | Wayne Pickett": one name. */
function isOverParticle(tokens: readonly Token[], before: NameSpan, name: NameSpan): boolean {
  if (before.type !== name.type) return false;
  return (
    (name.type === 'person' && name.first <= before.last && tokens[before.last - 1]!.text !== '.') ||
    (name.first - before.last === 1 && PARTICLES.has(tokens[before.last]!.text)) ||
    (name.type === 'person' && isNickname(tokens, before.last) && name.first === before.last + 3)
  );
}

/** "28-year-old Corey | James Dillard": a given name right before a person's. */
function withGivenName(tokens: readonly Token[], name: NameSpan): NameSpan {
  const first = name.first - 1;
  const isGiven =
    isCapital(tokens, first) && !opensSentence(tokens, first) && genderOfGivenName(tokens[first]!.text) !== undefined;
  return name.type === 'person' && isGiven ? { ...name, first } : name;
}

/** "Committee on Oversight", "Institute for Fishing". */
function overSubject(tokens: readonly Token[], name: NameSpan): NameSpan {
  const leads = ['on', 'for'].includes(wordAt(tokens, name.last)) && SUBJECT_BODIES.has(wordAt(tokens, name.last - 1));
  if (name.type !== 'organisation' || !leads || !isCapital(tokens, name.last + 1)) return name;
  let last = name.last + 2;
  while (isCapital(tokens, last)) last++;
  return { ...name, last };
}

/** "the Search and Rescue Agency" where the model saw the second half alone. */
function withFirstHalf(tokens: readonly Token[], name: NameSpan): NameSpan {
  const first = name.first - 2;
  const isHalf = name.type === 'organisation' && closesOrganisation(wordAt(tokens, name.last - 1));
  const isJoined = wordAt(tokens, name.first - 1) === 'and' && wordAt(tokens, first - 1) === 'the';
  const isPlain =
    isCapital(tokens, first) && !closesOrganisation(wordAt(tokens, first)) && !nameKind(wordAt(tokens, first));
  return isHalf && isJoined && isPlain ? { ...name, first } : name;
}

const SUBJECT_BODIES = new Set(
  'committee council commission institute centre center office department campaign'.split(' '),
);

function isBodyOf(tokens: readonly Token[], body: NameSpan, name: NameSpan): boolean {
  if (name.type !== 'place' || name.first - body.last > 2) return false;
  const between = rangeText(tokens, body.last, name.first);
  return (between === 'of' || between === 'of the') && closesOrganisation(wordAt(tokens, body.last - 1));
}
