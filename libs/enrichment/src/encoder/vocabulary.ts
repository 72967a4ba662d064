import { readText } from '../data.js';
import { WordPieces } from './word-pieces.js';

let pieces: WordPieces | undefined;

/** The vocabulary of the encoder that the head was trained on. */
export function vocabulary(): WordPieces {
  return (pieces ??= new WordPieces(readText('data/encoder-vocabulary.txt').trimEnd().split('\n')));
}
