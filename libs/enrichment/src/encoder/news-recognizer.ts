import { keyOf, rowsOf } from './string-hash.js';

/*
 * A recognizer of names that others trained on news: the network of the `ner` component of spaCy's en_core_web_md.
 * What it says is not taken for names; it is what our own head reads beside the encoder's vectors. Its parts, as
 * Honnibal and others describe them (https://explosion.ai/blog/deep-learning-formula-nlp): a word is looked up by
 * its norm, its first and its last letters and its shape, in tables that several words share, and in a table of
 * word vectors; four layers let it see four words to either side; and a state machine goes from word to word and
 * opens, continues and closes names.
 */

/** The network's numbers; matrices row by row. */
export interface RecognizerWeights {
  /** What stands for the words that differ from their lower case, by key. */
  norms: ReadonlyMap<bigint, string>;
  /** For norm, first letter, last three letters and shape: rows of `WIDTH` numbers. */
  tables: readonly Float32Array[];
  /** Keys of the words that have a vector, ascending, and the row of each. */
  keys: BigUint64Array;
  rows: Uint16Array;
  /** Of words, `WIDTH` numbers each. */
  vectors: Float32Array;
  /** The first over all that a word is looked up by, the others over it and its neighbours. */
  layers: readonly MaxoutLayer[];
  hidden: { weights: Float32Array; bias: Float32Array };
  /** For the three words a state tells of: pieces of each of its units; and what stands for a word that is not there. */
  state: { weights: readonly Float32Array[]; missing: readonly Float32Array[]; bias: Float32Array };
  moves: { names: readonly string[]; weights: Float32Array; bias: Float32Array };
}

/** Units of which each is the largest of `PIECES`, normed to a mean of 0 and a variance of 1, then scaled and shifted. */
export interface MaxoutLayer {
  weights: Float32Array;
  bias: Float32Array;
  scale: Float32Array;
  shift: Float32Array;
}

/** What the recognizer makes of each word of a document. */
export interface RecognizerReading {
  /** What the four layers give of it, of `WIDTH` numbers. */
  vectors: Float32Array[];
  /** Natural logarithms of the chances of each group of moves at it, of `MOVE_GROUPS` numbers. */
  moves: Float32Array[];
}

/** Numbers in the vector of a word. */
export const WIDTH = 96;

const PIECES = 3;
const NEIGHBOURHOOD = 3 * WIDTH;
// The network was trained with so many empty words before and after each document.
const PADDING = 4;
const STATE_UNITS = 64;
const STATE_PIECES = 2;
const TABLE_SEEDS = [8, 9, 10, 11];
const LONGEST_SHAPE = 100;
const LONGEST_STRETCH_OF_SHAPE = 4;
// Words whose lookups are kept: more than a day of one agency has, and some 20 MB.
const MOST_KNOWN_WORDS = 50_000;
// Below this a chance is as good as none.
const LEAST_CHANCE = 1e-3;

// Signs that stand for one another.
const SIGNS = new Map(
  Object.entries({
    '"': "“ ” „ « » ‘‘ ’’ `` ''",
    "'": '’ ‘ ´ `',
    "'s": '’s ’S',
    '-': '– — -- ---',
    '...': '…',
    $: '€ £ ¥ ₹ US$',
  }).flatMap(([norm, signs]) => signs.split(' ').map((sign) => [sign, norm] as const)),
);
// Words that are names of its makers' too have the number of that name for a key.
const RESERVED_KEYS = new Map([
  ['X', 101n],
  ['agent', 401n],
  ['mark', 423n],
  ['number', 432n],
  ['root', 449n],
  ['_', 456n],
]);

const GROUPS: Record<string, number> = {
  PERSON: 0,
  ORG: 1,
  GPE: 2,
  LOC: 3,
  FAC: 3,
  NORP: 4,
  WORK_OF_ART: 5,
  EVENT: 5,
  PRODUCT: 5,
  LAW: 5,
  LANGUAGE: 5,
};
const OTHER_GROUP = 6;
const PARTS = 'BILU';

/** Groups of moves: outside, and for each of seven kinds of names (dates and numbers together) begin, in, last, unit. */
export const MOVE_GROUPS = 1 + (OTHER_GROUP + 1) * PARTS.length;

interface Move {
  /** O, B, I, L or U. */
  part: string;
  kind: string;
  group: number;
}

export class NewsRecognizer {
  private readonly moves: readonly (Move | undefined)[];
  private known = new Map<string, Float32Array>();

  constructor(private readonly weights: RecognizerWeights) {
    this.moves = weights.moves.names.map(moveOf);
  }

