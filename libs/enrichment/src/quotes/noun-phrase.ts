import { isPastForm } from '../dates/english-verbs.js';
import { ENGLISH_DAYS, ENGLISH_MONTHS, MONTHS_AND_NAMES } from '../text/english-times.js';
import type { Token } from '../text/tokens.js';
import { demonymOf } from './demonyms.js';
import { genderOfGivenName } from './given-names.js';
import { BODIES, isPersonal, isRole, NOT_PERSONAL, TITLES, type SpeechLexicon } from './lexicon.js';

/*
 * Reads the noun phrases that speech is attributed to: "heritage officer Dov Castellan", "the
 * infrastructure minister", "she", "a police spokesman". No full parse: a phrase is a run of words
 * that no preposition, verb or mark cuts, and the last run of capitals in it is the name.
 */

export interface NounPhrase {
  kind: 'name' | 'description' | 'pronoun' | 'unnamed';
  /** As written, with title and role, without a leading article. */
  start: number;
  end: number;
  /** Token range `[first, last)`, article included. */
  first: number;
  last: number;
  /** The bare name, for kind `name`. */
  name: string;
  /** Lower-case words that say what the person is: title, office, country. */
  roles: string[];
  /** The possessive or article it starts with. */
  determiner: string;
}

/** Token range `[first, last)` of words that belong to one name. */
export interface NameRun {
  first: number;
  last: number;
}

/** Whether a phrase means one person by name, pronoun or what that person is. */
export function isSomebody({ kind, roles }: NounPhrase): boolean {
  return kind === 'name' || kind === 'pronoun' || roles.some((word) => isRole(word));
}

/** "the 51-year-old", "der 51-Jährige", "51-åringen", by its words without the number. */
export function isAgeNoun(words: string): boolean {
  return /^(?:year old|jährige[rnms]?|jarige|årige|åring(?:en)?)$/.test(words);
}

const PARTICLES = new Set(
  'de da do dos das del della di du la le van von der den ter ten zu al el bin ibn ben y e'.split(' '),
);
const LINKS = new Set(
  "of for de du des à au aux d’ d' von der del di della dell’ dell' dello dei degli delle da do dos das van".split(' '),
);
/** Words between somebody and where they belong: "Lucia Farrow of Brandt & Kay". */
const BELONGING = new Set('of from at in for von vom aus bei beim van uit bij'.split(' '));
/** Prepositions that are particles before an article which Dutch no longer has: "Jan in ’t Veld", "op den Camp". */
const OPENS_PARTICLES = new Set('in op aan uit'.split(' '));
const OLD_ARTICLES = new Set("den der 't ’t".split(' '));
/** Particles that only follow another one: "von und zu", "van ’t". */
const INNER_PARTICLES = new Set("'t ’t und".split(' '));
/** Particles that elsewhere say where somebody belongs. */
const ORIGINS = new Set('van von'.split(' '));
const NOBLE = new Set('freiherr freifrau graf gräfin fürst fürstin prinz prinzessin baron baronin jonkheer'.split(' '));
const ANY_PARTICLES = new Set([...PARTICLES, ...OPENS_PARTICLES, ...INNER_PARTICLES]);
const MOST_PARTICLES = 3;
/** "metteur en scène", "presidente en funciones". */
const IN_OFFICE = new Set('scène chef exercice jefe funciones'.split(' '));
const TO_OFFICE = new Set("al ai alla alle agli allo all' all’".split(' '));
const CLITICS = new Set("lo la los las le les li gli ne o a os as l’ l'".split(' '));
const LONGEST_PHRASE = 14;
/** What makes a day of a German word that may be a surname. */
const BEFORE_GERMAN_DAY = new Set(
  'am vom ab bis seit zum diesem kommenden nächsten letzten vergangenen vorigen späten frühen'.split(' '),
);
const QUALIFIED_TIME = new Set('last next this'.split(' '));
const BEFORE_DAY = new Set([...QUALIFIED_TIME, 'on']);
const BEFORE_MONTH = new Set([...QUALIFIED_TIME, ...'in since by until during'.split(' ')]);
/** Nouns for who comes from somewhere that are no adjectives: "the Dane". */
const NATIONALS = new Set(
  'dane swede finn pole turk spaniard briton scot englishman welshman irishman frenchman dutchman icelander'.split(' '),
);
const NUMERALS = new Set('two three four five six seven eight'.split(' '));
/** What stands behind a name and is no part of it: "Rosalind Keene KC". */
const HONOURS = new Set('KC QC SC MP MEP MSP MLA TD OBE MBE CBE QPM PhD MD DD FRS'.split(' '));
/** Verbs that report what is held or written with "that" behind them only: "recorded in his diary that". */
const HOLDS = new Set('held recorded accepted found felt judged'.split(' '));
/** "he liked to [say]", "she used to [say]". */
const HABITS = new Set('liked likes used loved loves tended tends'.split(' '));
/** Tokens back from a participle to its auxiliary: "a-t-il ensuite martelé". */
const FARTHEST_AUXILIARY = 6;

