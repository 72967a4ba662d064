import type { WordPieces } from './word-pieces.js';

/** Gives every piece of a sequence a vector that tells what it means where it stands. */
export interface PieceEncoder {
  /** Numbers in a vector. */
  readonly dimensions: number;
  /** The vectors of a sequence of piece numbers, one after the other. @throws Error */
  encode(sequence: readonly number[]): Float32Array;
}

/** Pieces read at once: what sentence encoders are made for, 256, less the two that open and close the sequence. */
export const WINDOW = 254;
/** Pieces that two neighbouring windows share, so that none is read without what stands around it. */
export const OVERLAP = 64;

/** Pieces of a text that are read at all: about 18 kB of English, and some seconds of one core. */
export const MOST_PIECES = 4096;

/**
 * One vector for each word from the start of the text as far as it is read (`MOST_PIECES`): the mean of its
 * pieces', read with the text around them.
 *
 * @throws Error by the encoder
 */
export function tokenVectors(words: readonly string[], pieces: WordPieces, encoder: PieceEncoder): Float32Array[] {
  const cut = cutAsFarAsRead(words, pieces);
  const vectors = pieceVectors(cut.flat(), pieces, encoder);
  let at = 0;
  return cut.map(({ length }) => meanOf(vectors.slice(at, (at += length)), encoder.dimensions));
}

function cutAsFarAsRead(words: readonly string[], pieces: WordPieces): number[][] {
  const cut: number[][] = [];
  let count = 0;
  for (const word of words) {
    const numbers = pieces.cut(word);
    count += numbers.length;
    if (count > MOST_PIECES) break;
    cut.push(numbers);
  }
  return cut;
}

/** The mean of some vectors. */
export function meanOf(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const mean = new Float32Array(dimensions);
  for (const vector of vectors) {
    for (let part = 0; part < dimensions; part++) mean[part]! += vector[part]! / vectors.length;
  }
  return mean;
}

function pieceVectors(numbers: readonly number[], { open, close }: WordPieces, encoder: PieceEncoder): Float32Array[] {
  const { dimensions } = encoder;
  const vectors: Float32Array[] = [];
  for (let first = 0; ; first += WINDOW - OVERLAP) {
    const window = numbers.slice(first, first + WINDOW);
    const rows = encoder.encode([open, ...window, close]);
    // Of what two windows share, each gives the half that lies deeper within it.
    const from = first === 0 ? 0 : OVERLAP / 2;
    vectors.length = first + from;
    for (let at = from; at < window.length; at++) {
      vectors.push(rows.subarray((at + 1) * dimensions, (at + 2) * dimensions));
    }
    if (first + WINDOW >= numbers.length) return vectors;
  }
}
