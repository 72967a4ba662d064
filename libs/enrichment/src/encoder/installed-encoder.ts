import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { folderOf } from '../data.js';
import { NewsRecognizer } from './news-recognizer.js';
import { readRecognizerFile } from './recognizer-file.js';
import { ThreadedEncoder } from './threaded-encoder.js';

/** Where `npm run entities:install` puts the encoder, its runtime and the recognizer. */
const FOLDER = folderOf('encoder');

/** Something that the accurate entities need is not installed. */
export class EncoderMissingError extends Error {
  constructor(what: string) {
    super(`${what} is not installed; run: npm run entities:install`);
    this.name = 'EncoderMissingError';
  }
}

/**
 * The installed encoder; its model is loaded with the first text.
 *
 * @throws EncoderMissingError
 */
export function installedEncoder(dimensions: number, folder: string = FOLDER): ThreadedEncoder {
  const model = join(folder, 'model.onnx');
  if (!existsSync(model)) throw new EncoderMissingError(`the encoder (${model})`);
  try {
    createRequire(model).resolve('onnxruntime-node');
  } catch {
    throw new EncoderMissingError(`onnxruntime-node (below ${folder})`);
  }
  return new ThreadedEncoder(folder, dimensions);
}

/**
 * The installed recognizer; its weights are loaded with the first text.
 *
 * @throws EncoderMissingError
 */
export function installedRecognizer(folder: string = FOLDER): Pick<NewsRecognizer, 'read'> {
  const file = join(folder, 'recognizer.bin');
  if (!existsSync(file)) throw new EncoderMissingError(`the recognizer (${file})`);
  let loaded: NewsRecognizer | undefined;
  return { read: (words) => (loaded ??= new NewsRecognizer(readRecognizerFile(readFileSync(file)))).read(words) };
}
