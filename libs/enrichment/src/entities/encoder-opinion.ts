import { readData, readText } from '../data.js';
import { type PieceEncoder, tokenVectors } from '../encoder/token-vectors.js';
import { WordPieces } from '../encoder/word-pieces.js';
import type { Opinion } from './recognize.js';
import { type HeadFile, VectorHead } from './vector-head.js';

/** A second opinion by what an encoder makes of the text. @throws Error, from the encoder, when it is asked */
export function encoderOpinion(encoder: PieceEncoder, head: VectorHead = trainedHead()): Opinion {
  return ({ tokens }, runs) => {
    const words = tokens.map(({ text }) => text);
    return head.opinions(runs, words, tokenVectors(words, vocabulary(), encoder));
  };
}

let pieces: WordPieces | undefined;
let trained: VectorHead | undefined;

/** The vocabulary of the encoder that the head was trained on. */
export function vocabulary(): WordPieces {
  return (pieces ??= new WordPieces(readText('data/encoder-vocabulary.txt').trimEnd().split('\n')));
}

/** The head that comes with this library. */
export function trainedHead(): VectorHead {
  return (trained ??= new VectorHead(readData<HeadFile>('model/entity-head.json')));
}