export class PhraseReader {
  /** Of each token, what is asked of it again and again. */
  private readonly lowered: readonly string[];
  private readonly capitals: readonly boolean[];

  constructor(
    private readonly body: string,
    readonly tokens: readonly Token[],
    private readonly lexicon: SpeechLexicon,
  ) {
    this.lowered = tokens.map(({ text }) => text.toLowerCase());
    this.capitals = tokens.map(({ text }, at) => /^\p{Lu}/u.test(text) && !this.isTime(at));
  }

  /** The phrase that starts at token `first` and ends before `limit`, if there is one. */
  startingAt(first: number, limit: number): NounPhrase | undefined {
    const opening = this.lower(first);
    if (first >= limit || opening === '') return undefined;
    if (this.lexicon.pronouns.has(opening)) return this.pronounAt(first);

    const determiner = this.lexicon.determiners.has(opening) && !this.isInnerName(first) ? opening : '';
    const from = this.startOfNouns(determiner ? first + 1 : first, determiner);
    const last = this.endOfWords(from, limit);
    if (last === from)
      return this.isAlone(determiner, from) ? { ...this.pronounAt(first), kind: 'unnamed' } : undefined;
    const run = this.lastNameRun(from, last);
    const apposed = run && this.isAcronymOf(run, from) ? this.apposedName(last, limit) : undefined;
    if (apposed) return { ...apposed, first, roles: [...this.words(from, run!.last), ...apposed.roles], determiner };
    if (run && !this.isOfficeOf(run) && (run.last === last || this.isFollowedByManner(run, from, last, determiner)))
      return this.named(first, from, run, determiner);
    return this.described(first, from, last, limit, determiner);
  }

  /** "One called it a farce", "Some say": an English article that stands for somebody. */
  private isAlone(determiner: string, verb: number): boolean {
    return !this.lexicon.isVerbFirst && this.lexicon.indefinite.has(determiner) && this.isVerb(verb);
  }

  /** "On Tuesday President Holt", "Last Monday Piet Corvin", "In July Mira Holt", "sagte am Montag": a time, and no part of the name. */
  private isTime(at: number): boolean {
    const [before, word, after] = [this.lower(at - 1), this.lower(at), this.lower(at + 1)];
    if (ENGLISH_DAYS.has(word)) return BEFORE_DAY.has(before);
    if (ENGLISH_MONTHS.has(word)) return BEFORE_MONTH.has(before) && !MONTHS_AND_NAMES.has(word);
    if (this.lexicon.days.has(word)) return BEFORE_GERMAN_DAY.has(before);
    return QUALIFIED_TIME.has(word) && (ENGLISH_DAYS.has(after) || ENGLISH_MONTHS.has(after));
  }

  /** "la prima cittadina": where the word for "first" is that for "before" too. */
  private startOfNouns(from: number, determiner: string): number {
    const isOrdinal = this.lexicon.tellsGender && determiner !== '' && this.lexicon.boundaries.has(this.lower(from));
    return isOrdinal && isRole(this.lower(from + 1)) ? from + 1 : from;
  }

  /** "la déléguée CFDT, Samira Ouali": whom an office belongs to. */
  private isAcronymOf({ first, last }: NameRun, from: number): boolean {
    const isAcronym = last - first === 1 && /^\p{Lu}{2,6}$/u.test(this.text(first));
    return this.lexicon.tellsGender && isAcronym && this.words(from, first).some((word) => isRole(word));
  }

  /** "Commissaris van de Koning Bas Vonk": an office without a name, with what it is of behind it. */
  private isOfficeOf(run: NameRun): boolean {
    return LINKS.has(this.text(run.last)) && this.splitTitles(run).nameFirst >= run.last;
  }

  /** "zegt Farida Haan | bescheiden": where the verb comes first, words without a capital behind a name are no part of it. */
  private isFollowedByManner(run: NameRun, from: number, last: number, determiner: string): boolean {
    if (this.lexicon.isVerbSecond !== true || run.first !== from || determiner !== '') return false;
    return !this.words(run.last, last).some((word) => isRole(word));
  }

  /** The phrase that ends right before token `last` and starts at or after `floor`. */
  endingAt(last: number, floor: number): NounPhrase | undefined {
    const verb = this.isVerb(last) && this.isClitic(last - 1) ? last - 1 : last;
    const end = this.skipBackOverAuxiliaries(verb, floor);
    if (end <= floor) return undefined;
    if (this.lexicon.pronouns.has(this.lower(end - 1))) return this.pronounAt(end - 1);
    if (this.text(end - 1) === ',') return this.endingAtComma(end - 1, floor);
    if (this.text(end - 1) === ')') return this.endingAtBracket(end - 1, floor);
    const phrase = this.startingAt(this.startOfWords(end, floor), end);
    if (!phrase || phrase.last < end) return undefined;
    if (this.isOfSomethingElse(phrase, floor)) return { ...phrase, kind: 'unnamed' };
    return this.whoBelongsTo(phrase, floor) ?? phrase;
  }

