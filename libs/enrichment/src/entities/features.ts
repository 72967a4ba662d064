import type { Token } from '../text/tokens.js';
import { coarseGroup, DIMENSIONS, fineGroup, wordVector } from '../words/word-vectors.js';
import { LONGEST_NAME, nameKind, wordFlags } from './lexicon.js';

/*
 * What the sequence model sees of a token: its form and its neighbours', groups of words of like
 * meaning, what lists know, and what the rest of the document shows of the same word. Training and
 * use share this file, so a model fits only the features of its version.
 */

/** Raised whenever a feature changes; a model of another version is refused. */
export const FEATURES_VERSION = 3;

/** Numbers in the dense part of a token's features. */
export const DENSE_LENGTH = 7 * DIMENSIONS;
// Brings the parts of a vector to about the size of the other features.
const VECTOR_UNIT = 32;

interface Seen {
  word: string;
  text: string;
  shape: string;
  isCapital: boolean;
  fine: number;
  coarse: number;
  flags: string[];
  places: string[];
  /** The run of capitals that the token stands in, small words between capitals included. */
  run?: Run;
}

/** Tokens `[first, last)`. */
export interface Run {
  first: number;
  last: number;
}

/** The document's tokens with everything that is computed once for all sentences. */
export class FeatureReader {
  /** The stretches that hold capitals, in order: no name stands outside them. */
  readonly runs: Run[] = [];
  private readonly seen: Seen[];
  private readonly lowerCase = new Set<string>();
  private readonly around = new Map<string, Set<string>>();

  constructor(tokens: readonly Token[], sentences: readonly Run[]) {
    this.seen = tokens.map(({ text }) => see(text));
    this.markPlaces();
    for (const sentence of sentences) this.markRuns(sentence);
    this.readDocument();
  }

  /** Features of the token at `at`, in a sentence that covers tokens `[first, last)`. */
  featuresAt(at: number, first: number, last: number): string[] {
    const here = this.seen[at]!;
    const before = at > first ? this.seen[at - 1]! : START;
    const beforeThat = at > first + 1 ? this.seen[at - 2]! : START;
    const after = at < last - 1 ? this.seen[at + 1]! : END;
    const afterThat = at < last - 2 ? this.seen[at + 2]! : END;

    const features = [
      'b',
      `w=${here.word}`,
      `w-1=${before.word}`,
      `w+1=${after.word}`,
      `w-2=${beforeThat.word}`,
      `w+2=${afterThat.word}`,
      `w-1,0=${before.word}|${here.word}`,
      `w0,1=${here.word}|${after.word}`,
      `s=${here.shape}`,
      `s-1,0=${before.shape}|${here.shape}`,
      `s0,1=${here.shape}|${after.shape}`,
      `s-1,0,1=${before.shape}|${here.shape}|${after.shape}`,
      `p3=${here.word.slice(0, 3)}`,
      `e2=${here.word.slice(-2)}`,
      `e3=${here.word.slice(-3)}`,
      `e4=${here.word.slice(-4)}`,
      `p4=${here.word.slice(0, 4)}`,
      `c=${here.fine}`,
      `C=${here.coarse}`,
      `c-1=${before.fine}`,
      `c+1=${after.fine}`,
      `C-2=${beforeThat.coarse}`,
      `C+2=${afterThat.coarse}`,
      `C-1,0=${before.coarse}|${here.coarse}`,
      `C0,1=${here.coarse}|${after.coarse}`,
      `s,C=${here.shape}|${here.coarse}`,
      `s,C-1=${here.shape}|${before.coarse}`,
      `s,C+1=${here.shape}|${after.coarse}`,
    ];
    for (const flag of here.flags) features.push(`f=${flag}|${here.shape}`);
    for (const flag of before.flags) features.push(`f-1=${flag}|${here.shape}`);
    for (const flag of after.flags) features.push(`f+1=${flag}|${here.shape}`);
    for (const place of here.places) features.push(`g=${place}`, `g,w-1=${place}|${before.word}`);
    for (const place of after.places) features.push(`g+1=${place}`);
    for (const place of before.places) features.push(`g-1=${place}`);
    if (at === first) features.push(`first=${here.shape}`, `first,C=${here.coarse}`);
    if (here.run) this.addRunFeatures(at, here.run, first, last, features);
    if (here.isCapital) this.addDocumentFeatures(here, at === first, features);
    return features;
  }

  /** Vectors of the token, its neighbours, and the ends and neighbours of its run; zeros where unknown. */
  denseAt(at: number, first: number, last: number): Float32Array {
    const dense = new Float32Array(DENSE_LENGTH);
    this.addVector(dense, 0, at > first ? this.seen[at - 1] : undefined);
    if (this.seen[at]!.isCapital) this.addVector(dense, DIMENSIONS, this.seen[at]);
    this.addVector(dense, 2 * DIMENSIONS, at < last - 1 ? this.seen[at + 1] : undefined);
    const { run } = this.seen[at]!;
    if (run) {
      this.addVector(dense, 3 * DIMENSIONS, this.seen[run.last - 1]);
      this.addVector(dense, 4 * DIMENSIONS, this.seen[run.first]);
      this.addVector(dense, 5 * DIMENSIONS, run.first > first ? this.seen[run.first - 1] : undefined);
      this.addVector(dense, 6 * DIMENSIONS, run.last < last ? this.seen[run.last] : undefined);
    }
    return dense;
  }

