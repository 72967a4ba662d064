import { readData } from '../data.js';
import { speechLexicon } from '../quotes/lexicon.js';
import { ENGLISH_DAYS, ENGLISH_MONTHS } from '../text/english-times.js';

/*
 * Finite verbs of an English sentence, by what its words mostly are and by where they stand: one verb a clause, in number
 * with its subject, behind no article, preposition or possessive. Enough to tell a plan ("the choir sings on Friday") from
 * the nouns and participles that look like one.
 */

export interface VerbSign {
  start: number;
  end: number;
  /** `plan` is the present of a verb by which plans are told, `other` of one that tells how things are or what is said. */
  tells: 'plan' | 'other' | 'past';
}

/** What a form mostly is: a verb, a verb as often as not, mostly something else. */
type Use = 'verb' | 'both' | 'rarely';

interface VerbForm {
  use: Use;
  tellsPlans: boolean;
}

interface Token {
  start: number;
  end: number;
  lower: string;
  isCapital: boolean;
  isMark: boolean;
}

type Count = 'singular' | 'plural' | 'any';

const USES: Record<string, Use | undefined> = { v: 'verb', b: 'both', n: 'rarely' };

const file = readData<{ forms: Record<string, string>; past: string }>('data/verbs.json');
const bases = new Map<string, VerbForm>();
const thirds = new Map<string, VerbForm>();
for (const [[ofBase, ofThird], verbs] of Object.entries(file.forms)) {
  const [baseUse, thirdUse] = [USES[ofBase!], USES[ofThird!]];
  for (const marked of verbs.split(' ')) {
    const verb = marked.replace('-', '');
    const tellsPlans = verb === marked;
    if (baseUse) bases.set(verb, { use: baseUse, tellsPlans });
    if (thirdUse) thirds.set(thirdPerson(verb), { use: thirdUse, tellsPlans });
  }
}
const PAST = words(`${file.past} was were had did`);
/** Verbs whose past is their present. */
const UNMARKED = words('cut hit put set shut let beat quit hurt spread split cast cost burst shed');
const SPEECH = speechLexicon('en').verbs;
/** Verbs of speech by which what somebody will do is told as well. */
const PLANNED_SPEECH = words(
  'rule rules continue continues defend defends testify testifies welcome welcomes add adds',
);

const DETERMINERS = words(
  'the a an this that these those its his her their our my your whose every each some any no both all many several few more most other another such which',
);
/** The commonest of those that a plural follows: "Old rivals Holt and Orrin". */
const ADJECTIVES = words(
  'old new former fellow young local big small top great little high low good bad heavy fresh main major national free long short late early own',
);
const PREPOSITIONS = words(
  'of in on at to from with by for about against among amid between beside behind beneath below above near under over into onto upon across along around through throughout towards toward within without during before after since until till despite like unlike off up down via per than as past inside outside beyond following including ahead',
);
const PARTICLES = words('out up down off away back over in on again apart together home forth aside ahead through by');
const SUBJECTS = new Map<string, Count>([
  ['he', 'singular'],
  ['she', 'singular'],
  ['it', 'singular'],
  ['they', 'plural'],
  ['we', 'plural'],
  ['you', 'plural'],
  ['i', 'plural'],
]);
const RELATIVES = words('who which that');
const CONJUNCTIONS = words('when while if unless once because whether although though where so whereas why how');
const AUXILIARIES = words('is are am has have do does will would shall should could can may might must cannot');
const ADVERBS = words(
  'again also still now then once only even just never always often soon not finally already later today tonight tomorrow once twice alone instead together too yet almost first next',
);
const PLURALS = words(
  'people children feet teeth mice geese sheep cattle clergy both two three four five six seven eight nine ten eleven twelve dozens hundreds thousands',
);
/** Said of one or of many. */
const BODIES = words(
  'crew staff team side band squad choir club council family pair couple police public army government',
);
const TOWARDS = words('to into through');
const AT_TIME = words('at with without before until');
const NUMBERS = words('one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand');
const TIMES = new Set([...ENGLISH_DAYS, ...ENGLISH_MONTHS, 'today', 'tomorrow', 'tonight', 'yesterday']);

type Part =
  | 'preposition'
  | 'determiner'
  | 'adjective'
  | 'relative'
  | 'conjunction'
  | 'what'
  | 'joiner'
  | 'subject'
  | 'auxiliary'
  | 'adverb'
  | 'past'
  | 'unmarked';

