import { readData } from '../data.js';
import { isRole, TITLES } from '../quotes/lexicon.js';
import { demonymOf } from '../quotes/demonyms.js';
import { tokenize } from '../text/tokens.js';
import { countryNames, gazetteer } from '../places/gazetteer.js';

const MONTHS_AND_DAYS = new Set(
  (
    'january february march april may june july august september october november december ' +
    'monday tuesday wednesday thursday friday saturday sunday'
  ).split(' '),
);
const BODY_WORDS = new Set(
  (
    'party union council committee commission agency authority ministry department office bureau board bank company ' +
    'corporation corp inc ltd llc plc co group holdings industries airlines airways railway railways club united fc ' +
    'association society foundation trust network alliance league federation organisation organization army navy police ' +
    'force brigade regiment division corps infantry battalion squadron university college school institute academy ' +
    'hospital museum church parliament senate congress court times post herald gazette tribune news press television ' +
    'radio records band orchestra partners systems technologies motors pictures studios entertainment'
  ).split(' '),
);
const PLACE_WORDS = new Set(
  (
    'street road avenue boulevard square bridge park hill hills valley island islands isle bay beach harbour harbor lake ' +
    'river mount mountain mountains cape fort county province state republic kingdom district region territory coast sea ' +
    'ocean creek canyon desert forest peninsula strait gulf city town village airport station'
  ).split(' '),
);

/** What lists know of a single lower-case word, as short flags. */
export function wordFlags(word: string): string[] {
  const flags: string[] = [];
  if (TITLES.has(word)) flags.push('title');
  else if (isRole(word)) flags.push('role');
  if (BODY_WORDS.has(word)) flags.push('body');
  if (PLACE_WORDS.has(word)) flags.push('ground');
  if (MONTHS_AND_DAYS.has(word)) flags.push('day');
  if (demonymOf(word)) flags.push('demonym');
  return flags;
}

/** What a lower-case name of one or more words is known as: a place by the gazetteer, a place or group by WordNet. */
export function nameKind(name: string): NameKind | undefined {
  return nameKinds.get(name);
}

export type NameKind = 'country' | 'state' | 'city' | 'town' | 'area' | 'group';

/** Longest known name, in words. */
export const LONGEST_NAME = 4;
const LARGE_CITY_THOUSANDS = 150;

const nameKinds = new Map<string, NameKind>();
const known = readData<{ groups: string; places: string }>('data/known-names.json');
const organisations = readData<{ groups: string }>('data/organisations.json');
for (const name of known.groups.split('|')) nameKinds.set(name, 'group');
for (const name of known.places.split('|')) nameKinds.set(name, 'area');
for (const city of gazetteer.cities.toReversed()) {
  nameKinds.set(city.name.toLowerCase(), city.thousands >= LARGE_CITY_THOUSANDS ? 'city' : 'town');
}
for (const state of gazetteer.states) nameKinds.set(state.name.toLowerCase(), 'state');
for (const name of countryNames()) nameKinds.set(name.toLowerCase(), 'country');
for (const name of organisations.groups.split('|'))
  nameKinds.set(
    tokenize(name)
      .map(({ text }) => text)
      .join(' '),
    'group',
  );
