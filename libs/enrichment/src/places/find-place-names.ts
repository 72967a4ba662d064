import type { EntityData } from '@wireroom/contracts';
import type { TextIndex } from '../text/text-index.js';
import { stopwords } from '../text/stopwords.js';
import { UNSPACED, wordsOf } from '../text/tokens.js';
import { type City, gazetteer, namesOfCountry } from './gazetteer.js';

const LONGEST_NAME = 4;
// A smaller city's name is too often a word or a person's name in some language.
const LEAST_THOUSANDS = 400;
const SHORTEST_CITY = 5;
const SHORTEST_UNSPACED_CITY = 2;

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
  const datelined = citiesIn(dateline);
  const found: Pick<EntityData, 'type' | 'text' | 'start' | 'end'>[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!/^[\p{Lu}\p{Lo}]/u.test(tokens[at]!.text)) continue;
    for (let length = Math.min(LONGEST_NAME, tokens.length - at); length > 0; length--) {
      const { start } = tokens[at]!;
      const { end } = tokens[at + length - 1]!;
      const name = body.slice(start, end);
      if (!known.has(name) && !datelined.has(name.toLowerCase())) continue;
      found.push({ type: 'place', text: name, start, end });
      at += length - 1;
      break;
    }
  }
  return found;
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

function namesOfCity({ name, otherNames }: City): string[] {
  return [name, ...otherNames];
}

function shortestCity(name: string): number {
  return UNSPACED.test(name) ? SHORTEST_UNSPACED_CITY : SHORTEST_CITY;
}