  /** "una agencia de Vilar [ha propuesto]": the place is not what acts. */
  private isOfSomethingElse({ first, kind }: NounPhrase, floor: number): boolean {
    return this.lexicon.tellsGender && kind === 'name' && first > floor && LINKS.has(this.text(first - 1));
  }

  /** The run of capitals that starts at `first`: initials, hyphens, particles and plural possessives included. */
  nameRun(first: number, limit: number): NameRun | undefined {
    if (!this.isCapital(first)) return undefined;
    let last = first + 1;
    while (last < limit) {
      const next = this.nameContinuesAt(last, limit);
      if (next === last) break;
      last = next;
    }
    return { first, last };
  }

  /** Splits a run into the titles before the name and the name; a run of titles only has an empty name. */
  splitTitles(run: NameRun): { titles: string[]; nameFirst: number } {
    let nameFirst = run.first;
    const isBodysName = NOT_PERSONAL.has(this.lower(run.last - 1));
    for (let at = run.first; at < run.last - 1; at++) {
      // "Farmer Rosa Quintel" is an office and a name, "Baker Quintel" may be all name, "Coast Guard Corps" is.
      const office = this.isOffice(at) && !isBodysName && (at > run.first || !this.isGivenNameAndSurname(run));
      const body = at === run.first && BODIES.has(this.lower(at)) && !NOT_PERSONAL.has(this.lower(at));
      // "Saint-Orens" is a place, "Earl Hutchins" may be all name.
      const isJoined = this.text(at + 1) === '-' && this.touches(at);
      const isName = run.last - run.first === 2 && /^(?:earl|duke)$/.test(this.lower(at));
      if (office || body || (TITLES.has(this.lower(at)) && !isName)) nameFirst = isJoined ? nameFirst : at + 1;
    }
    if (nameFirst === run.first && this.opensBeforeGivenName(run)) nameFirst++;
    while (this.text(nameFirst) === '.' || this.text(nameFirst) === '-') nameFirst++;
    if (this.isOfficeInTwoWords(run)) nameFirst = run.last;
    const onlyTitles = nameFirst === run.last - 1 && nameFirst > run.first && isRole(this.lower(nameFirst));
    if (onlyTitles || (run.last - run.first === 1 && isRole(this.lower(run.first)))) nameFirst = run.last;
    return { titles: this.words(run.first, nameFirst), nameFirst };
  }

  /** "der Vorsitzende Richter": behind an article German writes each word of an office with a capital. */
  private isOfficeInTwoWords({ first, last }: NameRun): boolean {
    const isBehindArticle = this.lexicon.capitalsNouns === true && this.lexicon.determiners.has(this.lower(first - 1));
    return isBehindArticle && last - first === 2 && isRole(this.lower(first)) && isRole(this.lower(first + 1));
  }

  /** Two words, or "Dean Holt-Moss": a word for an office that is a given name too, and a hyphened surname. */
  private isGivenNameAndSurname({ first, last }: NameRun): boolean {
    const isHyphened = last - first === 4 && this.text(first + 2) === '-';
    return last - first === 2 || (isHyphened && genderOfGivenName(this.text(first)) !== undefined);
  }

  /** A noun for what a person is; "Secretaria de Abastecimento" is a body, though the word is an office in other languages. */
  private isOffice(at: number): boolean {
    const isBody = this.lexicon.tellsGender && this.isCapital(at) && this.lexicon.bodyNouns.has(this.lower(at));
    return isRole(this.lower(at)) && !isBody;
  }

  /** "Unseeded Katya Brell": the first word, which is no given name, stands before one. */
  private opensBeforeGivenName({ first, last }: NameRun): boolean {
    return (
      last - first > 2 &&
      !NOT_PERSONAL.has(this.lower(first)) &&
      !PARTICLES.has(this.lower(first)) &&
      this.isCapital(first + 1) &&
      genderOfGivenName(this.text(first)) === undefined &&
      genderOfGivenName(this.text(first + 1)) !== undefined
    );
  }

  lower(at: number): string {
    return this.lowered[at] ?? '';
  }

  text(at: number): string {
    return this.tokens[at]?.text ?? '';
  }

  /** Lower-case words of a token range, marks left out. */
  words(first: number, last: number): string[] {
    const words: string[] = [];
    for (let at = first; at < last; at++) if (/^\p{L}/u.test(this.text(at))) words.push(this.lower(at));
    return words;
  }

  isCapital(at: number): boolean {
    return this.capitals[at] ?? false;
  }

