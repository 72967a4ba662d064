import { readData } from '../data.js';

export interface City {
  name: string;
  country: string;
  /** First-order division, GeoNames code; the postal code in the United States. */
  division: string;
  lat: number;
  lon: number;
  /** Inhabitants, in thousands. */
  thousands: number;
  id: number;
}

export interface Country {
  name: string;
  code: string;
  lat: number;
  lon: number;
  id: number;
  capital: string;
}

export interface State {
  name: string;
  code: string;
  lat: number;
  lon: number;
  id: number;
}

type CityRow = [string, string, string, number, number, number, number];
type CountryRow = [string, string, number | null, number | null, number, string];
type StateRow = [string, string, number, number, number];

/** Everyday names that differ from the list's. */
const OTHER_NAMES: Record<string, string> = {
  US: 'United States of America|USA|U.S.|US|U.S.A.|America',
  GB: 'Britain|Great Britain|UK|U.K.|United Kingdom',
  RU: 'Russian Federation',
  KR: 'South Korea|Korea',
  KP: 'North Korea',
  CZ: 'Czech Republic|Czechia',
  CD: 'Congo|DR Congo|Democratic Republic of Congo|Democratic Republic of the Congo',
  CI: "Ivory Coast|Côte d'Ivoire",
  MM: 'Burma|Myanmar',
  AE: 'UAE|United Arab Emirates',
  CN: "People's Republic of China|China",
  MK: 'Macedonia|North Macedonia',
  NL: 'Holland|Netherlands|The Netherlands',
  PS: 'Palestine',
  SZ: 'Swaziland|Eswatini',
  TL: 'East Timor|Timor-Leste',
  TR: 'Turkey|Türkiye',
  VA: 'Vatican|Vatican City',
  CV: 'Cape Verde',
};

const rows = readData<{ cities: CityRow[]; countries: CountryRow[]; states: StateRow[] }>('data/gazetteer.json');

/** Cities over 15,000 inhabitants (largest first), countries and the states of the United States, from GeoNames. */
export const gazetteer: { cities: readonly City[]; countries: readonly Country[]; states: readonly State[] } = {
  cities: rows.cities.map(([name, country, division, lat, lon, thousands, id]) => ({
    name,
    country,
    division,
    lat,
    lon,
    thousands,
    id,
  })),
  countries: rows.countries.flatMap(([name, code, lat, lon, id, capital]) =>
    lat === null || lon === null ? [] : [{ name, code, lat, lon, id, capital }],
  ),
  states: rows.states.map(([name, code, lat, lon, id]) => ({ name, code, lat, lon, id })),
};

/** All names of a country: the list's, everyday ones, and those of the languages given (by CLDR). */
export function namesOfCountry({ code, name }: Country, languages: readonly string[] = ['en']): string[] {
  const local = languages.map((language) => displayNames(language).of(code));
  return [
    ...new Set([name, ...(OTHER_NAMES[code]?.split('|') ?? []), ...local.filter((known) => known !== undefined)]),
  ];
}

/** Every English name of every country. */
export function countryNames(): string[] {
  return gazetteer.countries.flatMap((country) => namesOfCountry(country));
}

const displays = new Map<string, Intl.DisplayNames>();

function displayNames(language: string): Intl.DisplayNames {
  let names = displays.get(language);
  if (!names) displays.set(language, (names = new Intl.DisplayNames([language], { type: 'region' })));
  return names;
}
