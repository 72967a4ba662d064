import type { EntityData, PlaceData } from '@wireroom/contracts';
import { withoutAccents } from '../text/accents.js';
import { stopwords } from '../text/stopwords.js';
import { demonymOf } from '../quotes/demonyms.js';
import { gazetteer, namesOfCountry, shortDivisions, type City } from './gazetteer.js';

/*
 * Which of the places of one name is meant: the one that the text says there ("Paris, Texas") or has said elsewhere,
 * else one in a country that the text or its dateline speaks of, else the largest. A region is meant by its name
 * unless a metropolis, a country or its own chief city has the same, and nothing says otherwise.
 */

type Point = Pick<PlaceData, 'name' | 'lat' | 'lon' | 'country' | 'geonameId'>;
type PlaceMention = Pick<EntityData, 'text' | 'start' | 'end'>;

/** A country or a division of one that a place is said to lie in. */
interface Wider {
  country: string;
  division?: string;
}

/** `thousands` of its inhabitants live in the cities of the gazetteer; not said of American states. */
type Division = Point & Required<Wider> & { thousands?: number };

// A city in a country the text names wins over a larger one elsewhere up to this many times its size.
const CONTEXT_FACTOR = 10;
// From this size on "New York" is the city rather than the state.
const METROPOLIS_THOUSANDS = 600;
// "Lisbon" is the city and "Quebec" the province: a city this large within the region of its name is the one meant.
const CHIEF_CITY_SHARE = 1 / 8;
// A name is proof of its country where the largest city of that name is this many times the next.
const UNMISTAKABLE_FACTOR = 10;
const DIVISION_BEFORE = /\b(?:state|province|region|county|territory) of (?:the )?$/iu;
const DIVISION_AFTER = /^ (?:state|province|region)\b/iu;
const ARTICLE_BEFORE = /(?<!\p{L})the $/iu;
/** Countries and cities that English calls with an article, and initials ("the UK"). */
const NAMES_WITH_ARTICLE =
  /^(?:\p{Lu}[\p{Lu}.]+|United .*|.*(?:s|Republic|Kingdom|Emirates)|Gambia|Vatican|Ukraine|Sudan|Lebanon|Congo|Hague|Bronx|Yemen)$/u;
/** What may be an adjective of the list, which is English: no other letters are in them, and these are found far faster. */
const DEMONYM = /[A-Z][a-z]{3,}(?!\p{Ll})/gu;
const FUNCTION_WORDS = stopwords('en');
const RIVER_VERBS = new Set(
  'rose falls fell froze burst swells runs ran flows carries carried winds meets rises'.split(' '),
);

const citiesByName = groupBy(gazetteer.cities, ({ name }) => [plain(name)]);
const citiesByOtherName = groupBy(gazetteer.cities, ({ otherNames }) => [...new Set(otherNames.map(plain))]);
const allDivisions = divisions();
const divisionsByName = groupBy(allDivisions, ({ name }) => [plain(name)]);
const countriesByLanguage = new Map<string, Map<string, Point>>();

/** Place mentions on the map; a name that the gazetteer lacks is left out. */
export function resolvePlaces(
  body: string,
  mentions: readonly PlaceMention[],
  language: string,
  dateline = '',
): PlaceData[] {
  return new PlaceResolver(body, mentions, language, dateline).resolve();
}

/** Whether a name is a country's in English or in the language given: "China said" is an organisation on the map. */
export function isCountry(name: string, language: string): boolean {
  return countriesIn(language).has(plain(name));
}

class PlaceResolver {
  private readonly countries: ReadonlyMap<string, Point>;
  private readonly context: Set<string>;
  /** Cities whose country or division the text says right behind their name, by where the name begins. */
  private readonly toldThere = new Map<number, City>();
  /** The last of them by plain name. */
  private readonly told = new Map<string, City>();