/** What words of grammar are, and forms of the past; the last of two kinds of a word counts. */
const PARTS = new Map<string, Part>(
  (
    [
      ['past', PAST],
      ['unmarked', UNMARKED],
      ['adverb', ADVERBS],
      ['adjective', ADJECTIVES],
      ['determiner', DETERMINERS],
      ['auxiliary', AUXILIARIES],
      ['subject', new Set(SUBJECTS.keys())],
      ['joiner', words('and or but')],
      ['what', words('what')],
      ['conjunction', CONJUNCTIONS],
      ['relative', RELATIVES],
      ['preposition', PREPOSITIONS],
    ] as const
  ).flatMap(([part, list]) => [...list].map((word): [string, Part] => [word, part])),
);

const MARKS = ',;:–—()"“”«».!?';
const TOKEN = new RegExp(`[\\p{L}\\p{N}]+(?:['’.,-][\\p{L}\\p{N}]+)*(?:(?<=s)['’](?!\\p{L}))?|[${MARKS}]`, 'gu');

/** Says whether an English word in lower case may be the past of a verb: "stormed", "took", "was". */
export function isPastForm(word: string): boolean {
  if (PAST.has(word) || UNMARKED.has(word)) return true;
  return word.length > 3 && word.endsWith('ed') && !bases.has(word) && !NUMBERS.has(word);
}

/** The finite verbs of a sentence, in their order. */
export function finiteVerbs(sentence: string): VerbSign[] {
  const tokens = tokenize(sentence);
  const clause = new Clause();
  return tokens.flatMap((token, index) => {
    const tells = clause.take(token, tokens[index - 1], tokens[index + 1]);
    return tells ? [{ start: token.start, end: token.end, tells }] : [];
  });
}

/** Reads words one by one and keeps in mind whose verb is awaited. */
class Clause {
  private subject: Count | undefined;
  /** The subject of the clause around a relative one that has no verb yet. */
  private outer: Count | undefined;
  private hasVerb = false;
  /** What may be a participle behind its noun instead of a verb: "the man held on Monday". */
  private hasParticiple = false;
  private isInPhrase = false;
  private hasArticle = false;
  /** Behind "and": "cooks and …". */
  private isJoined = false;
  private noun: Count | undefined;

  take(token: Token, previous: Token | undefined, next: Token | undefined): VerbSign['tells'] | undefined {
    const { lower } = token;
    if (token.isMark) return this.punctuate(lower);
    switch (PARTS.get(lower)) {
      case 'preposition':
        return this.openPhrase();
      case 'determiner':
        return this.openNoun(previous);
      case 'adjective':
        this.noun = undefined;
        return undefined;
      case 'conjunction':
        return this.open(undefined);
      case 'what':
        return this.open('any');
      case 'relative':
        return this.relate(lower, previous);
      case 'joiner':
        return this.join(lower);
      case 'subject':
        return this.open(SUBJECTS.get(lower));
      case 'auxiliary':
        this.see('other');
        return undefined;
      case 'adverb':
        return undefined;
      case 'past':
      case 'unmarked':
        return token.isCapital || followsArticle(previous)
          ? this.nominal(token, previous)
          : this.past(token, previous, next);
      default:
        return this.verbOf(token, previous, next) ?? this.nominal(token, previous);
    }
  }

  /** "that" is an article too, and opens what is said. */
  private relate(lower: string, previous: Token | undefined): undefined {
    if (this.noun && previous && !previous.isMark) return this.openRelative();
    if (lower !== 'that') return previous?.lower === ',' ? this.openRelative() : this.openNoun(previous);
    return this.hasVerb && !this.noun ? this.open(undefined) : this.openNoun(previous);
  }

