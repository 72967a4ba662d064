import { readData } from '../data.js';

interface SpeechLists {
  /** Verbs that report speech, inflected. */
  verbs: string;
  /** What stands for a verb of speech behind an auxiliary only: "ha señalado", "avait décrit". */
  participles: string;
  /** Verbs of speech behind another one: "se limitó a decir". */
  infinitives: string;
  /** Verbs by which whoever has just spoken goes on: "añade el alcalde". */
  continuing: string;
  /** Verbs of speech that are nouns behind an article: "la denuncia". */
  verbalNouns: string;
  /** Those of them that introduce a whole sentence. */
  direct: string;
  /** Verbs that give something a name or a judgement in one word. */
  naming: string;
  /** Things that "say" what is written on them. */
  inanimate: string;
  /** Words before a quote that make it a name, a title or a scare quote. */
  blockers: string;
  /** Participles that do so with `nameJoint` behind them: `advertised as "the vertical studio"`. */
  namedAs: string;
  /** Nouns before a quote that starts with a capital which make it the title of a work. */
  works: string;
  /** Words beside a speech verb that say it was not said. */
  negations: string;
  /** Words before a speech verb that leave open whether it was said. */
  conditionals: string;
  copulas: string;
  pronouns: string;
  male: string;
  female: string;
  determiners: string;
  /** Articles and the like that tell a noun's gender. */
  femaleDeterminers: string;
  maleDeterminers: string;
  indefinite: string;
  possessives: string;
  /** Words that a subject does not run across. */
  boundaries: string;
  auxiliaries: string;
  femaleNouns: string;
  maleNouns: string;
  /** Nouns for bodies that speak as one, with which their names begin: "Sindicato dos Professores". */
  bodyNouns: string;
  /** Those of them that mean any body: "la organización". */
  anyBodies: string;
  /** What others say, before a clause that repeats it: "rejected claims that …". */
  hearsay: string;
  /** What a crowd lets out: `shouts of "Shame!"`. */
  outcries: string;
  /** Verbs that quote somebody else: `the paper quotes him as saying "…"`. */
  citing: string;
  /** Words that open a phrase which is not the subject. */
  prepositions: string;
  /** Articles of what is not the subject. */
  obliques: string;
  /** The auxiliary of what somebody has said, where the participle stands at the end. */
  perfect: string;
  /** Words that open a phrase of time without a preposition: "last week", "vorige maand". */
  times: string;
  /** Words that stand between a verb and its subject, or open a clause, on their own. */
  adverbs: string;
  /** Days as they stand behind a verb, with or without an article, and what may follow them: "mardi soir". */
  days: string;
  dayParts: string;
  /** What it says of words in marks that they are written on something: „Kein Abriss!“ steht darauf. */
  written: string;
  /** What words in marks are said to be of somebody's: `"Unacceptable" is how she puts it`. */
  wordings: string;
  /** Nouns for what somebody says or writes, and what stands between them and whose words they are: "a statement from X". */
  utterances: string;
  sources: string;
}

/** The words a language reports speech with, all in lower case. */
export type SpeechLexicon = Record<keyof SpeechLists, ReadonlySet<string>> &
  LanguageHabits & {
    /** Everything that no noun phrase has in it: verbs, pronouns and the words that a subject does not run across. */
    outsiders: ReadonlySet<string>;
    /** Words that name a source where they open a sentence, and are no part of its name: "Según Vela". */
    openers: ReadonlySet<string>;
    /** Articles tell whether a man or a woman is meant. */
    tellsGender: boolean;
  };