  /** Reads a document's words. */
  read(words: readonly string[]): RecognizerReading {
    if (!words.length) return { vectors: [], moves: [] };
    const vectors = this.contextOf(words);
    return { vectors, moves: this.movesOf(vectors.map((vector) => this.hiddenOf(vector))) };
  }

  /** The words' vectors after the layers that look at neighbours. */
  private contextOf(words: readonly string[]): Float32Array[] {
    this.lookUp(words);
    const count = words.length + 2 * PADDING;
    // One row more at either end, which stays empty, for the neighbours of the first and the last.
    const rows = new Float32Array((count + 2) * WIDTH);
    words.forEach((word, at) => rows.set(this.known.get(word)!, (at + PADDING + 1) * WIDTH));
    for (const layer of this.weights.layers.slice(1)) {
      const more = maxout(rows, { count, width: NEIGHBOURHOOD, step: WIDTH }, layer);
      for (let at = 0; at < more.length; at++) rows[at + WIDTH]! += more[at]!;
    }
    return words.map((_, at) => rows.subarray((at + PADDING + 1) * WIDTH, (at + PADDING + 2) * WIDTH));
  }

  /** Makes sure that the words are known. */
  private lookUp(words: readonly string[]): void {
    if (this.known.size > MOST_KNOWN_WORDS) this.known = new Map();
    const unknown = [...new Set(words)].filter((word) => !this.known.has(word));
    const width = (TABLE_SEEDS.length + 1) * WIDTH;
    const entries = new Float32Array(unknown.length * width);
    unknown.forEach((word, at) => entries.set(this.entriesOf(word), at * width));
    const found = maxout(entries, { count: unknown.length, width, step: width }, this.weights.layers[0]!);
    unknown.forEach((word, at) => this.known.set(word, found.slice(at * WIDTH, (at + 1) * WIDTH)));
  }

  private entriesOf(word: string): Float32Array {
    const { norms, tables, vectors } = this.weights;
    const key = lookupKey(word);
    const letters = [...word];
    const entries = new Float32Array((TABLE_SEEDS.length + 1) * WIDTH);
    const forms = [
      norms.get(key) ?? SIGNS.get(word) ?? word.toLowerCase(),
      letters[0]!,
      letters.slice(-3).join(''),
      shapeOf(letters),
    ];
    forms.forEach((form, at) => {
      const table = tables[at]!;
      for (const row of rowsOf(lookupKey(form), TABLE_SEEDS[at]!, table.length / WIDTH)) {
        for (let part = 0; part < WIDTH; part++) entries[at * WIDTH + part]! += table[row * WIDTH + part]!;
      }
    });
    const row = this.vectorRow(key);
    if (row !== undefined) entries.set(vectors.subarray(row * WIDTH, (row + 1) * WIDTH), forms.length * WIDTH);
    return entries;
  }

  private vectorRow(key: bigint): number | undefined {
    const { keys, rows } = this.weights;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return keys[low] === key ? rows[low] : undefined;
  }

  private hiddenOf(vector: Float32Array): Float32Array {
    const { weights, bias } = this.weights.hidden;
    return Float32Array.from(bias, (value, unit) => value + dot(weights, unit * vector.length, vector));
  }

  /** Goes from word to word, takes the likeliest move that is allowed, and tells what the choice was. */
  private movesOf(hidden: readonly Float32Array[]): Float32Array[] {
    let open: { kind: string; first: number } | undefined;
    return hidden.map((_, at) => {
      const scores = this.scoresOf(hidden, at, open?.first);
      const isThere = (move: Move | undefined): move is Move =>
        move !== undefined && (open ? 'IL'.includes(move.part) && move.kind === open.kind : 'OBU'.includes(move.part));
      const taken = this.likeliest(
        scores,
        (move) => isThere(move) && !(at === hidden.length - 1 && 'BI'.includes(move.part)),
      );
      const chances = this.chancesOf(scores, (move) => 'OBU'.includes(move.part) === !open);
      if (taken.part === 'B') open = { kind: taken.kind, first: at };
      if (taken.part === 'L') open = undefined;
      return chances;
    });
  }

  private likeliest(scores: Float32Array, isAllowed: (move: Move | undefined) => boolean): Move {
    let best: { move: Move; score: number } | undefined;
    this.moves.forEach((move, at) => {
      if (isAllowed(move) && !(best && best.score >= scores[at]!)) best = { move: move!, score: scores[at]! };
    });
    return best!.move;
  }

