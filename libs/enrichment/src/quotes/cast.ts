import type { SpanData } from '@wireroom/contracts';
import { BODIES, EPICENES, EQUIVALENT_ROLES, isRole, OWN_OFFICES, type SpeechLexicon } from './lexicon.js';
import type { NounPhrase, PhraseReader } from './noun-phrase.js';
import { demonymOf } from './demonyms.js';
import { genderOfName, type Gender } from './given-names.js';

/** Nouns for a body whatever else it is called. */
const ANY_BODY = new Set('company firm group'.split(' '));
/** Letters of an office that another one may end in. */
const SHORTEST_OFFICE = 4;
/** Tokens of what somebody is, before the comma and the name. */
const LONGEST_APPOSITION = 14;

/** A person, or an organisation that speaks, as the whole document knows it. */
export interface Person {
  /** The longest form of the name. */
  name: string;
  /** Lower-case words for what the person is. */
  roles: Set<string>;
  /** As titles, nouns and pronouns say. */
  gender?: Gender;
  /** A company, a union or another body, introduced as one. */
  isBody?: boolean;
  mentions: Mention[];
}

/** One place where the running text, outside quotations, names or means a person. */
export interface Mention extends SpanData {
  person: Person;
  isSubject: boolean;
  sentence: number;
  paragraph: number;
}

/** Everyone a document names, with what it says they are. */
export class Cast {
  readonly people: Person[] = [];
  /** By the first and the last word of their names. */
  private readonly byWord = new Map<string, Set<Person>>();
  private readonly nameWords = new Map<string, readonly string[]>();

  constructor(
    private readonly reader: PhraseReader,
    private readonly lexicon: SpeechLexicon,
  ) {}

  /** Files a named phrase under its person, who is new unless a name fits. */
  meet(phrase: NounPhrase): Person {
    const name = withoutShouting(phrase.name);
    const gender = this.genderBeside(name, phrase);
    const known = this.byName(name, gender);
    const person = known ?? { name, roles: new Set<string>(), mentions: [] };
    if (!known) this.people.push(person);
    if (name.split(' ').length > person.name.split(' ').length) person.name = name;
    this.index(person);
    for (const role of phrase.roles) person.roles.add(role);
    person.gender ??= gender;
    return person;
  }

  /** "Chairman Marjorie Plum": offices that end in -man are women's too, where the given name says so. */
  private genderBeside(name: string, { roles, determiner }: NounPhrase): Gender | undefined {
    const likely = genderOfName(name);
    const said = this.genderOf(roles, determiner);
    const isOfEither = said !== likely && roles.some((word) => /.man$/.test(word) && isRole(word));
    return likely && isOfEither
      ? this.genderOf(
          roles.filter((word) => !/.man$/.test(word)),
          determiner,
        )
      : said;
  }

  /** The person a full name, a surname or a first name means; the one named last where several fit. */
  byName(name: string, gender?: Gender, before = Infinity): Person | undefined {
    const words = this.wordsOf(name);
    const fitting = this.peopleCalled(words).filter(
      (person) => wordsFit(this.wordsOf(person.name), words) && (!gender || !person.gender || person.gender === gender),
    );
    const likely = fitting.filter((person) => (genderOf(person) ?? gender) === gender);
    const exact = fitting.find((person) => person.name === name);
    const nearest = exact ?? this.calledSo(gender && likely.length > 0 ? likely : fitting, name, before);
    return nearest ?? this.byOffice(name.split(' '), gender, before);
  }

  /** Everybody whose name begins or ends with a word that the given one begins or ends with, as they were met. */
  private peopleCalled(words: readonly string[]): Person[] {
    const [first, last] = [this.byWord.get(words[0]!), this.byWord.get(words.at(-1)!)];
    if (!first || !last || first === last) return [...(first ?? last ?? [])];
    return this.people.filter((person) => first.has(person) || last.has(person));
  }

  private index(person: Person): void {
    const words = this.wordsOf(person.name);
    for (const word of [words[0]!, words.at(-1)!]) {
      const called = this.byWord.get(word);
      if (called) called.add(person);
      else this.byWord.set(word, new Set([person]));
    }
  }

  /** Whether a lower-case word begins or ends somebody's name. */
  isInName(word: string): boolean {
    return this.byWord.has(word);
  }

  /** Of those whom a name fits: the one whom the text calls by just that more often, then who was named first: of kin, the others have their given names. */
  private calledSo(fitting: Person[], name: string, before: number): Person | undefined {
    const times = ({ mentions }: Person) =>
      mentions.filter(({ start, end }) => start < before && end - start === name.length).length;
    const isSurname = ({ name: whole }: Person) => Number(whole.endsWith(` ${name}`));
    return fitting.sort(
      (a, b) => times(b) - times(a) || isSurname(b) - isSurname(a) || firstMention(a) - firstMention(b),
    )[0];
  }