  private addVector(dense: Float32Array, offset: number, seen: Seen | undefined): void {
    const vector = seen && wordVector(seen.word);
    vector?.forEach((part, dimension) => (dense[offset + dimension] = part / VECTOR_UNIT));
  }

  /** What the whole run of capitals looks like, told to each of its tokens. */
  private addRunFeatures(at: number, run: Run, first: number, last: number, features: string[]): void {
    const opening = this.seen[run.first]!;
    const closing = this.seen[run.last - 1]!;
    const before = run.first > first ? this.seen[run.first - 1]! : START;
    const after = run.last < last ? this.seen[run.last]! : END;
    const length = Math.min(5, run.last - run.first);
    const place = at === run.first ? 'F' : at === run.last - 1 ? 'L' : 'M';
    features.push(
      `r=${length}${place}`,
      `r,last=${closing.word}`,
      `r,lastC=${closing.coarse}|${length}`,
      `r,firstC=${opening.coarse}|${length}`,
      `r,C,C=${opening.coarse}|${closing.coarse}|${length > 1}`,
      `r,w-1=${before.word}`,
      `r,w+1=${after.word}`,
      `r,C-1=${before.coarse}|${length}`,
      `r,C+1=${after.coarse}|${length}`,
      `r,s=${opening.shape}|${closing.shape}|${length}`,
    );
    for (const flag of closing.flags) features.push(`r,lastf=${flag}`);
    for (const flag of opening.flags) features.push(`r,firstf=${flag}|${length}`);
    for (const flag of before.flags) features.push(`r,f-1=${flag}`);
  }

  private addDocumentFeatures(here: Seen, isFirst: boolean, features: string[]): void {
    if (this.lowerCase.has(here.word)) features.push(isFirst ? 'd=lower,first' : 'd=lower');
    for (const sign of this.around.get(here.text) ?? []) features.push(`d=${sign}`);
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
      for (let at = run.first; at < run.last; at++) this.seen[at]!.run = run;
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
    for (let at = 0; at < this.seen.length; at++) {
      if (!this.seen[at]!.isCapital) continue;
      for (let length = LONGEST_NAME; length > 0; length--) {
        const run = this.seen.slice(at, at + length);
        if (run.length < length || !run.at(-1)!.isCapital) continue;
        const kind = nameKind(run.map((seen) => seen.word).join(' '));
        if (!kind) continue;
        run.forEach((seen, offset) => seen.places.push(`${kind}${offset === 0 ? 'B' : 'I'}${length > 1 ? '2' : '1'}`));
        break;
      }
    }
  }

  /** First reading of the document: what stands beside a capitalised word wherever it occurs. */
  private readDocument(): void {
    this.seen.forEach((here, at) => {
      if (!here.isCapital) {
        this.lowerCase.add(here.text);
        return;
      }
      const before = this.seen[at - 1] ?? START;
      const after = this.seen[at + 1] ?? END;
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

const PARTICLES = new Set('de da di la le van von der den al el bin ibn -'.split(' '));
const INNER_WORDS = new Set("of the and & - . ' ’ for de la von van der al 's".split(' '));
const CONTEXT_WORDS = new Set(
  "in at from near to of the said says told who his her mr mrs ms dr he she 's by with for".split(' '),
);
const START: Seen = {
  word: '<s>',
  text: '',
  shape: '<s>',
  isCapital: false,
  fine: -2,
  coarse: -2,
  flags: [],
  places: [],
};
const END: Seen = {
  word: '</s>',
  text: '',
  shape: '</s>',
  isCapital: false,
  fine: -3,
  coarse: -3,
  flags: [],
  places: [],
};

function see(text: string): Seen {
  const word = text.toLowerCase();
  return {
    word: /^\d+$/.test(word) ? `#${word.length}` : word,
    text,
    shape: shapeOf(text),
    isCapital: /^\p{Lu}/u.test(text),
    fine: fineGroup(word),
    coarse: coarseGroup(word),
    flags: wordFlags(word),
    places: [],
  };
}

/** "Kellan" Xx, "UNO" XX, "of" x, "1998" 9, "McKay" XxXx; marks stand for themselves. */
function shapeOf(text: string): string {
  return text
    .replace(/\p{Lu}+/gu, (run) => (run.length > 1 ? 'XX' : 'X'))
    .replace(/[\p{Ll}\p{M}\p{Lo}]+/gu, 'x')
    .replace(/\p{N}+/gu, '9');
}
