import type { Token } from '../text/tokens.js';
import { coarseGroup, DIMENSIONS, fineGroup, wordVector } from '../words/word-vectors.js';
import { longestNameFrom, nameKind, wordFlags } from './lexicon.js';

/*
 * What the sequence model sees of a token: its form and its neighbours', groups of words of like
 * meaning, what lists know, and what the rest of the document shows of the same word. Training and
 * use share this file, so a model fits only the features of its version.
 */

/** Raised whenever a feature changes; a model of another version is refused. */
export const FEATURES_VERSION = 3;

/** Numbers in the dense part of a token's features: vectors of seven words. */
export const DENSE_LENGTH = 7 * DIMENSIONS;
/** What the parts of a vector are divided by, to be about the size of the other features. */
export const VECTOR_UNIT = 32;

/** Features that hold together: their names, and a word's vector in one of the seven places of the dense part. */
export interface FeatureGroup {
  names: readonly string[];
  vector?: Int8Array;
  place?: number;
}

/** Tokens `[first, last)`. */
export interface Run {
  first: number;
  last: number;
}

/**
 * A word as it is written, with all that is known of it wherever it stands; found out when it is asked for, since only
 * words in and beside names are.
 */
class WordForm<T> {
  readonly isCapital: boolean;
  readonly word: string;
  /** What the features are weighed as that it gives to a token in each role. */
  readonly weights: (T | undefined)[] = [];
  private knownShape?: string;
  private knownFine?: number;
  private knownCoarse?: number;
  private knownFlags?: string[];

  constructor(readonly text: string) {
    const word = text.toLowerCase();
    this.word = /^\d+$/.test(word) ? `#${word.length}` : word;
    this.isCapital = /^\p{Lu}/u.test(text);
  }

  get shape(): string {
    return (this.knownShape ??= shapeOf(this.text));
  }

  get fine(): number {
    return (this.knownFine ??= fineGroup(this.text.toLowerCase()));
  }

  get coarse(): number {
    return (this.knownCoarse ??= coarseGroup(this.text.toLowerCase()));
  }

  get flags(): readonly string[] {
    return (this.knownFlags ??= wordFlags(this.text.toLowerCase()));
  }

  /** What stands beyond the first or last word of a sentence. */
  static boundary<T>(word: string, group: number): WordForm<T> {
    const form = new WordForm<T>(word);
    form.knownShape = word;
    form.knownFine = group;
    form.knownCoarse = group;
    return form;
  }
}

/** What a word is to a token, and the features that this gives the token whatever its other words are. */
interface Role {
  index: number;
  featuresOf: (form: WordForm<unknown>) => FeatureGroup;
}

let roles = 0;

function role(featuresOf: Role['featuresOf']): Role {
  return { index: roles++, featuresOf };
}

const ROLES = {
  self: role(({ word, shape, fine, coarse, flags, isCapital }) => ({
    names: [
      'b',
      `w=${word}`,
      `s=${shape}`,
      `p3=${word.slice(0, 3)}`,
      `e2=${word.slice(-2)}`,
      `e3=${word.slice(-3)}`,
      `e4=${word.slice(-4)}`,
      `p4=${word.slice(0, 4)}`,
      `c=${fine}`,
      `C=${coarse}`,
      `s,C=${shape}|${coarse}`,
      ...flags.map((flag) => `f=${flag}|${shape}`),
    ],
    ...(isCapital && vectorAt(1, word)),
  })),
  opening: role(({ shape, coarse }) => ({ names: [`first=${shape}`, `first,C=${coarse}`] })),
  before: role(({ word, fine }) => ({ names: [`w-1=${word}`, `c-1=${fine}`], ...vectorAt(0, word) })),
  after: role(({ word, fine }) => ({ names: [`w+1=${word}`, `c+1=${fine}`], ...vectorAt(2, word) })),
  beforeThat: role(({ word, coarse }) => ({ names: [`w-2=${word}`, `C-2=${coarse}`] })),
  afterThat: role(({ word, coarse }) => ({ names: [`w+2=${word}`, `C+2=${coarse}`] })),
  lastOfRun: role(({ word, flags }) => ({
    names: [`r,last=${word}`, ...flags.map((flag) => `r,lastf=${flag}`)],
    ...vectorAt(3, word),
  })),
  firstOfRun: role(({ word }) => ({ names: [], ...vectorAt(4, word) })),
  beforeRun: role(({ word, flags }) => ({
    names: [`r,w-1=${word}`, ...flags.map((flag) => `r,f-1=${flag}`)],
    ...vectorAt(5, word),
  })),
  afterRun: role(({ word }) => ({ names: [`r,w+1=${word}`], ...vectorAt(6, word) })),
};

function vectorAt(place: number, word: string): Pick<FeatureGroup, 'vector' | 'place'> {
  return { place, vector: wordVector(word) };
}

const MOST_FORMS = 10_000;
// A longer token is a slice that would keep its whole document in memory.
const LONGEST_KEPT = 12;

