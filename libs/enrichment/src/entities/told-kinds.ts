import type { Token } from '../text/tokens.js';
import { genderOfGivenName } from '../quotes/given-names.js';
import { isRole } from '../quotes/lexicon.js';
import { closesOrganisation, isGroundNoun, isOrganisationNoun } from './lexicon.js';
import type { EntityType, NameSpan } from './name-span.js';
import { beginsLikePerson, isCapital, knownKind, wordAt } from './name-words.js';

/*
 * What a text itself says of a name: "the airline Norvik", "Norvik, a maker of nets", "Norvik Holdings". That is surer
 * than what a model makes of a word it has never seen.
 */

const INDEFINITE = new Set(['a', 'an', 'one', 'another']);
const DEFINITE = new Set(['the', 'its', 'his', 'her', 'their', 'our', 'my', "'s", '’s', "'", '’']);
const APPOSED_END = new Set([',', '.', ';']);
const FOUNDED = new Set([
  'founded by',
  'owned by',
  'headquartered in',
  'maker of',
  'makers of',
  'publisher of',
  'operator of',
  'owner of',
]);
const TRADES = new Set(
  'makes sells owns operates employs runs publishes produces builds manages supplies represents'.split(' '),
);
const PAPERS = new Set('newspaper magazine broadcaster tabloid'.split(' '));
const CARRIERS = new Set('news television tv radio'.split(' '));
const OUTLETS = new Set('agency channel network outlet service site station website'.split(' '));
const NAMING = new Set(['called', 'named', 'dubbed']);
const ACRONYM = /^\p{Lu}{3,5}$/u;
const CAMEL = /^(?!Mc|Mac|De|Di|La|Le|Du|Fitz|O)\p{Lu}\p{Ll}+\p{Lu}\p{Ll}+$/u;
const LOCATIVE = new Set(['in', 'at', 'near', 'from', 'across', 'around', 'outside']);
const LONGEST_DESCRIPTION = 6;
/** Where the noun phrase of an apposition ends. */
const ENDS_OF_PHRASE = new Set(
  'of in at on for from with by to near who which that whose where when and or but as is was has had'.split(' '),
);

/** The kind that the words around or in a name say it is of, none where they don't. */
export function toldKind(tokens: readonly Token[], name: NameSpan): EntityType | undefined {
  return (
    kindByForm(tokens, name) ??
    kindByNounBefore(tokens, name) ??
    kindByNounAfter(tokens, name) ??
    kindByApposition(tokens, name) ??
    kindByBrackets(tokens, name) ??
    kindByMatch(tokens, name) ??
    kindByShape(tokens, name)
  );
}

/** "the airline Norvik", "a bar called The Anchor", "its spokeswoman, Mira Holt,". */
function kindByNounBefore(tokens: readonly Token[], name: NameSpan): EntityType | undefined {
  const { first, last } = name;
  const before = wordAt(tokens, first - 1);
  if (before === ',' && APPOSED_END.has(wordAt(tokens, last))) {
    const kind = apposedTo(tokens, first - 2);
    // "A lawyer for the company, Mira A. Holt,": the lawyer's name.
    const isOfAnother = kind === 'organisation' && last - first > 1 && genderOfGivenName(tokens[first]!.text);
    return isOfAnother ? undefined : kind;
  }
  const noun = NAMING.has(before) ? wordAt(tokens, first - 2) : before;
  if (isCapital(tokens, first - 1)) return undefined;
  if (last - first === 2 && isRole(noun) && beginsLikePerson(tokens, name)) return 'person';
  if (!isOrganisationNoun(noun)) return undefined;
  return NAMING.has(before) || !beginsLikePerson(tokens, name) ? 'organisation' : undefined;
}

/** "The Norvik newspaper", "Norvik news agency": no person is one. */
function kindByNounAfter(tokens: readonly Token[], { type, last }: NameSpan): EntityType | undefined {
  if (type !== 'person') return undefined;
  const [word, next] = [wordAt(tokens, last), wordAt(tokens, last + 1)];
  return PAPERS.has(word) || (CARRIERS.has(word) && OUTLETS.has(next)) ? 'organisation' : undefined;
}

/** What the noun of "its spokeswoman", "the union" says of the name behind the comma. */
function apposedTo(tokens: readonly Token[], noun: number): EntityType | undefined {
  const isDefinite = [1, 2, 3].some((back) => DEFINITE.has(wordAt(tokens, noun - back)));
  return isDefinite && !isCapital(tokens, noun) ? kindOfNoun(wordAt(tokens, noun)) : undefined;
}

