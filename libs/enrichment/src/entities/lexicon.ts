import { readData } from '../data.js';
import { isRole, TITLES } from '../quotes/lexicon.js';
import { demonymOf } from '../quotes/demonyms.js';
import { ENGLISH_DAYS, ENGLISH_MONTHS } from '../text/english-times.js';
import { stopwords } from '../text/stopwords.js';
import { tokenize } from '../text/tokens.js';
import { countryNames, gazetteer } from '../places/gazetteer.js';

const MONTHS_AND_DAYS = new Set([...ENGLISH_MONTHS, ...ENGLISH_DAYS]);
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

/** Words in the longest name that `nameKind` knows to begin with a lower-case word, 0 for none. */
export function longestNameFrom(word: string): number {
  return longestNames.get(word) ?? 0;
}

const LONGEST_NAME = 4;
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
const newsOrganisations = new Set(organisations.groups.split('|').map((name) => wordsOfName(name).join(' ')));
for (const name of newsOrganisations) nameKinds.set(name, 'group');

const longestNames = new Map<string, number>();
for (const name of nameKinds.keys()) {
  const words = name.split(' ');
  if (words.length <= LONGEST_NAME) {
    longestNames.set(words[0]!, Math.max(words.length, longestNames.get(words[0]!) ?? 0));
  }
}

function wordsOfName(name: string): string[] {
  return tokenize(name).map(({ text }) => text);
}

/** Names among them that are everyday words where they open a sentence. */
const ALSO_WORDS = new Set(
  'apple canon commons conservatives greens house independent lords oasis queen rangers shell sky target time total universal virgin visa'.split(
    ' ',
  ),
);

/** Whether a lower-case word is an organisation's name and a word of its own as well. */
export function isAlsoWord(word: string): boolean {
  return ALSO_WORDS.has(word) || stopwords('en').has(word);
}

/** Whether a lower-case name, its words parted by spaces, is that of an organisation that is often in the news. */
export function isNewsOrganisation(name: string): boolean {
  return newsOrganisations.has(name);
}

const ORGANISATION_NOUNS = new Set(
  (
    'agency airline alliance army association auctioneer authority band bank brand brewer brewery broadcaster builder carmaker ' +
    'carrier chain charity club college committee company competitor conglomerate consortium consultancy cooperative ' +
    'council developer distributor drugmaker employer federation firm foundation fund group guild hospital hotel institute institution ' +
    'insurer journal label league lender magazine maker manufacturer militia ministry movement museum network newspaper ' +
    'non-profit nonprofit operator orchestra organisation organization party platform producer publisher quartet ' +
    'regulator restaurant retailer school society startup station subsidiary supermarket supplier ' +
    'team trio union university utility watchdog website bar pub nightclub café cafe theatre theater ' +
    'bookmaker bookseller business enterprise outfit newsagent engine shop store bookshop bakery startup dealership site app'
  ).split(' '),
);
const GROUND_NOUNS = new Set(
  'village town suburb hamlet island islet county province neighbourhood neighborhood river lake mountain'.split(' '),
);
/** Last words of a company's or body's name that are neither surnames nor ends of places' names. */
const ORGANISATION_ENDINGS = new Set([
  ...BODY_WORDS,
  ...(
    'energy capital ventures logistics securities mining foods pharma pharmaceuticals insurance software labs ' +
    'laboratories brothers solutions services international media publishing books films ' +
    'productions steel oil petroleum gas cement chemicals telecom mutual financial associates ' +
    'movement brigades rovers rangers wanderers athletic albion workers growers farmers teamsters ' +
    'steelworkers fund funds investments properties homes stores initiative coalition'
  ).split(' '),
]);

/** Whether a lower-case noun says of what it describes that it is a company, a body or a group. */
export function isOrganisationNoun(word: string): boolean {
  return ORGANISATION_NOUNS.has(word);
}

/** Whether a lower-case noun says of what it describes that it is a place. */
export function isGroundNoun(word: string): boolean {
  return GROUND_NOUNS.has(word);
}

/** Whether a name of several words that ends in this lower-case word is an organisation's. */
export function closesOrganisation(word: string): boolean {
  return ORGANISATION_ENDINGS.has(word);
}

const SENTENCE_ADVERBS = new Set(
  (
    'accordingly additionally again afterwards also anyway apparently besides clearly consequently conversely elsewhere ' +
    'eventually evidently finally fortunately further furthermore hence here hopefully however incidentally ' +
    'indeed initially instead lately later likewise locally meanwhile moreover namely nationally nearby ' +
    'nevertheless nonetheless notably nowadays often otherwise overall overnight perhaps presumably ' +
    'previously recently regardless sadly similarly sometimes soon still subsequently suddenly then there ' +
    'thereafter therefore though thus today tomorrow tonight unfortunately ultimately usually worldwide yesterday yet'
  ).split(' '),
);

/** Whether a lower-case word is an adverb that opens sentences. */
export function isSentenceAdverb(word: string): boolean {
  return SENTENCE_ADVERBS.has(word);
}