/**
 * The forms of words with what their features are weighed as, kept from one document to the next: most words of a
 * text are common ones, and most features of a token are those of one word.
 */
export class WordForms<T> {
  readonly start = WordForm.boundary<T>('<s>', -2);
  readonly end = WordForm.boundary<T>('</s>', -3);
  private recent = new Map<string, WordForm<T>>();
  /** Those that are dropped when there are enough recent ones, if they aren't met before. */
  private older = new Map<string, WordForm<T>>();

  /** @param weigh what features that hold together come to */
  constructor(readonly weigh: (features: FeatureGroup) => T) {}

  formOf(text: string): WordForm<T> {
    const known = this.recent.get(text);
    if (known) return known;
    const form = this.older.get(text) ?? new WordForm<T>(text);
    if (text.length <= LONGEST_KEPT) this.keep(form);
    return form;
  }

  private keep(form: WordForm<T>): void {
    if (this.recent.size >= MOST_FORMS) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(form.text, form);
  }

  weightsOf(form: WordForm<T>, { index, featuresOf }: Role): T {
    return (form.weights[index] ??= this.weigh(featuresOf(form)));
  }
}

/** The document's tokens with everything that is computed once for all sentences. */
export class FeatureReader<T> {
  /** The stretches that hold capitals, in order: no name stands outside them. */
  readonly runs: Run[] = [];
  private readonly seen: WordForm<T>[];
  /** Of each token, which parts of known names it is. */
  private readonly places: string[][];
  /** The run of capitals that a token stands in, small words between capitals included. */
  private readonly runOf: (Run | undefined)[];
  private readonly weightsOfRun = new Map<Run, T[]>();
  private readonly lowerCase = new Set<string>();
  private readonly around = new Map<string, Set<string>>();

  constructor(
    tokens: readonly Token[],
    sentences: readonly Run[],
    private readonly forms: WordForms<T>,
  ) {
    this.seen = tokens.map(({ text }) => forms.formOf(text));
    this.places = tokens.map(() => NO_PLACES);
    this.runOf = tokens.map(() => undefined);
    this.markPlaces();
    for (const sentence of sentences) this.markRuns(sentence);
    this.readDocument();
  }

  /** What the features of the token at `at`, in a sentence that covers tokens `[first, last)`, are weighed as. */
  weightsAt(at: number, first: number, last: number): T[] {
    const { forms, seen } = this;
    const here = seen[at]!;
    const before = at > first ? seen[at - 1]! : forms.start;
    const beforeThat = at > first + 1 ? seen[at - 2]! : forms.start;
    const after = at < last - 1 ? seen[at + 1]! : forms.end;
    const afterThat = at < last - 2 ? seen[at + 2]! : forms.end;

    const weights = [
      forms.weightsOf(here, ROLES.self),
      forms.weightsOf(before, ROLES.before),
      forms.weightsOf(after, ROLES.after),
      forms.weightsOf(beforeThat, ROLES.beforeThat),
      forms.weightsOf(afterThat, ROLES.afterThat),
    ];
    if (at === first) weights.push(forms.weightsOf(here, ROLES.opening));

    const names = [
      `w-1,0=${before.word}|${here.word}`,
      `w0,1=${here.word}|${after.word}`,
      `s-1,0=${before.shape}|${here.shape}`,
      `s0,1=${here.shape}|${after.shape}`,
      `s-1,0,1=${before.shape}|${here.shape}|${after.shape}`,
      `C-1,0=${before.coarse}|${here.coarse}`,
      `C0,1=${here.coarse}|${after.coarse}`,
      `s,C-1=${here.shape}|${before.coarse}`,
      `s,C+1=${here.shape}|${after.coarse}`,
    ];
    for (const flag of before.flags) names.push(`f-1=${flag}|${here.shape}`);
    for (const flag of after.flags) names.push(`f+1=${flag}|${here.shape}`);
    for (const place of this.places[at]!) names.push(`g=${place}`, `g,w-1=${place}|${before.word}`);
    if (at < last - 1) for (const place of this.places[at + 1]!) names.push(`g+1=${place}`);
    if (at > first) for (const place of this.places[at - 1]!) names.push(`g-1=${place}`);
    const run = this.runOf[at];
    if (run) {
      const place = at === run.first ? 'F' : at === run.last - 1 ? 'L' : 'M';
      names.push(`r=${shownLength(run)}${place}`);
      weights.push(...this.weightsOfWhole(run, first, last));
    }
    if (here.isCapital) this.addDocumentFeatures(here, at === first, names);
    weights.push(forms.weigh({ names }));
    return weights;
  }

