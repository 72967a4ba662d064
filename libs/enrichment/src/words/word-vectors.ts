import { readBytes, readData } from '../data.js';

interface VectorFile {
  dimensions: number;
  /** In order of frequency, parted by spaces; a word's place is its row. */
  words: string;
  /** Fine group of each word. */
  fine: number[];
  /** Coarse group of each fine group. */
  coarse: number[];
}

const file = readData<VectorFile>('data/word-vectors.json');
const rows = new Int8Array(readBytes('data/word-vectors.bin'));
const rowOf = new Map(file.words.split(' ').map((word, row) => [word, row] as const));

/** Length of every vector. */
export const DIMENSIONS = file.dimensions;

/** Place of a lower-case English word in the order of frequency, undefined past the 60,000 commonest. */
export function wordRank(word: string): number | undefined {
  return rowOf.get(word);
}

/** Vector of a lower-case English word, each part from -127 to 127; words of like meaning have like vectors. */
export function wordVector(word: string): Int8Array | undefined {
  const row = rowOf.get(word);
  return row === undefined ? undefined : rows.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
}

/** Group of a word among 1,024 groups of words of like meaning, -1 for an unknown word. */
export function fineGroup(word: string): number {
  const row = rowOf.get(word);
  return row === undefined ? -1 : (file.fine[row] ?? -1);
}

/** Group of a word among 96, -1 for an unknown word. */
export function coarseGroup(word: string): number {
  const row = rowOf.get(word);
  return row === undefined ? -1 : (file.coarse[file.fine[row]!] ?? -1);
}