/** "Norvik, a Danish maker of nets": the last noun of the phrase that says of what kind a thing is. */
function kindByApposition(tokens: readonly Token[], { first, last }: NameSpan): EntityType | undefined {
  if (wordAt(tokens, last) === ',' && isFoundation(tokens, last + 1)) return 'organisation';
  if (wordAt(tokens, last) !== ',' || !INDEFINITE.has(wordAt(tokens, last + 1))) return undefined;
  if (opensWithPlace(tokens, first)) return undefined;
  let kind: EntityType | undefined;
  for (let at = last + 2; at < last + 2 + LONGEST_DESCRIPTION; at++) {
    const word = wordAt(tokens, at);
    if (ENDS_OF_PHRASE.has(word) || !/^[\p{L}-]/u.test(word)) break;
    kind = kindOfNoun(word) ?? kind;
  }
  return kind;
}

/** "Norvik, founded in 1998", "Norvik, which sells nets". */
function isFoundation(tokens: readonly Token[], at: number): boolean {
  const words = `${wordAt(tokens, at)} ${wordAt(tokens, at + 1)}`;
  if (words === 'founded in') return wordAt(tokens, at + 3) === 'by';
  return FOUNDED.has(words) || (wordAt(tokens, at) === 'which' && TRADES.has(wordAt(tokens, at + 1)));
}

/** "In Norvik, a group of traders …" says nothing of Norvik. */
function opensWithPlace(tokens: readonly Token[], first: number): boolean {
  return LOCATIVE.has(wordAt(tokens, first - 1)) && isCapital(tokens, first - 1);
}

function kindOfNoun(word: string): EntityType | undefined {
  if (isOrganisationNoun(word)) return 'organisation';
  if (isGroundNoun(word)) return 'place';
  return isRole(word) ? 'person' : undefined;
}

/** "University of Norvik", "Norvik Holdings", "Holt & Sons". */
function kindByForm(tokens: readonly Token[], name: NameSpan): EntityType | undefined {
  const { first, last } = name;
  if (last - first < 2 || knownKind(tokens, name)) return undefined;
  if (wordAt(tokens, first + 1) === 'of' && closesOrganisation(wordAt(tokens, first))) return 'organisation';
  if (tokens.slice(first + 1, last - 1).some(({ text }) => text === '&')) return 'organisation';
  return closesOrganisation(wordAt(tokens, last - 1)) && !beginsLikePerson(tokens, name) ? 'organisation' : undefined;
}

/** "(BFU)" and "(Balpa)" behind the name of a body. */
function kindByBrackets(tokens: readonly Token[], { first, last }: NameSpan): EntityType | undefined {
  const isShort = last - first === 1 && wordAt(tokens, first - 1) === '(' && wordAt(tokens, last) === ')';
  return isShort && closesOrganisation(wordAt(tokens, first - 2)) && isCapital(tokens, first - 2)
    ? 'organisation'
    : undefined;
}

const PLAYED = new Set('beat beats drew defeated thrashed hammered trounced outplayed'.split(' '));
const PLAYED_AGAINST = new Set([
  'win over',
  'victory over',
  'wins over',
  'loss to',
  'lost to',
  'draw with',
  'loan from',
  'defeat to',
  'defeat by',
  'fixture against',
  'match against',
  'game against',
]);

/** "Norvik drew 1-1", "a 3-0 win over Norvik": the place is its team. */
function kindByMatch(tokens: readonly Token[], { type, first, last }: NameSpan): EntityType | undefined {
  if (type !== 'place') return undefined;
  const before = wordAt(tokens, first - 1);
  const plays = PLAYED.has(wordAt(tokens, last)) || PLAYED.has(before);
  return plays || PLAYED_AGAINST.has(`${wordAt(tokens, first - 2)} ${before}`) ? 'organisation' : undefined;
}

/** "PlayPal", "MBC", taken for a place or person whose names are not written so. */
function kindByShape(tokens: readonly Token[], name: NameSpan): EntityType | undefined {
  if (knownKind(tokens, name)) return undefined;
  const words = tokens.slice(name.first, name.last).map(({ text }) => text);
  const isShort = name.type === 'place' && words.length === 1 && ACRONYM.test(words[0]!);
  return isShort || words.some((word) => CAMEL.test(word)) ? 'organisation' : undefined;
}
