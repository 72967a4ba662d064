import { createHash } from 'node:crypto';
import { wordsOf } from '../text/tokens.js';

/*
 * MinHash (Broder 1997): the share of equal positions in two signatures estimates the Jaccard
 * similarity of the two texts' sets of three-word shingles, whatever their length, with a standard
 * error of at most 0.045 at 128 positions.
 */

const HASHES = 128;
const SHINGLE_WORDS = 3;
// 42 bands of 3: two texts that share a third of their shingles meet in a band four times in five,
// two unrelated ones (about 0.5% shared) once in 190,000, which keeps look-ups flat to ten million.
const BAND_ROWS = 3;
/** A place in a text is told in so many parts of its length: one byte. */
export const PLACES = 256;
/** So many distinct figures of a text are kept. */
export const MOST_FIGURES = 32;

/** What clustering needs to know of a text; plain data, so it may cross threads and be stored. */
export interface TextSignature {
  /** The 128 minima, unsigned 32-bit. */
  hashes: number[];
  /** Where each minimum's shingle first stands, in 256ths of the text; signatures from before 1.1.0 have none. */
  places?: number[];
  /** Its figures (words with a digit) as unsigned 16-bit hashes, the 32 lowest in order; from 1.1.0 on too. */
  figures?: number[];
  /** Number of distinct shingles; 0 for a text without words. */
  shingles: number;
  /** SHA-256 (hex) of the words in order, without case, marks and spacing. */
  digest: string;
}

/** Signature of a body. The same words in the same order give the same signature, on any machine. */
export function signatureOf(body: string): TextSignature {
  const words = wordsOf(body.normalize('NFKC').toLowerCase()).map((word) => word.text);
  const shingles = shinglesOf(words).map(hash32);
  const firstAt = new Map<number, number>();
  for (let at = shingles.length - 1; at >= 0; at--) firstAt.set(shingles[at]!, at);
  const { hashes, at } = minima(firstAt);
  return {
    hashes,
    places: at.map((first) => Math.floor((first * PLACES) / (shingles.length || 1))),
    figures: figuresOf(words),
    shingles: firstAt.size,
    digest: createHash('sha256').update(words.join(' ')).digest('hex'),
  };
}

/**
 * Keys under which a signature is filed: two texts that share a key are candidates for one cluster. Each is a whole
 * number of 52 bits, which a double holds exactly and an index packs into half of what the minima themselves take.
 */
export function bandKeysOf(signature: TextSignature): number[] {
  if (!signature.shingles) return [];
  const keys: number[] = [];
  for (let row = 0; row + BAND_ROWS <= HASHES; row += BAND_ROWS) {
    keys.push(hash52([row, ...signature.hashes.slice(row, row + BAND_ROWS)]));
  }
  return keys;
}

/** Estimated Jaccard similarity, and how much of the smaller text is in the larger, both 0 to 1. */
export function similarity(a: TextSignature, b: TextSignature): { jaccard: number; containment: number } {
  if (!a.shingles || !b.shingles) return { jaccard: 0, containment: 0 };
  const equal = a.hashes.reduce((count, value, at) => count + (value === b.hashes[at] ? 1 : 0), 0);
  const jaccard = equal / HASHES;
  const shared = (jaccard * (a.shingles + b.shingles)) / (1 + jaccard);
  return { jaccard, containment: Math.min(1, shared / Math.min(a.shingles, b.shingles)) };
}

function figuresOf(words: string[]): number[] {
  const hashes = new Set(words.filter((word) => /\p{Nd}/u.test(word)).map((word) => hash32(word) >>> 16));
  return [...hashes].sort((a, b) => a - b).slice(0, MOST_FIGURES);
}

function shinglesOf(words: string[]): string[] {
  if (words.length < SHINGLE_WORDS) return words.length ? [words.join(' ')] : [];
  return words.slice(SHINGLE_WORDS - 1).map((_, at) => words.slice(at, at + SHINGLE_WORDS).join(' '));
}

const PERMUTATIONS = permutations();

/** Fixed multipliers (odd) and offsets from a linear congruential generator; they are part of the stored format. */
function permutations(): { multiplier: number; offset: number }[] {
  let state = 0x9e3779b9;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  return Array.from({ length: HASHES }, () => ({ multiplier: mix(next()) | 1, offset: mix(next()) }));
}

/** The minima, and for each where its shingle stands. */
function minima(firstAt: ReadonlyMap<number, number>): { hashes: number[]; at: number[] } {
  const lowest = new Uint32Array(HASHES).fill(0xffffffff);
  const lowestAt = new Uint32Array(HASHES);
  for (const [shingle, first] of firstAt) {
    PERMUTATIONS.forEach(({ multiplier, offset }, at) => {
      const value = (Math.imul(shingle, multiplier) + offset) >>> 0;
      if (value >= lowest[at]!) return;
      lowest[at] = value;
      lowestAt[at] = first;
    });
  }
  return { hashes: [...lowest], at: [...lowestAt] };
}

/** FNV-1a over UTF-16 units, then mixed, since the permutations above need well spread bits. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** The 32-bit finaliser of MurmurHash3. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Two chains of the finaliser over the same numbers, 20 bits of one above the 32 of the other. */
function hash52(numbers: number[]): number {
  const chain = (seed: number): number => numbers.reduce((hash, value) => mix(Math.imul(hash, 31) ^ value), seed);
  return (chain(0x2545f491) >>> 12) * 2 ** 32 + chain(0x9e3779b9);
}
