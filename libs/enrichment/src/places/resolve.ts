import type { EntityData, PlaceData } from '@wireroom/contracts';
import { demonymOf } from '../quotes/demonyms.js';
import { gazetteer, namesOfCountry, type City } from './gazetteer.js';

/*
 * Which of the places of one name is meant: the one that the text says ("Paris, Texas"), else one in
 * a country that the text or its dateline speaks of, else the largest.
 */

type Point = Pick<PlaceData, 'name' | 'lat' | 'lon' | 'country' | 'geonameId'>;

// A city in a country the text names wins over a larger one elsewhere up to this many times its size.
const CONTEXT_FACTOR = 30;

const citiesByName = groupBy(gazetteer.cities, ({ name }) => plain(name));
const statesByName = new Map(
  gazetteer.states.flatMap((state) => [state.name, state.code].map((name) => [name, state] as const)),
);
const countriesByLanguage = new Map<string, Map<string, Point>>();

/** Place mentions on the map; a name that the gazetteer lacks is left out. */
export function resolvePlaces(
  body: string,
  mentions: readonly Pick<EntityData, 'text' | 'start' | 'end'>[],
  language: string,
  dateline = '',
): PlaceData[] {
  const countries = countriesIn(language);
  const context = contextCountries(body, mentions, countries, dateline);
  return mentions.flatMap(({ text, start, end }) => {
    const wider = widerPlace(body, end, countries);
    const point = resolve(text, wider, context, countries);
    return point ? [{ ...point, start, end }] : [];
  });
}

interface Wider {
  country: string;
  division?: string;
}

function resolve(
  text: string,
  wider: Wider | undefined,
  context: ReadonlySet<string>,
  countries: ReadonlyMap<string, Point>,
): Point | undefined {
  const country = countries.get(plain(text));
  const state = statesByName.get(text);
  if (country && !(state && context.has('US'))) return country;
  if (state && state.name === text)
    return { name: state.name, lat: state.lat, lon: state.lon, country: 'US', geonameId: state.id };

  const cities = citiesByName.get(plain(text)) ?? [];
  const inside = cities.find(
    (city) => wider && city.country === wider.country && (!wider.division || city.division === wider.division),
  );
  const weightOf = (city: City) => (city.thousands + 1) * (context.has(city.country) ? CONTEXT_FACTOR : 1);
  const best =
    inside ?? cities.reduce<City | undefined>((a, b) => (a && weightOf(a) >= weightOf(b) ? a : b), undefined);
  return best && { name: best.name, lat: best.lat, lon: best.lon, country: best.country, geonameId: best.id };
}

/** "Paris, Texas", "Valencia, Venezuela": what the words after the comma say. */
function widerPlace(body: string, end: number, countries: ReadonlyMap<string, Point>): Wider | undefined {
  const after = /^,?\s\(?(\p{Lu}[\p{L}.]*(?:\s\p{Lu}\p{L}+){0,2})/u.exec(body.slice(end, end + 40))?.[1];
  if (!after) return undefined;
  const words = after.split(' ');
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join(' ');
    const state = statesByName.get(name.replaceAll('.', ''));
    if (state) return { country: 'US', division: state.code };
    const country = countries.get(plain(name));
    if (country) return { country: country.country };
  }
  return undefined;
}

function contextCountries(
  body: string,
  mentions: readonly Pick<EntityData, 'text'>[],
  countries: ReadonlyMap<string, Point>,
  dateline: string,
): Set<string> {
  const context = new Set<string>();
  for (const name of [...mentions.map(({ text }) => text), ...dateline.split(/[,/(–—-]/).map((part) => part.trim())]) {
    const country = countries.get(plain(name))?.country ?? (statesByName.has(name) ? 'US' : undefined);
    if (country) context.add(country);
  }
  for (const [word] of body.matchAll(/\p{Lu}\p{Ll}{3,}/gu)) {
    const country = demonymOf(word.toLowerCase());
    if (country) context.add(country);
  }
  return context;
}

function countriesIn(language: string): Map<string, Point> {
  let known = countriesByLanguage.get(language);
  if (!known) {
    known = new Map();
    for (const country of gazetteer.countries) {
      const point = {
        name: country.name,
        lat: country.lat,
        lon: country.lon,
        country: country.code,
        geonameId: country.id,
      };
      for (const name of namesOfCountry(country, ['en', language])) known.set(plain(name), point);
    }
    countriesByLanguage.set(language, known);
  }
  return known;
}

/** Lower case without accents and a leading article. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/^the /, '');
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