  isVerb(at: number): boolean {
    const word = this.lower(at);
    if (HOLDS.has(word)) return [1, 2, 3, 4].some((ahead) => this.lower(at + ahead) === 'that');
    // "felt his side had shown", where the draw "felt like a win"
    if (word === 'felt' && this.lexicon.possessives.has(this.lower(at + 1))) return true;
    if (this.lexicon.verbs.has(word)) return !this.lexicon.verbalNouns.has(word) || !this.isBehindArticle(at);
    return this.lexicon.participles.has(word) && this.isBehindPerfect(at);
  }

  /** "la describió", "l’a jugé": an object before its verb, though it has an article's form. */
  isClitic(at: number): boolean {
    return this.lexicon.tellsGender && CLITICS.has(this.lower(at));
  }

  /** "la denuncia", "sin queja": a noun, though it has a verb's form. */
  private isBehindArticle(at: number): boolean {
    const before = this.lower(at - 1);
    return this.lexicon.determiners.has(before) || this.lexicon.prepositions.has(before);
  }

  /** "ha también señalado", "a-t-il martelé". */
  isBehindPerfect(at: number): boolean {
    for (let before = at - 1; before >= at - FARTHEST_AUXILIARY; before--) {
      const word = this.lower(before);
      if (this.lexicon.perfect.has(word)) return true;
      if (!this.lexicon.auxiliaries.has(word) && !this.lexicon.pronouns.has(word) && word !== '-') return false;
    }
    return false;
  }

  /** True where no space stands between two neighbouring tokens. */
  private touches(at: number): boolean {
    return this.tokens[at]?.end === this.tokens[at + 1]?.start;
  }

  /** "Lucia Farrow of Brandt & Kay [said]", "a woman from Calder [said]": not the place, but who belongs to it. */
  private whoBelongsTo(phrase: NounPhrase, floor: number): NounPhrase | undefined {
    const link = phrase.first - 1;
    if (phrase.kind === 'pronoun' || link <= floor || !BELONGING.has(this.lower(link))) return undefined;
    const holder = this.endingAt(link, floor);
    // "Lucia Farrow of the Brandt Institute in Calder [said]": the body belongs to the place, and she to the body.
    const isHolder = holder?.last === link || (holder !== undefined && this.isLinkedTo(holder.last, link));
    return isHolder && (holder.kind === 'name' || holder.roles.some((word) => isRole(word))) ? holder : undefined;
  }

  private isLinkedTo(from: number, link: number): boolean {
    if (!BELONGING.has(this.lower(from))) return false;
    for (let at = from; at < link; at++) if (this.isVerb(at) || /^[,.;:–—]$/.test(this.text(at))) return false;
    return true;
  }

  /** The token at `at` as a pronoun. */
  pronounAt(at: number): NounPhrase {
    const token = this.tokens[at]!;
    return {
      kind: 'pronoun',
      start: token.start,
      end: token.end,
      first: at,
      last: at + 1,
      name: '',
      roles: [this.lower(at)],
      determiner: '',
    };
  }

  private named(first: number, from: number, run: NameRun, determiner: string): NounPhrase {
    const { titles, nameFirst } = this.splitTitles(run);
    const office = this.behindVerb(this.afterPossessor(from, run.first), run.first);
    const roles = [...this.words(office, run.first), ...titles];
    if (nameFirst >= run.last || this.isNoName(run, determiner)) {
      const words = this.words(nameFirst, run.last);
      return this.phrase('description', first, from, run.last, [...roles, ...words], determiner);
    }
    const start = this.tokens[nameFirst]!.start;
    const isHonoured = run.last - nameFirst > 1 && HONOURS.has(this.text(run.last - 1));
    const name = this.body.slice(start, this.tokens[isHonoured ? run.last - 2 : run.last - 1]!.end);
    if (isHonoured) roles.push(this.lower(run.last - 1));
    return { ...this.phrase('name', first, titles.length ? run.first : nameFirst, run.last, roles, determiner), name };
  }

  /** "The club sacked [coach] Max Holt": what acts in English, and the verb, say nothing of the name behind. */
  private behindVerb(from: number, last: number): number {
    for (let at = last - 1; at > from && !this.lexicon.isVerbFirst; at--)
      if (BODIES.has(this.lower(at - 1)) && isPastForm(this.lower(at))) return at + 1;
    return from;
  }

  /** "the Norwegian", "der 51-Jährige": where somebody is from or how old, and no name. */
  private isNoName({ first, last }: NameRun, determiner: string): boolean {
    const word = this.lower(first);
    const isNational = demonymOf(word) !== undefined || NATIONALS.has(word);
    return determiner !== '' && last - first === 1 && (isNational || isAgeNoun(word));
  }