  constructor(
    private readonly body: string,
    private readonly mentions: readonly PlaceMention[],
    language: string,
    dateline: string,
  ) {
    this.countries = countriesIn(language);
    this.context = this.contextCountries(dateline);
    for (const mention of mentions) {
      const city = this.cityInside(mention);
      if (!city) continue;
      this.toldThere.set(mention.start, city);
      this.told.set(plain(mention.text), city);
      this.context.add(city.country);
    }
  }

  resolve(): PlaceData[] {
    return this.mentions.flatMap((mention) => {
      const point = this.pointOf(mention);
      return point ? [{ ...point, start: mention.start, end: mention.end }] : [];
    });
  }

  private pointOf(mention: PlaceMention): Point | undefined {
    if (this.isRiver(mention)) return undefined;
    const told = this.toldThere.get(mention.start);
    if (told) return cityPoint(told);
    const division = this.divisionOf(mention);
    const country = this.countries.get(plain(mention.text));
    if (division && (!country || this.isDivision(mention) || this.speaksOnlyOf(division.country, country.country)))
      return divisionPoint(division);
    if (country) return country;
    const city = this.told.get(plain(mention.text)) ?? this.likeliestCity(mention.text);
    return city && cityPoint(city);
  }

  /** The city that the words after the name say: "Paris, Texas". */
  private cityInside({ text, end }: PlaceMention): City | undefined {
    const cities = citiesNamed(text);
    for (const wider of this.widerPlaces(end)) {
      const city = cities.find((one) => liesIn(one, wider));
      if (city) return city;
    }
    return undefined;
  }

  /** The region a name means, where no metropolis has it; the one in a country of the context, else the largest. */
  private divisionOf(mention: PlaceMention): Division | undefined {
    const named = divisionsNamed(mention.text);
    const division = named.find(({ country }) => this.context.has(country)) ?? named[0];
    if (!division || this.isDivision(mention)) return division;
    if (this.told.has(plain(mention.text))) return undefined;
    const isSpokenOf = this.context.has(division.country);
    const cities = citiesNamed(mention.text).filter(({ country }) => !isSpokenOf || this.context.has(country));
    const isCity = cities.some((city) => city.thousands >= METROPOLIS_THOUSANDS || isChiefCity(city, division));
    return isCity ? undefined : division;
  }

  /** "A bridge over the Avon", "The Jordan is low": with an article of its own it is neither city nor country. */
  private isRiver({ text, start, end }: PlaceMention): boolean {
    if (!ARTICLE_BEFORE.test(this.body.slice(0, start)) || hasArticle(text)) return false;
    const next = /^(?:\s([\p{L}-]+)|\s?[^\s\p{L}]|$)/u.exec(this.body.slice(end, end + 40));
    return next !== null && (!next[1] || isVerbOrFunctionWord(next[1]));
  }

  private isDivision({ start, end }: PlaceMention): boolean {
    return DIVISION_BEFORE.test(this.body.slice(0, start)) || DIVISION_AFTER.test(this.body.slice(end, end + 12));
  }

  /** "Georgia" beside Atlanta and without a word of the Caucasus. */
  private speaksOnlyOf(country: string, other: string): boolean {
    return this.context.has(country) && !this.context.has(other);
  }

  private likeliestCity(name: string): City | undefined {
    const weightOf = (city: City) => (city.thousands + 1) * (this.context.has(city.country) ? CONTEXT_FACTOR : 1);
    return citiesNamed(name).reduce<City | undefined>((a, b) => (a && weightOf(a) >= weightOf(b) ? a : b), undefined);
  }

