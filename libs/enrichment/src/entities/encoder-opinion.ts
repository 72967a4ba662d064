import { readData } from '../data.js';
import type { NewsRecognizer } from '../encoder/news-recognizer.js';
import { type PieceEncoder, tokenVectors } from '../encoder/token-vectors.js';
import { vocabulary } from '../encoder/vocabulary.js';
import type { Opinion } from './recognize.js';
import { type HeadFile, VectorHead, type View } from './vector-head.js';

/** What reads a document's words: an encoder, and a recognizer that others trained. */
export interface WordReaders {
  encoder: PieceEncoder;
  recognizer: Pick<NewsRecognizer, 'read'>;
}

/** A second opinion by what an encoder and a recognizer make of the text. @throws Error, from these, when it is asked */
export function encoderOpinion(readers: WordReaders, head: VectorHead = trainedHead()): Opinion {
  return ({ tokens }, runs) => {
    const words = tokens.map(({ text }) => text);
    return head.opinions(runs, words, viewsOf(words, readers));
  };
}

/** The views of a document's words that the head is trained on, in its order: of the words that the encoder reads. */
export function viewsOf(words: readonly string[], { encoder, recognizer }: WordReaders): View[] {
  const encoded = tokenVectors(words, vocabulary(), encoder);
  const { vectors, moves } = recognizer.read(words.slice(0, encoded.length));
  return [encoded, vectors, moves];
}

let trained: VectorHead | undefined;

/** The head that comes with this library. */
export function trainedHead(): VectorHead {
  return (trained ??= new VectorHead(readData<HeadFile>('model/entity-head.json')));
}