  /** "Councilwoman Holt", after Mira Holt, a councilwoman. */
  private byOffice([office = '', surname, ...more]: string[], gender?: Gender, before?: number): Person | undefined {
    if (surname === undefined || more.length > 0 || !isRole(office.toLowerCase())) return undefined;
    const person = this.byName(surname, gender, before);
    return person && this.playsRole(person, office.toLowerCase()) ? person : undefined;
  }

  /** The person a description means ("the Iranian defence minister"), judged by office, country and nearness. */
  byDescription(words: string[], determiner: string, before: number): Person | undefined {
    const head = this.lexicon.tellsGender ? words.find((word) => isRole(word)) : headOf(words);
    if (!head) return undefined;
    const country = words.map(demonymOf).find((code) => code !== undefined);
    const gender = this.genderOf(words, determiner);
    let best: { person: Person; score: number } | undefined;
    for (const person of this.people) {
      if (!this.playsRole(person, head) || (gender && person.gender && person.gender !== gender)) continue;
      const home = [...person.roles].map(demonymOf).find((code) => code !== undefined);
      if (country && home && country !== home) continue;
      const shared = words.filter((word) => person.roles.has(word)).length;
      const score = shared * 2 + (country && home === country ? 2 : 0) + nearness(person, before);
      if (!best || score > best.score) best = { person, score };
    }
    return best?.person;
  }

  /** "The airline NordSky", "the ferry company, HarbourLink,": files a name under the noun for the body that bears it. */
  meetBody(phrase: NounPhrase, noun: string): Person {
    const body = this.meet(phrase);
    body.isBody = true;
    body.roles.add(noun);
    return body;
  }

  /** The noun that makes a named phrase a body's: the last one before it, or before the comma that it follows. */
  bodyNounOf({ first, roles, name }: NounPhrase): string | undefined {
    const isBehindComma = this.reader.text(first - 1) === ',';
    const before = isBehindComma ? this.reader.endingAt(first - 1, Math.max(0, first - 8)) : undefined;
    const noun = (before?.kind === 'description' && before.last === first - 1 ? before.roles : roles).at(-1);
    if (noun !== undefined && BODIES.has(noun) && noun !== name.toLowerCase()) return noun;
    // "el sindicato Tierra Común", "Sindicato dos Professores": Romance names begin with the noun.
    if (roles.some((word) => isRole(word))) return undefined;
    const head = [noun ?? '', name.toLowerCase().split(' ')[0]!].find((word) => this.lexicon.bodyNouns.has(word));
    return name.includes(' ') || head === noun ? head : undefined;
  }