  /** "Paris, Texas", "Mobile, Ala.", "Valencia, Venezuela": what the words after the comma say. */
  private widerPlaces(end: number): Wider[] {
    const after = /^,?\s(?:in\s)?\(?(\p{Lu}[\p{L}.]*(?:[\s-]\p{Lu}[\p{L}.]+){0,2})/u.exec(
      this.body.slice(end, end + 60),
    )?.[1];
    const words = after?.split(' ') ?? [];
    for (let length = words.length; length > 0; length--) {
      const name = words.slice(0, length).join(' ');
      const wider = this.widerNamed(name, end);
      if (wider.length) return wider;
    }
    return [];
  }

  /** A country and a division ("Georgia" is both) by their name, or one by a short form after a comma ("in" and "or" are words elsewhere). */
  private widerNamed(name: string, end: number): Wider[] {
    const withoutStop = name.replace(/\.$/, '');
    const short = shortDivisions.get(name) ?? shortDivisions.get(withoutStop);
    if (short && this.body[end] === ',') return [short];
    const [division] = divisionsByName.get(plain(withoutStop)) ?? [];
    const country = this.countries.get(plain(withoutStop));
    return [country && { country: country.country }, division].filter((wider) => wider !== undefined);
  }

  /** Countries that the text speaks of: by their names and adjectives, by regions and by cities that nothing shares a name with. */
  private contextCountries(dateline: string): Set<string> {
    const named = [...this.mentions.map(({ text }) => text), ...dateline.split(/[,/(–—-]/).map((part) => part.trim())];
    const demonyms = (this.body.match(DEMONYM) ?? []).map((word) => demonymOf(word.toLowerCase()));
    return new Set([...named.map((name) => this.countryBy(name)), ...demonyms].filter((code) => code !== undefined));
  }

  private countryBy(name: string): string | undefined {
    const country = this.countries.get(plain(name));
    const [division] = divisionsByName.get(plain(name)) ?? [];
    if (country && division) return undefined;
    if (country) return country.country;
    const [largest, next] = citiesNamed(name);
    if (division) return largest && largest.thousands >= METROPOLIS_THOUSANDS ? undefined : division.country;
    const isUnmistakable = largest && largest.thousands >= UNMISTAKABLE_FACTOR * (next?.thousands ?? 1);
    return isUnmistakable ? largest.country : undefined;
  }
}

/** Largest first; what other languages call a city counts where none is called so itself, to the accent ("Pekín" is not Pekin). */
function citiesNamed(name: string): readonly City[] {
  const others = citiesByOtherName.get(plain(name)) ?? [];
  const own = citiesByName.get(plain(name)) ?? others;
  const isForeign =
    own.every((city) => city.name !== name) && others.some(({ otherNames }) => otherNames.includes(name));
  return isForeign && plain(name) !== name.toLowerCase() ? others : own;
}

/** Divisions of that name, or of that short form ("N.Y."). */
function divisionsNamed(name: string): readonly Division[] {
  const short = shortDivisions.get(name);
  return short ? allDivisions.filter((division) => liesIn(short, division)) : (divisionsByName.get(plain(name)) ?? []);
}

function hasArticle(name: string): boolean {
  return NAMES_WITH_ARTICLE.test(name) || divisionsNamed(name).some(({ country }) => country !== 'US');
}

function isVerbOrFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word) || RIVER_VERBS.has(word) || word.endsWith('ed');
}

function liesIn(city: Required<Wider>, { country, division }: Wider): boolean {
  return city.country === country && (!division || city.division === division);
}

function isChiefCity(city: City, division: Division): boolean {
  return liesIn(city, division) && city.thousands >= CHIEF_CITY_SHARE * (division.thousands ?? Infinity);
}

function cityPoint({ name, lat, lon, country, id }: City): Point {
  return { name, lat, lon, country, geonameId: id };
}

function divisionPoint({ name, lat, lon, country, geonameId }: Division): Point {
  return { name, lat, lon, country, ...(geonameId !== undefined && { geonameId }) };
}

/** The states of the United States, then the regions of other countries, largest first. */
function divisions(): Division[] {
  const regions = gazetteer.regions.toSorted((a, b) => b.thousands - a.thousands);
  return [
    ...gazetteer.states.map(({ name, code, lat, lon, id }) => ({
      name,
      lat,
      lon,
      country: 'US',
      division: code,
      geonameId: id,
    })),
    ...regions,
  ];
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
  return withoutAccents(name).toLowerCase().replace(/^the /, '');
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}