  private chancesOf(scores: Float32Array, counts: (move: Move) => boolean): Float32Array {
    const most = Math.max(...scores);
    const chances = new Float32Array(MOVE_GROUPS);
    let total = 0;
    this.moves.forEach((move, at) => {
      if (!move || !counts(move)) return;
      const weight = Math.exp(scores[at]! - most);
      chances[move.group]! += weight;
      total += weight;
    });
    return chances.map((weight) => Math.log(weight / total + LEAST_CHANCE));
  }

  /** The score of each move at a word, where a name is open from word `first` on or none is. */
  private scoresOf(hidden: readonly Float32Array[], at: number, first: number | undefined): Float32Array {
    const { state, moves } = this.weights;
    const seen = [
      hidden[at],
      first === undefined ? undefined : hidden[first],
      first === undefined ? undefined : hidden[at - 1],
    ];
    const pieces = state.bias.slice();
    seen.forEach((vector, order) => {
      for (let piece = 0; piece < pieces.length; piece++) {
        pieces[piece]! += vector
          ? dot(state.weights[order]!, piece * STATE_UNITS, vector)
          : state.missing[order]![piece]!;
      }
    });
    const units = Float32Array.from({ length: STATE_UNITS }, (_, unit) =>
      Math.max(...pieces.subarray(unit * STATE_PIECES, (unit + 1) * STATE_PIECES)),
    );
    return Float32Array.from(moves.bias, (value, move) => value + dot(moves.weights, move * STATE_UNITS, units));
  }
}

function lookupKey(text: string): bigint {
  return RESERVED_KEYS.get(text) ?? keyOf(text);
}

function moveOf(name: string): Move | undefined {
  const [part, kind = ''] = name.split('-');
  if (part === 'O') return { part, kind, group: 0 };
  if (!part || !kind) return undefined;
  return { part, kind, group: 1 + (GROUPS[kind] ?? OTHER_GROUP) * PARTS.length + PARTS.indexOf(part) };
}

/** "Xxxx" for "Minister": what letters and digits look like, no more than four of a kind in a row. */
function shapeOf(letters: readonly string[]): string {
  if (letters.length >= LONGEST_SHAPE) return 'LONG';
  const signs = letters.map((letter) => {
    if (/\p{L}/u.test(letter)) return /\p{Lu}/u.test(letter) ? 'X' : 'x';
    return /\p{Nd}/u.test(letter) ? 'd' : letter;
  });
  let stretch = 0;
  return signs
    .filter((sign, at) => (stretch = sign === signs[at - 1] ? stretch + 1 : 1) <= LONGEST_STRETCH_OF_SHAPE)
    .join('');
}

type Three = [number, number, number];

/** A layer's answer for `count` rows of `width` numbers, of which each begins `step` numbers after the last. */
function maxout(
  inputs: Float32Array,
  { count, width, step }: { count: number; width: number; step: number },
  layer: MaxoutLayer,
): Float32Array {
  const { weights, bias } = layer;
  const outputs = new Float32Array(count * WIDTH).fill(-Infinity);
  // Four rows at a time, since a weight that was fetched is best used at once for several.
  for (let row = 0; row < count; row += 4) {
    const [second, third, fourth] = [row + 1, row + 2, row + 3].map((one) => Math.min(one, count - 1)) as Three;
    for (let piece = 0; piece < bias.length; piece++) {
      let a = bias[piece]!;
      let b = a;
      let c = a;
      let d = a;
      for (let at = 0, from = piece * width; at < width; at++, from++) {
        const weight = weights[from]!;
        a += weight * inputs[row * step + at]!;
        b += weight * inputs[second * step + at]!;
        c += weight * inputs[third * step + at]!;
        d += weight * inputs[fourth * step + at]!;
      }
      const unit = Math.floor(piece / PIECES);
      raise(outputs, row * WIDTH + unit, a);
      raise(outputs, second * WIDTH + unit, b);
      raise(outputs, third * WIDTH + unit, c);
      raise(outputs, fourth * WIDTH + unit, d);
    }
  }
  for (let row = 0; row < count; row++) normalize(outputs.subarray(row * WIDTH, (row + 1) * WIDTH), layer);
  return outputs;
}

function raise(values: Float32Array, at: number, value: number): void {
  if (value > values[at]!) values[at] = value;
}

function normalize(row: Float32Array, { scale, shift }: MaxoutLayer): void {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  const factor = 1 / Math.sqrt(variance + 1e-8);
  for (let at = 0; at < row.length; at++) row[at] = (row[at]! - mean) * factor * scale[at]! + shift[at]!;
}

function dot(weights: Float32Array, offset: number, vector: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += weights[offset + at]! * vector[at]!;
  return sum;
}