  /** The one body that a noun fits: "the airline", or "the company" where the text knows one body only. */
  bodyMeantBy(noun: string): Person | undefined {
    const bodies = this.people.filter(({ isBody }) => isBody);
    const called = bodies.filter(({ roles }) => roles.has(noun));
    const isAny = isAnyBody(noun) || this.lexicon.anyBodies.has(noun);
    const fitting = called.length === 0 && isAny ? bodies : called;
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** The words of a name in lower case; every name is compared with every person. */
  private wordsOf(name: string): readonly string[] {
    let words = this.nameWords.get(name);
    if (!words) this.nameWords.set(name, (words = name.toLowerCase().split(' ')));
    return words;
  }

  private playsRole(person: Person, role: string): boolean {
    if (person.roles.has(role)) return true;
    if ([...(EQUIVALENT_ROLES.get(role) ?? [])].some((other) => person.roles.has(other))) return true;
    // "la biologiste", who is introduced as a "chercheuse".
    if (this.lexicon.tellsGender && [...person.roles].some((other) => EQUIVALENT_ROLES.get(other)?.has(role)))
      return true;
    return this.lexicon.joinsNouns === true && [...person.roles].some((other) => this.isSameOffice(other, role));
  }

  /** "Verkehrsministerin", "die Ministerin"; "statsminister", "statsministern". */
  private isSameOffice(one: string, other: string): boolean {
    const [a, b] = [this.withoutArticle(one), this.withoutArticle(other)];
    const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
    if (OWN_OFFICES.has(longer)) return longer === shorter;
    return shorter.length >= SHORTEST_OFFICE && longer.endsWith(shorter) && isRole(shorter);
  }

  /** A Scandinavian noun without its article, where what is left is known as an office. */
  private withoutArticle(noun: string): string {
    const bare = (this.lexicon.definite?.split(' ') ?? [])
      .filter((ending) => noun.endsWith(ending))
      .map((ending) => noun.slice(0, -ending.length))
      .find((rest) => isRole(rest));
    return bare ?? noun;
  }

  genderOf(words: readonly string[], determiner = ''): Gender | undefined {
    if (words.some((word) => this.lexicon.femaleNouns.has(word) || isFeminineForm(word))) return 'female';
    if (words.some((word) => this.lexicon.maleNouns.has(word))) return 'male';
    if (words.some((word) => EPICENES.has(word))) return undefined;
    if (this.lexicon.tellsGender && determiner === '') return this.genderOfNouns(words);
    if (this.lexicon.femaleDeterminers.has(determiner)) return 'female';
    return this.lexicon.maleDeterminers.has(determiner) ? 'male' : undefined;
  }

  /** "consejera", "diretora", "infirmière", "autrice": a noun for a woman has another form, and so has its other for a man. */
  private genderOfNouns(words: readonly string[]): Gender | undefined {
    const noun = words.find((word) => isRole(word)) ?? '';
    if (/(?:trice|triz|euse|ière|enne|essa|ora)$/.test(noun)) return 'female';
    const stem = noun.slice(0, -1);
    if (/a$/.test(noun) && isRole(`${stem}o`)) return 'female';
    if (/(?:ée|ante|ente)$/.test(noun) && !this.lexicon.dropsPronoun && isRole(stem)) return 'female';
    return /o$/.test(noun) && isRole(`${stem}a`) ? 'male' : undefined;
  }

  /** "his Syrian counterpart X" holds the same office as the one it is said of, for another country. */
  inheritOffice(person: Person, from: Person): void {
    for (const role of from.roles) if (!demonymOf(role)) person.roles.add(role);
  }

  /** Words that say what the name at tokens `[first, last)` is: before it, and between commas on either side. */
  rolesAround(first: number, last: number): string[] {
    return [...this.rolesBefore(first), ...this.rolesAfter(last)];
  }

  /** Words that say what the name at token `first` is, in apposition before it. */
  rolesBefore(first: number): string[] {
    if (this.reader.text(first - 1) !== ',') return [];
    const phrase = this.reader.endingAt(first - 1, Math.max(0, first - LONGEST_APPOSITION));
    if (phrase && phrase.kind !== 'name' && phrase.kind !== 'pronoun' && headOf(phrase.roles)) return phrase.roles;
    return this.lexicon.tellsGender ? this.rolesFarBefore(first - 1) : [];
  }

  /** "una pensionata di 88 anni, Derna Bo,": an office with its article, and what is said of it up to the comma. */
  private rolesFarBefore(comma: number): string[] {
    for (let at = comma - 1; at > Math.max(0, comma - LONGEST_APPOSITION); at--) {
      if (/^[.,;:!?]$/.test(this.reader.text(at)) || this.reader.isVerb(at)) return [];
      const isOffice = isRole(this.reader.lower(at)) && this.lexicon.determiners.has(this.reader.lower(at - 1));
      const isFirst = !this.lexicon.prepositions.has(this.reader.lower(at - 2));
      if (isOffice && isFirst) return [this.reader.lower(at)];
    }
    return [];
  }

  private rolesAfter(last: number): string[] {
    if (this.reader.text(last) !== ',') return [];
    // "Imogen Pell, 52, a teacher": an age comes first.
    const from = /^\d+$/.test(this.reader.text(last + 1)) && this.reader.text(last + 2) === ',' ? last + 3 : last + 1;
    const phrase = this.reader.startingAt(from, from + 14);
    if (!phrase || phrase.kind === 'name' || phrase.kind === 'pronoun' || !headOf(phrase.roles)) return [];
    return phrase.roles;
  }
}

/** Says whether an English noun may mean any body: "the company". */
export function isAnyBody(noun: string): boolean {
  return ANY_BODY.has(noun);
}

/** What the text says of a person's gender, or else what the given name makes likely. */
export function genderOf({ gender, name }: Person): Gender | undefined {
  return gender ?? genderOfName(name);
}

/** Whether two names in words may be one person's. */
function wordsFit(one: readonly string[], other: readonly string[]): boolean {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  const endsAlike = longer.at(-1) === shorter.at(-1);
  if (shorter.length === 1) return endsAlike || longer[0] === shorter[0];
  if (!endsAlike) return false;
  // "Ludo van der Meersch" is also "Van der Meersch".
  const isWholeSurname = longer.slice(-shorter.length).join(' ') === shorter.join(' ');
  return isWholeSurname || longer[0] === shorter[0];
}

/** The noun that names the office: the last role word before "of". */
export function headOf(words: readonly string[]): string | undefined {
  const link = words.findIndex((word) => word === 'of' || word === 'for');
  const core = link > 0 ? words.slice(0, link) : words;
  return core.findLast((word) => isRole(word));
}

/** "ADRIAN PELL" opens a story in some house styles. */
function withoutShouting(name: string): string {
  if (!name.includes(' ') || name !== name.toUpperCase()) return name;
  return name.replace(/\p{L}+/gu, (word) => (word.length < 2 ? word : word.charAt(0) + word.slice(1).toLowerCase()));
}

/** German "-in": a role noun made from another. */
function isFeminineForm(word: string): boolean {
  return word.endsWith('in') && isRole(word) && isRole(word.slice(0, -2));
}

function firstMention({ mentions }: Person): number {
  return mentions[0]?.start ?? Infinity;
}

function lastMention(person: Person, before: number): number {
  return person.mentions.findLast((mention) => mention.start < before)?.start ?? -1;
}

function nearness(person: Person, before: number): number {
  const last = lastMention(person, before);
  return last < 0 ? 0 : 1 / (1 + (before - last) / 1000);
}