interface LanguageHabits {
  /** "as", between a participle of `namedAs` and the name. */
  nameJoint: string;
  /** What names a source without a verb, alternatives parted by `|`. */
  accordingTo: string;
  /** What tells an opinion of whoever the text is about: "a su juicio", alternatives parted by `|`. */
  ownOpinion?: string;
  /** What does so where it opens a sentence: « Pour elle, le texte est … ». */
  opinionOf: string;
  /** A word that stands for the verb right behind a quotation: „…“, so der Minister. */
  behindQuotes?: string;
  /** The language says who speaks between the marks: « Le pont, a expliqué X, rouvrira. » */
  insertsInside?: boolean;
  /** A dash at the head of a paragraph opens speech. */
  dashesSpeech?: boolean;
  /** What a participle ends in, which adds to what was said before it: `adding that "…"`. */
  participle?: string;
  /** The verb of speech may stand before where, when and to whom, and all of these before the speaker. */
  isVerbFirst?: boolean;
  /** A verb needs no subject where the one before goes on: «…», dijo. */
  dropsPronoun?: boolean;
  /** Nouns are written together, so that a Verkehrsministerin is a Ministerin. */
  joinsNouns?: boolean;
  /** What a noun ends in with its article: "ministern", "lederen"; alternatives parted by blanks. */
  definite?: string;
  /** The verb of a main clause comes second, whatever opens it: "Am Montag sagte sie: …". */
  isVerbSecond?: boolean;
  /** Every noun has a capital. */
  capitalsNouns?: boolean;
  /** Forms of verbs that are only used for what somebody else said: "sei", "habe". */
  reported?: string;
  /** The words are of another language than the text, whose own are not known. */
  isBorrowed?: boolean;
}

type SpeechFile = Record<string, SpeechLists & LanguageHabits>;

const roles = readData<{
  titles: string;
  roles: string;
  suffixes: string;
  notPersonal: string;
  bodies: string;
  ownOffices: string;
  epicenes: string;
  soleOffices: string;
  equivalents: Record<string, string>;
}>('data/roles.json');

/** Words that stand before a name and are not part of it. */
export const TITLES: ReadonlySet<string> = wordSet(roles.titles);
const roleNouns = new Set([...wordSet(roles.roles), ...TITLES]);
// German compounds: Fraktionschefin, Oberbürgermeister.
const roleEndings = new Set(roles.suffixes.split(' ').flatMap((ending) => [ending, `${ending}in`]));
/** Lengths of the endings by their last two letters, which most words don't end in. */
const endingLengths = new Map<string, number[]>();
for (const ending of roleEndings) {
  const lengths = endingLengths.get(ending.slice(-2)) ?? [];
  if (!lengths.includes(ending.length)) endingLengths.set(ending.slice(-2), [...lengths, ending.length]);
}
const SHORTEST_FIRST_PART = 3;

/** Says whether a lower-case word is a noun for what a person is. */
export function isRole(word: string): boolean {
  if (roleNouns.has(word)) return true;
  return endingLengths.get(word.slice(-2))?.some((length) => endsInRole(word, length)) ?? false;
}

function endsInRole(word: string, length: number): boolean {
  const before = word.length - length;
  return (before === 0 || before >= SHORTEST_FIRST_PART) && roleEndings.has(word.slice(before));
}

/** Says whether a lower-case word means somebody: an office, "la donna", "el hombre". */
export function isPersonal(word: string, { tellsGender, femaleNouns, maleNouns }: SpeechLexicon): boolean {
  return isRole(word) || (tellsGender && (femaleNouns.has(word) || maleNouns.has(word)));
}

/** What Romance nouns for people who do something end in: "distribuidor", "éclusier". */
const AGENT =
  /(?:[dst]ora?|tore|trice|ista|[ae]nte|er[oa]|eur|euse|ière?|ienne?|[oó]log[oa]|^jov[ea][mn]|^giovane|^jeune)$/;

/** Says whether a lower-case Romance word looks like a noun for somebody by what they do. */
export function isAgent(word: string): boolean {
  return AGENT.test(word);
}

/** Nouns for bodies that speak as one: "airline", "union". */
export const BODIES: ReadonlySet<string> = wordSet(roles.bodies);

/** Words that are in names of places and bodies and not in names of people. */
export const NOT_PERSONAL: ReadonlySet<string> = wordSet(roles.notPersonal);
/** Nouns of one gender for people of either: "la víctima". */
export const EPICENES: ReadonlySet<string> = wordSet(roles.epicenes);
/** Offices that one person holds at a place, who needs no name there: "le maire". */
export const SOLE_OFFICES: ReadonlySet<string> = wordSet(roles.soleOffices);
/** Offices that end in another one without being a kind of it: "Staatsanwalt", "Vizekanzler". */
export const OWN_OFFICES: ReadonlySet<string> = wordSet(roles.ownOffices);
/** For a role noun, the titles and nouns that the same person may carry instead. */
export const EQUIVALENT_ROLES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(roles.equivalents).map(([role, others]) => [role, wordSet(others)]),
);

