import type { EnrichmentStep } from '@wireroom/enrichment';
import { type PreviewResult, previewItem } from './preview-item.js';
import { parseLine } from './preview-line.js';

/** Work of a preview process: one line of input, as bytes, to its result. Reading it there keeps the main process free. */
export function previewWork(chain: readonly EnrichmentStep[]): (line: Uint8Array) => Promise<PreviewResult> {
  return (line) =>
    previewItem(parseLine(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')), chain);
}