  /** What the whole run of capitals looks like, told to each of its tokens. */
  private weightsOfWhole(run: Run, first: number, last: number): T[] {
    const known = this.weightsOfRun.get(run);
    if (known) return known;
    const { forms, seen } = this;
    const opening = seen[run.first]!;
    const closing = seen[run.last - 1]!;
    const before = run.first > first ? seen[run.first - 1]! : forms.start;
    const after = run.last < last ? seen[run.last]! : forms.end;
    const length = shownLength(run);
    const names = [
      `r,lastC=${closing.coarse}|${length}`,
      `r,firstC=${opening.coarse}|${length}`,
      `r,C,C=${opening.coarse}|${closing.coarse}|${length > 1}`,
      `r,C-1=${before.coarse}|${length}`,
      `r,C+1=${after.coarse}|${length}`,
      `r,s=${opening.shape}|${closing.shape}|${length}`,
    ];
    for (const flag of opening.flags) names.push(`r,firstf=${flag}|${length}`);
    const weights = [
      forms.weightsOf(closing, ROLES.lastOfRun),
      forms.weightsOf(opening, ROLES.firstOfRun),
      forms.weightsOf(before, ROLES.beforeRun),
      forms.weightsOf(after, ROLES.afterRun),
      forms.weigh({ names }),
    ];
    this.weightsOfRun.set(run, weights);
    return weights;
  }

  private addDocumentFeatures(here: WordForm<T>, isFirst: boolean, names: string[]): void {
    if (this.lowerCase.has(here.word)) names.push(isFirst ? 'd=lower,first' : 'd=lower');
    for (const sign of this.around.get(here.text) ?? []) names.push(`d=${sign}`);
  }

  private markRuns(sentence: Run): void {
    for (let first = sentence.first; first < sentence.last; first++) {
      if (!this.seen[first]!.isCapital) continue;
      let last = first + 1;
      for (let at = last; at < sentence.last && at - last < 3; at++) {
        if (this.seen[at]!.isCapital) last = at + 1;
        else if (!INNER_WORDS.has(this.seen[at]!.word)) break;
      }
      const run = { first: this.startOfParticles(first, sentence.first), last };
      this.runOf.fill(run, run.first, run.last);
      this.runs.push(run);
      first = last - 1;
    }
  }

  /** "al-Mayadin", "de Vries": small words before the first capital may be part of a name. */
  private startOfParticles(first: number, floor: number): number {
    let at = first;
    while (at > floor && PARTICLES.has(this.seen[at - 1]!.word)) at--;
    while (at < first && !/^\p{L}/u.test(this.seen[at]!.text)) at++;
    return at;
  }

  private markPlaces(): void {
    const { seen } = this;
    for (let at = 0; at < seen.length; at++) {
      if (!seen[at]!.isCapital) continue;
      const longest = Math.min(longestNameFrom(seen[at]!.word), seen.length - at);
      for (let length = longest; length > 0; length--) {
        if (!seen[at + length - 1]!.isCapital) continue;
        const kind = nameKind(this.wordsAt(at, length));
        if (!kind) continue;
        for (let part = 0; part < length; part++) {
          const sign = `${kind}${part === 0 ? 'B' : 'I'}${length > 1 ? '2' : '1'}`;
          this.places[at + part] = [...this.places[at + part]!, sign];
        }
        break;
      }
    }
  }

  private wordsAt(at: number, length: number): string {
    let words = this.seen[at]!.word;
    for (let next = at + 1; next < at + length; next++) words += ` ${this.seen[next]!.word}`;
    return words;
  }

  /** First reading of the document: what stands beside a capitalised word wherever it occurs. */
  private readDocument(): void {
    this.seen.forEach((here, at) => {
      if (!here.isCapital) {
        this.lowerCase.add(here.text);
        return;
      }
      const before = this.seen[at - 1] ?? this.forms.start;
      const after = this.seen[at + 1] ?? this.forms.end;
      const signs = this.around.get(here.text) ?? new Set<string>();
      this.around.set(here.text, signs);
      if (before.isCapital) signs.add(`last,C=${before.coarse}`);
      if (after.isCapital) signs.add(`C,first=${after.coarse}`);
      if (before.flags.includes('title')) signs.add('titled');
      if (after.flags.includes('body')) signs.add('body');
      if (CONTEXT_WORDS.has(before.word)) signs.add(`w-1=${before.word}`);
      if (CONTEXT_WORDS.has(after.word)) signs.add(`w+1=${after.word}`);
    });
  }
}

function shownLength(run: Run): number {
  return Math.min(5, run.last - run.first);
}

const NO_PLACES: string[] = [];
const PARTICLES = new Set('de da di la le van von der den al el bin ibn -'.split(' '));
const INNER_WORDS = new Set("of the and & - . ' ’ for de la von van der al 's".split(' '));
const CONTEXT_WORDS = new Set(
  "in at from near to of the said says told who his her mr mrs ms dr he she 's by with for".split(' '),
);

/** "Kellan" Xx, "UNO" XX, "of" x, "1998" 9, "McKay" XxXx; marks stand for themselves. */
function shapeOf(text: string): string {
  if (/^[A-Z]?[a-z]+$/.test(text)) return text < 'a' ? 'Xx' : 'x';
  return text
    .replace(/\p{Lu}+/gu, (run) => (run.length > 1 ? 'XX' : 'X'))
    .replace(/[\p{Ll}\p{M}\p{Lo}]+/gu, 'x')
    .replace(/\p{N}+/gu, '9');
}
