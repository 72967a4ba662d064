import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { folderOf } from '../data.js';
import { ThreadedEncoder } from './threaded-encoder.js';

/** Where `npm run entities:install` puts the encoder and its runtime. */
const FOLDER = folderOf('encoder');

/** The encoder of the accurate entities is not installed. */
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