  private described(
    first: number,
    from: number,
    last: number,
    limit: number,
    determiner: string,
  ): NounPhrase | undefined {
    const end = this.endOfLinked(last, limit);
    const apposed = this.apposedName(end, limit) ?? this.nameBehindLink(last, end);
    const roles = this.words(this.afterPossessor(from, end), end);
    if (apposed) return { ...apposed, first, roles: [...roles, ...apposed.roles], determiner };
    const personal = roles.some((word) => isPersonal(word, this.lexicon));
    const unnamed =
      this.lexicon.indefinite.has(determiner) || (!personal && (!determiner || this.afterPossessor(from, end) > from));
    return this.phrase(unnamed ? 'unnamed' : 'description', first, from, end, roles, determiner);
  }

  private phrase(
    kind: NounPhrase['kind'],
    first: number,
    from: number,
    last: number,
    roles: string[],
    determiner: string,
  ): NounPhrase {
    return {
      kind,
      start: this.tokens[from]!.start,
      end: this.tokens[last - 1]!.end,
      first,
      last,
      name: '',
      roles,
      determiner,
    };
  }

  /** "the minister's office": what stands before the possessive is somebody else. */
  private afterPossessor(from: number, last: number): number {
    for (let at = last - 1; at > from; at--) if (/^['’]s$/.test(this.text(at))) return at + 1;
    return from;
  }

  /** "the president of Asteria": an office with what it is of belongs together. */
  private endOfLinked(last: number, limit: number): number {
    if (!this.isLink(last) || !this.isBehindOffice(last)) return last;
    // "le dramaturge de 26 ans": an age says nothing of the office.
    if (/^\d/.test(this.text(last + 1))) return last;
    const from = this.lexicon.determiners.has(this.lower(last + 1)) ? last + 2 : last + 1;
    return this.endOfWords(from, limit);
  }

  /** "assessore | ai", "assessore regionale | ai": behind an office, or behind its adjective in Romance languages. */
  private isBehindOffice(at: number): boolean {
    if (isRole(this.lower(at - 1))) return true;
    const mayHaveAdjective = this.lexicon.tellsGender && isRole(this.lower(at - 2));
    return mayHaveAdjective && /^\p{Ll}{4}/u.test(this.text(at - 1)) && !this.lexicon.outsiders.has(this.lower(at - 1));
  }

  /** "president of", "metteur en scène". */
  private isLink(at: number): boolean {
    // "l'assessore ai Trasporti"
    const isItalian = this.lexicon.tellsGender && TO_OFFICE.has(this.text(at)) && this.isCapital(at + 1);
    return LINKS.has(this.text(at)) || isItalian || (this.text(at) === 'en' && IN_OFFICE.has(this.text(at + 1)));
  }

  /** "officier van justitie Mark Uitman", "Minister für Verkehr Jan Holt": the name behind what an office is of. */
  private nameBehindLink(link: number, end: number): NounPhrase | undefined {
    const run = end > link ? this.lastNameRun(link + 1, end) : undefined;
    if (run?.last !== end) return undefined;
    for (let at = run.first; at < end - 1; at++) {
      const isBehindNoun = at > run.first || /^\p{Ll}/u.test(this.text(at - 1));
      // "mother of three Anna Holm"
      const isNumber = NUMERALS.has(this.lower(at - 1));
      const isArticle =
        at === run.first && (at === link + 1 || (this.lexicon.determiners.has(this.lower(at - 1)) && !isNumber));
      if (isBehindNoun && !isArticle && (isNumber || genderOfGivenName(this.text(at)) !== undefined))
        return this.named(at, at, { first: at, last: end }, '');
    }
    return undefined;
  }

  private apposedName(comma: number, limit: number): NounPhrase | undefined {
    if (this.text(comma) !== ',') return undefined;
    const run = this.lastNameRun(comma + 1, this.endOfWords(comma + 1, limit));
    if (run?.first === comma + 1) return this.named(comma + 1, comma + 1, run, '');
    // "The vicar, the Rev Paul Larch, [said]": with an article only between commas, else it is somebody else.
    const apposed = /^(?:the|der|die)$/.test(this.text(comma + 1)) ? this.startingAt(comma + 1, limit) : undefined;
    return apposed?.kind === 'name' && this.text(apposed.last) === ',' ? apposed : undefined;
  }

  /** "Cllr Tessa Holm (Ind) [said]": the phrase before what stands in brackets. */
  private endingAtBracket(closing: number, floor: number): NounPhrase | undefined {
    let opening = closing - 1;
    while (opening > floor && this.text(opening) !== '(') opening--;
    const before = opening > floor ? this.endingAt(opening, floor) : undefined;
    const isPerson = before?.kind === 'name' && genderOfGivenName(before.name.split(' ')[0]!) !== undefined;
    // A body has its short form there, and is more often spoken of than heard.
    return isPerson || before?.roles.some((word) => isRole(word)) ? before : undefined;
  }

  /** "X, the owner, [said]" and "His deputy, X, [said]": the phrase before an enclosed one. */
  private endingAtComma(comma: number, floor: number): NounPhrase | undefined {
    let opening = comma - 1;
    while (opening > floor && this.text(opening) !== ',') opening--;
    if (this.text(opening) !== ',') {
      const whole = this.endingAt(comma, floor);
      return whole?.first === floor ? whole : undefined;
    }
    // "Anna Holm, 52, who runs the port, [said]"
    const isAge = /^\d+$/.test(this.text(opening - 1)) && this.text(opening - 2) === ',';
    const before = this.beforeOrigin(this.endingAt(isAge ? opening - 2 : opening, floor), floor);
    const enclosed = this.startingAt(opening + 1, comma);
    // "o presidente da câmara de Vilar, Rui Salema, [disse]": a place that somebody is of does not speak.
    const isPlaceOf =
      before?.kind === 'name' && (LINKS.has(this.text(before.first - 1)) || BELONGING.has(this.text(before.first - 1)));
    const isSpeaker = before?.kind !== 'name' || (isPlaceOf && enclosed?.name.includes(' '));
    const isWhole =
      enclosed?.last === comma || (enclosed?.name.includes(' ') === true && this.isLinkedTo(enclosed.last, comma));
    if (enclosed?.kind === 'name' && before?.kind === 'description' && this.isOfBody(before))
      return this.holderOf(before, floor);
    if (enclosed?.kind === 'name' && isWhole && isSpeaker) {
      return { ...enclosed, roles: [...(before?.roles ?? []), ...enclosed.roles] };
    }
    return before ?? enclosed;
  }

  /** "Colm Garvey, chief executive of the developer, Slievemore Renewables, [said]": the name is that of what he runs. */
  private isOfBody({ roles }: NounPhrase): boolean {
    return roles.length > 1 && BODIES.has(roles.at(-1)!) && roles.some((word) => isRole(word));
  }

  /** Who stands before the comma of what they are, or what they are alone. */
  private holderOf(office: NounPhrase, floor: number): NounPhrase {
    const comma = office.first - 1;
    return (comma > floor && this.text(comma) === ',' ? this.endingAt(comma, floor) : undefined) ?? office;
  }

  /** Whom a clause behind a comma is about: "Mary Holt, of Library Row, [who lives there]". */
  antecedentAt(comma: number, floor: number): NounPhrase | undefined {
    const before = this.beforeOrigin(this.endingAt(comma, floor), floor);
    return before && before.kind !== 'name' ? this.holderOf(before, floor) : before;
  }

  /** "Mary Holt, of Library Row, [who lives there]": who stands before the comma of where they belong. */
  private beforeOrigin(phrase: NounPhrase | undefined, floor: number): NounPhrase | undefined {
    const comma = phrase ? phrase.first - 2 : floor;
    const isOrigin = comma > floor && this.text(comma) === ',' && BELONGING.has(this.lower(comma + 1));
    return isOrigin ? this.endingAt(comma, floor) : phrase;
  }

  private endOfWords(from: number, limit: number): number {
    let at = from;
    const end = Math.min(limit, from + LONGEST_PHRASE);
    while (at < end && this.belongs(at, at > from) && !(at > from && this.opensAnother(at)))
      at = this.pastBody(at, end);
    while (at > from && !/[\p{L}\p{N}]/u.test(this.text(at - 1))) at--;
    return at;
  }

  /** The token after one, or after the whole name of a body that begins there. */
  private pastBody(at: number, limit: number): number {
    return this.joinsBody(at + 1, limit) ? (this.nameRun(at, limit)?.last ?? at + 1) : at + 1;
  }

  private startOfWords(end: number, floor: number): number {
    let at = end;
    while (at > floor && end - at < LONGEST_PHRASE) {
      const previous = at - 1;
      const linked = this.isLink(previous) && this.isBehindOffice(previous);
      if (this.isLinkedDeterminer(previous)) {
        at = previous - 1;
        continue;
      }
      if (!linked && this.lexicon.determiners.has(this.lower(previous)) && !this.isInnerName(previous)) return previous;
      if (!linked && !this.belongs(previous, previous > floor)) break;
      at = previous;
    }
    while (at < end && !/^[\p{L}\p{N}]/u.test(this.text(at))) at++;
    return at;
  }

  /** "the head of the union": the article does not begin a phrase where an office is linked to it. */
  private isLinkedDeterminer(at: number): boolean {
    return this.lexicon.determiners.has(this.lower(at)) && LINKS.has(this.text(at - 1)) && isRole(this.lower(at - 2));
  }

  private belongs(at: number, inside: boolean): boolean {
    const word = this.lower(at);
    if (word === '-' || word === '–') return this.touches(at - 1) && this.touches(at);
    if (word === '.') return inside && this.endsAbbreviation(at);
    if (word === "'s" || word === '’s') return true;
    if (this.joinsNames(at)) return inside;
    if (inside && this.isParticleOfName(at)) return true;
    if (!inside && this.opensName(at)) return true;
    if (word === "'" || word === '’') return /s$/.test(this.text(at - 1)) && this.touches(at - 1);
    if (!/^[\p{L}\p{N}]/u.test(word)) return false;
    if (this.isLink(at) && this.isOffice(at - 1)) return false;
    const isName = this.text(at).length > 3 || this.isShortGivenName(at);
    if (this.isCapital(at) && (inside || isName)) return !this.isSentenceWord(at);
    return !this.lexicon.outsiders.has(word);
  }

  /** "said Per Holm": a given name that is a small word elsewhere. */
  private isShortGivenName(at: number): boolean {
    return this.isCapital(at + 1) && !this.startsSentence(at) && genderOfGivenName(this.text(at)) !== undefined;
  }

  /** A capital that is only a sentence's first word. */
  private isSentenceWord(at: number): boolean {
    const word = this.lower(at);
    const { boundaries, verbs, adverbs, openers } = this.lexicon;
    if (!this.startsSentence(at)) return false;
    // "Then Holt", where "Will Holt" is a name.
    const isAuxiliary = this.lexicon.auxiliaries.has(word) && genderOfGivenName(word) === undefined;
    return isAuxiliary || [boundaries, verbs, adverbs, openers].some((words) => words.has(word));
  }

  private startsSentence(at: number): boolean {
    return at === 0 || /^[.!?…”"’»]$/.test(this.text(at - 1));
  }

  private isInnerName(at: number): boolean {
    return this.isCapital(at) && (this.isCapital(at - 1) || this.opensName(at));
  }

  /** "zegt Van Dalfsen", "meldt Op Weg": a small word with a capital in the middle of a sentence, and a name behind it. */
  private opensName(at: number): boolean {
    const isSmall = this.lexicon.isVerbSecond === true && this.isCapital(at) && this.text(at).length <= 3;
    if (!isSmall || this.startsSentence(at) || /^[“‘«:]$/.test(this.text(at - 1))) return false;
    return this.isCapital(at + 1) || this.particlesFrom(at + 1) > 0;
  }

  /** "Anna Heide | vergangene Woche", "Anna Heide | den Plan": what stands behind a name and is no part of it. */
  private opensAnother(at: number): boolean {
    const word = this.lower(at);
    if (this.isCapital(at - 1) && (this.lexicon.times.has(word) || this.lexicon.adverbs.has(word))) return true;
    // "Der Stürmer | traf dreimal": a noun with a capital is the last word of its phrase.
    const isBehindNoun =
      this.lexicon.capitalsNouns === true && this.isCapital(at - 1) && /^\p{Ll}/u.test(this.text(at));
    if (isBehindNoun && !this.isParticleOfName(at)) return true;
    const mayFollow =
      this.lexicon.isVerbSecond === true || (this.lexicon.isVerbFirst === true && this.isCapital(at - 1));
    return mayFollow && this.lexicon.determiners.has(word) && !this.isCapital(at) && !this.isParticleOfName(at);
  }

  /** "van" and "der" of "Marieke van der Laan". */
  private isParticleOfName(at: number): boolean {
    let first = at;
    while (at - first < MOST_PARTICLES && this.mayBeParticle(first)) {
      if (this.isCapital(first - 1)) return !this.isOffice(first - 1) && first + this.particlesFrom(first) > at;
      first--;
    }
    return false;
  }

  private mayBeParticle(at: number): boolean {
    return ANY_PARTICLES.has(this.text(at));
  }

  /** How many particles lead from a token to the last part of a name: two in "van der Laan", none in "van de partij". */
  private particlesFrom(first: number): number {
    const word = this.text(first);
    const isOld = OPENS_PARTICLES.has(word) && OLD_ARTICLES.has(this.text(first + 1));
    const opens = PARTICLES.has(word) || (isOld && this.lexicon.capitalsNouns !== true);
    if (!opens || this.isArticle(first) || this.isOrigin(first) || this.joinsPeople(first)) return 0;
    let last = first + 1;
    while (last - first < MOST_PARTICLES && (PARTICLES.has(this.text(last)) || INNER_PARTICLES.has(this.text(last))))
      last++;
    return this.isCapital(last) ? last - first : 0;
  }

  /** "Ugo Barile e Luca Ferri", where "Ortega y Gasset" is one. */
  private joinsPeople(at: number): boolean {
    const isAnd = this.lexicon.tellsGender && /^[ey]$/.test(this.text(at));
    const areNames = this.isCapital(at - 2) && this.isCapital(at - 1) && this.isCapital(at + 2);
    return isAnd && areNames && genderOfGivenName(this.text(at + 1)) !== undefined;
  }

  /** "nannte Anna Heide den Plan", where "der Bund der Bahner" has one name. */
  private isArticle(at: number): boolean {
    const isOne = this.lexicon.capitalsNouns === true && this.lexicon.determiners.has(this.text(at));
    return isOne && !(this.text(at) === 'der' && this.lexicon.determiners.has(this.lower(at - 2)));
  }

  /** "Frank de Ruyter van Volksgezondheid": after a whole name, where somebody belongs. */
  private isOrigin(at: number): boolean {
    if (!ORIGINS.has(this.text(at)) || !this.lexicon.boundaries.has(this.text(at))) return false;
    const first = PARTICLES.has(this.text(at - 2)) ? at - 3 : at - 2;
    const word = this.lower(first);
    if (NOBLE.has(this.lower(at - 1))) return false;
    const isGiven = this.isCapital(first) && !isRole(word) && !this.lexicon.boundaries.has(word);
    return isGiven && this.isCapital(at - 1) && genderOfGivenName(this.text(at - 1)) === undefined;
  }

  private endsAbbreviation(at: number): boolean {
    return (
      this.touches(at - 1) &&
      (this.text(at - 1).length === 1 || TITLES.has(this.lower(at - 1))) &&
      this.isCapital(at - 1)
    );
  }

  private lastNameRun(from: number, last: number): NameRun | undefined {
    let found: NameRun | undefined;
    for (let at = from; at < last; at++) {
      const run = this.nameRun(at, last);
      if (!run) continue;
      found = run;
      at = run.last - 1;
    }
    return found;
  }

  /** "Syndicat des apiculteurs du Morvan": French writes but the first word of a body's name with a capital. */
  private joinsBody(at: number, limit: number): boolean {
    const isNoun = /^\p{Ll}{4}/u.test(this.text(at + 1)) && !this.lexicon.outsiders.has(this.lower(at + 1));
    const isFrench = this.lexicon.tellsGender && !this.lexicon.dropsPronoun;
    const isHead = this.isCapital(at - 1) && this.lexicon.bodyNouns.has(this.lower(at - 1));
    return isFrench && isHead && /^d(?:es|e|u)$/.test(this.text(at)) && isNoun && at + 1 < limit;
  }

  /** "Brandt & Kay", "the League of Teachers". */
  private joinsNames(at: number): boolean {
    if (!this.isCapital(at - 1) || !this.isCapital(at + 1)) return false;
    const word = this.text(at);
    if (word === '&') return true;
    const isOf = (word === 'of' || word === 'for') && NOT_PERSONAL.has(this.lower(at - 1));
    return isOf || this.joinsTrades(at);
  }

  /** "the Food and Drink Workers' Federation": one word on either side, and a body at the end. */
  private joinsTrades(at: number): boolean {
    if (this.text(at) !== 'and' || this.lower(at - 2) !== 'the' || !this.isCapital(at - 1)) return false;
    let end = at + 1;
    while (this.isCapital(end) || /^['’]s?$/.test(this.text(end))) end++;
    return end > at + 2 && NOT_PERSONAL.has(this.lower(end - 1));
  }

  private nameContinuesAt(at: number, limit: number): number {
    const word = this.text(at);
    if (this.isCapital(at)) return at + 1;
    if (this.joinsNames(at) || this.joinsBody(at, limit)) return at + 2;
    if (word === '.' && this.endsAbbreviation(at)) return at + 1;
    if ((word === '-' || word === '–') && this.touches(at - 1) && this.touches(at) && /^\p{L}/u.test(this.text(at + 1)))
      return at + 2;
    if ((word === "'" || word === '’') && /s$/.test(this.text(at - 1)) && this.isCapital(at + 1)) return at + 2;
    if (!this.mayBeParticle(at) || this.isOffice(at - 1)) return at;
    const particles = this.particlesFrom(at);
    if (particles > 0 && at + particles < limit) return at + particles + 1;
    // "Bashar al-Assad": the particle is joined to the name by a hyphen.
    return PARTICLES.has(word) && this.text(at + 1) === '-' && this.isCapital(at + 2) ? at + 3 : at;
  }

  private skipBackOverAuxiliaries(last: number, floor: number): number {
    let at = last;
    while (at > floor && this.lexicon.auxiliaries.has(this.lower(at - 1))) at--;
    // "Mira Holt on Wednesday [said]", "the mayor last Friday [called]".
    if (this.lower(at - 1) === 'to' && HABITS.has(this.lower(at - 2)))
      return this.skipBackOverAuxiliaries(at - 2, floor);
    const time = ENGLISH_DAYS.has(this.lower(at - 1)) && BEFORE_DAY.has(this.lower(at - 2)) ? at - 2 : at;
    return time > floor && time < at ? this.skipBackOverAuxiliaries(time, floor) : at;
  }
}
