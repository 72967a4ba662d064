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
  /** What other languages call it; known of cities from 400,000 inhabitants. */
  otherNames: readonly string[];
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

/** A first-order division outside the United States: at the mean of its cities, with the inhabitants of these. */
export type Region = Omit<City, 'id' | 'otherNames'>;

type CityRow = [string, string, string, number, number, number, number, string?];
type CountryRow = [string, string, number | null, number | null, number, string];
type StateRow = [string, string, number, number, number];
type RegionRow = [string, string, string, number, number, number];

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

interface Gazetteer<C, N, S, R> {
  cities: readonly C[];
  countries: readonly N[];
  states: readonly S[];
  regions: readonly R[];
}

const rows = readData<Gazetteer<CityRow, CountryRow, StateRow, RegionRow>>('data/gazetteer.json');

/** Cities over 15,000 inhabitants (largest first), countries, the states of the United States and the regions of others, from GeoNames. */
export const gazetteer: Gazetteer<City, Country, State, Region> = {
  cities: rows.cities.map(([name, country, division, lat, lon, thousands, id, otherNames]) => ({
    name,
    country,
    division,
    lat,
    lon,
    thousands,
    id,
    otherNames: otherNames?.split('|') ?? [],
  })),
  countries: rows.countries.flatMap(([name, code, lat, lon, id, capital]) =>
    lat === null || lon === null ? [] : [{ name, code, lat, lon, id, capital }],
  ),
  states: rows.states.map(([name, code, lat, lon, id]) => ({ name, code, lat, lon, id })),
  regions: rows.regions.map(([name, country, division, lat, lon, thousands]) => ({
    name,
    country,
    division,
    lat,
    lon,
    thousands,
  })),
};

/** How American papers shorten the states after a city ("Mobile, Ala."), where it is not the postal code. */
const SHORT_STATES =
  'Ala.=AL Ariz.=AZ Ark.=AR Calif.=CA Colo.=CO Conn.=CT Del.=DE Fla.=FL Ga.=GA Ill.=IL Ind.=IN Kan.=KS Ky.=KY La.=LA ' +
  'Md.=MD Mass.=MA Mich.=MI Minn.=MN Miss.=MS Mo.=MO Mont.=MT Neb.=NE Nev.=NV Okla.=OK Ore.=OR Pa.=PA Tenn.=TN ' +
  'Tex.=TX Vt.=VT Va.=VA Wash.=WA Wis.=WI Wyo.=WY N.C.=NC N.D.=ND N.H.=NH N.J.=NJ N.M.=NM N.Y.=NY R.I.=RI S.C.=SC ' +
  'S.D.=SD W.Va.=WV D.C.=DC';
/** The same for the provinces of Canada, with their GeoNames codes. */
const SHORT_PROVINCES = 'Alta.=01 B.C.=02 BC=02 Man.=03 N.B.=04 N.L.=05 N.S.=07 Ont.=08 P.E.I.=09 Que.=10 Sask.=11';

/** Division codes of the United States and of Canada by short form. */
export const shortDivisions: ReadonlyMap<string, Pick<City, 'country' | 'division'>> = new Map([
  ...gazetteer.states.map(({ code }) => divisionPair(code, 'US', code)),
  ...pairsOf(SHORT_STATES).map(([short, division]) => divisionPair(short, 'US', division)),
  ...pairsOf(SHORT_PROVINCES).map(([short, division]) => divisionPair(short, 'CA', division)),
]);

function pairsOf(pairs: string): [string, string][] {
  return pairs.split(' ').map((pair) => pair.split('=') as [string, string]);
}

function divisionPair(short: string, country: string, division: string): [string, Pick<City, 'country' | 'division'>] {
  return [short, { country, division }];
}

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
