import type { EntityData } from '@wireroom/contracts';
import type { TextIndex } from '../text/text-index.js';
import { stopwords } from '../text/stopwords.js';
import { type Token, UNSPACED, wordsOf } from '../text/tokens.js';
import { type City, gazetteer, namesOfCountry } from './gazetteer.js';

const LONGEST_NAME = 4;
// A smaller city's name is too often a word or a person's name in some language.
const LEAST_THOUSANDS = 400;
const SHORTEST_CITY = 5;
const SHORTEST_UNSPACED_CITY = 2;
// "Lyon" and "Rom", which count only behind a preposition of place.
const SHORTEST_CITY_TOLD = 3;
/** The prepositions that lead to a city, where short names are told from other words by them. */
const PLACE_PREPOSITIONS: Record<string, string> = {
  da: 'i fra til',
  de: 'in nach aus von bei',
  es: 'en a de desde hacia',
  fr: 'à de vers depuis',
  it: 'a da di',
  nb: 'i fra til',
  nl: 'in naar uit van',
  pl: 'w do z',
  pt: 'em de para',
  sv: 'i från till',
};

const NONE: ReadonlySet<string> = new Set();
let shortNames: ReadonlySet<string> | undefined;
let everyCity: ReadonlySet<string> | undefined;
const knownNames = new Map<string, ReadonlySet<string>>();

/**
 * Names of countries (as the language writes them) and large cities, where no model reads the language; and the city of
 * the dateline, of whatever size and in whatever letters ("LYON").
 */
export function findPlaceNames(
  text: TextIndex,
  language: string,
  dateline = '',
): Pick<EntityData, 'type' | 'text' | 'start' | 'end'>[] {
  const { body } = text;
  const tokens = UNSPACED.test(body) ? wordsOf(body) : text.tokens;
  const known = namesIn(language);
  const short = shortNamesIn(language);
  const datelined = citiesIn(dateline);
  const found: Pick<EntityData, 'type' | 'text' | 'start' | 'end'>[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!/^[\p{Lu}\p{Lo}]/u.test(tokens[at]!.text)) continue;
    for (let length = Math.min(LONGEST_NAME, tokens.length - at); length > 0; length--) {
      const { start } = tokens[at]!;
      const { end } = tokens[at + length - 1]!;
      const name = body.slice(start, end);
      const isKnown = known.has(name) || (datelined.size > 0 && datelined.has(name.toLowerCase()));
      if (!isKnown && !(short.has(name) && isLedTo(tokens, at, language))) continue;
      found.push({ type: 'place', text: name, start, end });
      at += length - 1;
      break;
    }
  }
  return found;
}

/** "à Lyon", "nach Rom", but not "Maria de Lima". */
function isLedTo(tokens: readonly Token[], at: number, language: string): boolean {
  const prepositions = PLACE_PREPOSITIONS[language]?.split(' ') ?? [];
  const isName = /^\p{Lu}\p{Ll}/u.test(tokens[at - 2]?.text ?? '') && language !== 'de';
  return at > 0 && prepositions.includes(tokens[at - 1]!.text) && !isName;
}

/** Lower-case names of the cities that stand between the signs of a dateline. */
function citiesIn(dateline: string): ReadonlySet<string> {
  const names = dateline.split(/[,/()–—-]/).map((name) => name.trim().toLowerCase());
  return new Set(names.filter((name) => name !== '' && cityNames().has(name)));
}

function cityNames(): ReadonlySet<string> {
  return (everyCity ??= new Set(gazetteer.cities.flatMap(namesOfCity).map((name) => name.toLowerCase())));
}

function namesIn(language: string): ReadonlySet<string> {
  let names = knownNames.get(language);
  if (!names) {
    const words = stopwords(language);
    const cities = gazetteer.cities
      .filter(({ thousands }) => thousands >= LEAST_THOUSANDS)
      .flatMap(namesOfCity)
      .filter((name) => name.length >= shortestCity(name) && !words.has(name.toLowerCase()));
    const countries = gazetteer.countries.flatMap((country) => namesOfCountry(country, [language]));
    knownNames.set(language, (names = new Set([...countries, ...cities])));
  }
  return names;
}

/** Names of large cities that are too short to be taken for one without a sign. */
function shortNamesIn(language: string): ReadonlySet<string> {
  if (!PLACE_PREPOSITIONS[language]) return NONE;
  return (shortNames ??= new Set(
    gazetteer.cities
      .filter(({ thousands }) => thousands >= LEAST_THOUSANDS)
      .flatMap(namesOfCity)
      .filter((name) => !UNSPACED.test(name) && name.length >= SHORTEST_CITY_TOLD && name.length < SHORTEST_CITY),
  ));
}

function namesOfCity({ name, otherNames }: City): string[] {
  return [name, ...otherNames];
}

function shortestCity(name: string): number {
  return UNSPACED.test(name) ? SHORTEST_UNSPACED_CITY : SHORTEST_CITY;
}