/** Words that open a clause which tells what is said. */
export const THAT: ReadonlySet<string> = wordSet("that dass que qu qu' qu’ che dat att at");

const lexicons = new Map(
  Object.entries(readData<SpeechFile>('data/speech.json')).map(([language, lists]) => [language, toLexicon(lists)]),
);

const BORROWED = borrowed();

/** The lexicon of a language, English where there is none. */
export function speechLexicon(language: string): SpeechLexicon {
  return lexicons.get(language) ?? BORROWED;
}

function borrowed(): SpeechLexicon {
  const english = lexicons.get('en');
  if (!english) throw new Error('data/speech.json holds no English lexicon');
  return { ...english, isBorrowed: true };
}

function toLexicon(lists: SpeechLists & LanguageHabits): SpeechLexicon {
  const { boundaries, verbs, pronouns, auxiliaries, copulas } = lists;
  return {
    outsiders: wordSet([boundaries, verbs, pronouns, auxiliaries, copulas].join(' ')),
    openers: new Set([...lists.accordingTo.split('|'), lists.opinionOf].map((words) => words.split(' ')[0]!)),
    tellsGender: lists.femaleDeterminers !== '',
    nameJoint: lists.nameJoint,
    accordingTo: lists.accordingTo,
    opinionOf: lists.opinionOf,
    ownOpinion: lists.ownOpinion,
    behindQuotes: lists.behindQuotes,
    insertsInside: lists.insertsInside,
    dashesSpeech: lists.dashesSpeech,
    participle: lists.participle,
    isVerbFirst: lists.isVerbFirst,
    dropsPronoun: lists.dropsPronoun,
    joinsNouns: lists.joinsNouns,
    isVerbSecond: lists.isVerbSecond,
    capitalsNouns: lists.capitalsNouns,
    definite: lists.definite,
    reported: lists.reported,
    verbs: wordSet(lists.verbs),
    participles: wordSet(lists.participles),
    infinitives: wordSet(lists.infinitives),
    continuing: wordSet(lists.continuing),
    verbalNouns: wordSet(lists.verbalNouns),
    direct: wordSet(lists.direct),
    naming: wordSet(lists.naming),
    inanimate: wordSet(lists.inanimate),
    blockers: wordSet(lists.blockers),
    namedAs: wordSet(lists.namedAs),
    works: wordSet(lists.works),
    negations: wordSet(lists.negations),
    conditionals: wordSet(lists.conditionals),
    copulas: wordSet(lists.copulas),
    pronouns: wordSet(lists.pronouns),
    male: wordSet(lists.male),
    female: wordSet(lists.female),
    determiners: wordSet(lists.determiners),
    femaleDeterminers: wordSet(lists.femaleDeterminers),
    maleDeterminers: wordSet(lists.maleDeterminers),
    bodyNouns: wordSet(lists.bodyNouns),
    anyBodies: wordSet(lists.anyBodies),
    indefinite: wordSet(lists.indefinite),
    possessives: wordSet(lists.possessives),
    boundaries: wordSet(lists.boundaries),
    auxiliaries: wordSet(lists.auxiliaries),
    femaleNouns: wordSet(lists.femaleNouns),
    maleNouns: wordSet(lists.maleNouns),
    hearsay: wordSet(lists.hearsay),
    outcries: wordSet(lists.outcries),
    citing: wordSet(lists.citing),
    wordings: wordSet(lists.wordings),
    utterances: wordSet(lists.utterances),
    sources: wordSet(lists.sources),
    prepositions: wordSet(lists.prepositions),
    obliques: wordSet(lists.obliques),
    perfect: wordSet(lists.perfect),
    times: wordSet(lists.times),
    adverbs: wordSet(lists.adverbs),
    days: wordSet(lists.days),
    dayParts: wordSet(lists.dayParts),
    written: wordSet(lists.written),
  };
}

function wordSet(words: string): Set<string> {
  return new Set(words.split(' ').filter(Boolean));
}
