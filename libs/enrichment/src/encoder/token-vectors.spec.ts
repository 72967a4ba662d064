import { MOST_PIECES, type PieceEncoder, WINDOW, tokenVectors } from './token-vectors.js';
import { WordPieces } from './word-pieces.js';

const pieces = new WordPieces(['[UNK]', '[CLS]', '[SEP]', 'a', 'b', '##c']);

/** Says of each piece its number, and how far it stands from the nearer end of its sequence. */
class Telling implements PieceEncoder {
  readonly dimensions = 2;
  readonly lengths: number[] = [];

  encode(sequence: readonly number[]): Float32Array {
    this.lengths.push(sequence.length);
    return Float32Array.from(sequence.flatMap((number, at) => [number, Math.min(at, sequence.length - 1 - at)]));
  }
}

describe('vectors of tokens', () => {
  it('are the mean of their pieces', () => {
    const vectors = tokenVectors(['a', 'bc', 'b'], pieces, new Telling());
    expect(vectors.map((vector) => [...vector])).toEqual([
      [3, 1],
      [4.5, 2],
      [4, 1],
    ]);
  });

  it('of a long text come from windows that overlap, each piece with text around it', () => {
    const encoder = new Telling();
    const words = Array.from({ length: 1000 }, (_, at) => (at % 2 ? 'a' : 'b'));
    const vectors = tokenVectors(words, pieces, encoder);
    expect(vectors.map(([number]) => number)).toEqual(words.map((word) => (word === 'a' ? 3 : 4)));
    expect(Math.max(...encoder.lengths)).toBe(WINDOW + 2);
    expect(Math.min(...vectors.slice(32, -32).map(([, depth]) => depth!))).toBeGreaterThan(30);
  });

  it('end where a text gets too long to be read', () => {
    const words = Array<string>(MOST_PIECES).fill('bc');
    expect(tokenVectors(words, pieces, new Telling())).toHaveLength(MOST_PIECES / 2);
  });

  it('of an empty text are none', () => {
    expect(tokenVectors([], pieces, new Telling())).toEqual([]);
  });
});