  private verbOf(token: Token, previous: Token | undefined, next: Token | undefined): VerbSign['tells'] | undefined {
    const { lower } = token;
    if (token.isCapital || followsArticle(previous)) return undefined;
    if (lower.endsWith('ed') && lower.length > 3 && !/[-’']/.test(lower) && !bases.has(lower) && !NUMBERS.has(lower)) {
      return this.past(token, previous, next);
    }
    const third = formOf(lower, thirds);
    if (third && this.awaits('singular', third.use) && this.fits(third.use, 'singular', previous, next)) {
      return this.see(tellsOf(lower, third));
    }
    const base = formOf(lower, bases);
    if (
      base &&
      (this.awaits('plural', base.use) || this.isTeam(base.use, previous, next)) &&
      this.fits(base.use, 'plural', previous, next)
    ) {
      return this.see(tellsOf(lower, base));
    }
    return undefined;
  }

  private awaits(count: Count, use: Use): boolean {
    const subject = this.hasVerb ? this.outer : this.subject;
    if (this.hasVerb && !this.outer) return false;
    if (this.hasParticiple && use !== 'verb') return false;
    if (subject === undefined) return (count === 'singular' && !this.isInPhrase) || use === 'verb';
    return subject === count || subject === 'any';
  }

  /** "England play Norway", "Holt travel to Varno": a name that stands for many, without an article. */
  private isTeam(use: Use, previous: Token | undefined, next: Token | undefined): boolean {
    if (this.hasVerb || this.hasArticle || !previous || !next || !previous.isCapital) return false;
    return next.isCapital || (use === 'verb' && !this.isInPhrase && PREPOSITIONS.has(next.lower));
  }

  /** Whether what stands beside a form lets it be a verb; the less it mostly is one, the more is asked. */
  private fits(use: Use, count: Count, previous: Token | undefined, next: Token | undefined): boolean {
    const before = previous?.lower ?? '';
    const after = next?.lower ?? '';
    if (!previous || PREPOSITIONS.has(before) || AUXILIARIES.has(after) || /^(?:was|were|had)$/.test(after))
      return false;
    const isBehindSubject = this.noun !== undefined || SUBJECTS.has(before) || RELATIVES.has(before);
    if (NUMBERS.has(before) || /^\d/.test(before)) return false;
    if (use === 'verb') return isBehindSubject || count === 'singular' || ADVERBS.has(before);
    if (/\d/.test(before)) return false;
    if (use === 'rarely') return isBehindSubject && takesMore(next);
    // "The grants of cities on Monday" has no verb, "the season of storms ends at noon" has one.
    if (this.isInPhrase) return isBehindSubject && (takesMore(next) || AT_TIME.has(after));
    const goesOn = takesMore(next) || PREPOSITIONS.has(after) || ADVERBS.has(after) || TIMES.has(after);
    const isBehindVerb = before === 'and' || ADVERBS.has(before);
    return (isBehindSubject || isBehindVerb) && (goesOn || next?.isMark === true);
  }

  private see(tells: VerbSign['tells']): VerbSign['tells'] {
    if (this.hasVerb) this.outer = undefined;
    this.hasVerb = true;
    this.hasParticiple = false;
    this.isInPhrase = false;
    this.noun = undefined;
    return tells;
  }

  private past(token: Token, previous: Token | undefined, next: Token | undefined): VerbSign['tells'] | undefined {
    const { lower } = token;
    // Calendars know the regular past, and its passives, themselves.
    const isTold = PAST.has(lower) && !/^(?:be|is|are)$/.test(previous?.lower ?? '');
    if (SPEECH.has(lower)) {
      // "She said the ferry sails": what is said is a clause of its own.
      this.open(undefined);
      return isTold ? 'past' : undefined;
    }
    const isFinite = /^(?:was|were|had|did)$/.test(lower) || (next && takesObject(next));
    if (isFinite || isSubject(previous)) this.see('past');
    else this.hasParticiple = true;
    return isTold ? 'past' : undefined;
  }

  private punctuate(mark: string): undefined {
    if (mark === ',') {
      this.isInPhrase = false;
      this.noun = undefined;
      if (this.outer) {
        this.subject = this.outer;
        this.outer = undefined;
        this.hasVerb = false;
      }
      this.hasParticiple = false;
      // "Mina Quist, who is 99, sings": the subject is taken up again.
      if (!this.hasVerb) this.noun = this.subject;
    } else this.open(undefined);
    return undefined;
  }

  private open(subject: Count | undefined): undefined {
    this.subject = subject;
    this.outer = undefined;
    this.hasVerb = false;
    this.hasParticiple = false;
    this.isInPhrase = false;
    this.hasArticle = false;
    this.isJoined = false;
    this.noun = subject;
    return undefined;
  }

  private openRelative(): undefined {
    const outer = this.hasVerb ? undefined : this.subject;
    const subject = this.noun ?? this.subject;
    this.open(subject ?? 'any');
    this.outer = outer;
    return undefined;
  }

  /** "Cooks and waiters feed", "… opens on Friday and closes on Sunday", "…, and a bridge takes over". */
  private join(word: string): undefined {
    if (this.hasVerb) {
      this.hasVerb = false;
      this.hasParticiple = false;
    } else if (this.subject && !this.isInPhrase) this.isJoined = word !== 'but';
    this.isInPhrase = false;
    this.hasArticle = false;
    this.noun = undefined;
    return undefined;
  }

  private openPhrase(): undefined {
    this.isInPhrase = true;
    this.noun = undefined;
    return undefined;
  }

  /** A new noun behind that of a preposition: "On Tuesday the sisters", "in Varno the choir". */
  private openNoun(previous: Token | undefined): undefined {
    if (previous && !PREPOSITIONS.has(previous.lower)) {
      this.isInPhrase = false;
      if (!this.hasVerb && this.noun === undefined) this.subject = undefined;
    }
    this.hasArticle = true;
    this.noun = undefined;
    return undefined;
  }

  private nominal(token: Token, previous: Token | undefined): undefined {
    const { lower } = token;
    if (token.isCapital && TIMES.has(lower)) {
      this.isInPhrase = false;
      this.noun = undefined;
      return undefined;
    }
    if (isPossessive(lower)) return this.openNoun(previous);
    if (lower.endsWith('ly')) return undefined;
    // "The brothers Quill".
    this.noun = this.noun === 'plural' && token.isCapital ? 'plural' : countOf(token);
    if (!this.isInPhrase && !this.hasVerb && !this.hasParticiple) this.subject = this.isJoined ? 'plural' : this.noun;
    return undefined;
  }
}

function tellsOf(word: string, { tellsPlans }: VerbForm): VerbSign['tells'] {
  return tellsPlans && (!SPEECH.has(word) || PLANNED_SPEECH.has(word)) ? 'plan' : 'other';
}

/** "relaunches" is "launches" again. */
function formOf(form: string, known: ReadonlyMap<string, VerbForm>): VerbForm | undefined {
  return known.get(form) ?? (form.startsWith('re') && form.length > 4 ? known.get(form.slice(2)) : undefined);
}

function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return verb.replace(/y$/, 'ies');
  return /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

function countOf({ lower, isCapital }: Token): Count {
  if (PLURALS.has(lower) || lower.endsWith('men')) return 'plural';
  if (BODIES.has(lower)) return 'any';
  if (!lower.endsWith('s') || /(?:s|u|i)s$/.test(lower)) return 'singular';
  return isCapital ? 'any' : 'plural';
}

/** Whether what follows a form goes with a verb and hardly with a noun: an object, a particle, an end. */
function takesMore(next: Token | undefined): boolean {
  if (!next) return true;
  const { lower, isCapital } = next;
  if (lower === 'on' || lower === 'in') return false;
  const isName = isCapital && !TIMES.has(lower);
  const opensObject =
    DETERMINERS.has(lower) || ADJECTIVES.has(lower) || isPossessive(lower) || NUMBERS.has(lower) || SUBJECTS.has(lower);
  return (
    isName ||
    opensObject ||
    countOf(next) === 'plural' ||
    PARTICLES.has(lower) ||
    TOWARDS.has(lower) ||
    /^\d/.test(lower)
  );
}

function takesObject({ lower }: Token): boolean {
  return DETERMINERS.has(lower) || isPossessive(lower) || /^(?:\d|him|them|it|me|us)/.test(lower);
}

function isSubject(token: Token | undefined): boolean {
  return token !== undefined && (SUBJECTS.has(token.lower) || RELATIVES.has(token.lower));
}

function followsArticle(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (DETERMINERS.has(token.lower) || ADJECTIVES.has(token.lower) || isPossessive(token.lower)) &&
    !RELATIVES.has(token.lower)
  );
}

function isPossessive(lower: string): boolean {
  const last = lower.at(-1);
  return last === "'" || last === '’' || (last === 's' && /['’]s$/.test(lower));
}

/** Marks that part clauses or quote, and words, their possessives with them. */
function tokenize(sentence: string): Token[] {
  const tokens: Token[] = [];
  for (const { index, 0: word } of sentence.matchAll(TOKEN)) {
    const lower = word.toLowerCase();
    const isCapital = word.charCodeAt(0) !== lower.charCodeAt(0);
    tokens.push({ start: index, end: index + word.length, lower, isCapital, isMark: MARKS.includes(word.charAt(0)) });
  }
  return tokens;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
