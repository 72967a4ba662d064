import 'reflect-metadata';
import { type PreviewResult, previewItem } from './preview-item.js';
import { parseLine } from './preview-line.js';

/** Work of a preview thread: one line of input, as bytes, to its result. Reading it here keeps the main thread free. */
export default function previewLine(line: Uint8Array): Promise<PreviewResult> {
  return previewItem(parseLine(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')));
}
