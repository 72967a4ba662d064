import type { EnrichmentStep } from '@wireroom/enrichment';
import { type PreviewResult, previewItem } from './preview-item.js';
import { parseLine } from './preview-line.js';

/** What a preview process is handed. */
export interface PreviewTask {
  /** One line of input, as bytes: reading it there keeps the main process free. */
  line: Uint8Array;
  /** Path of the configuration that says which steps run. */
  config?: string;
  /** Names of steps that are left out. */
  without?: string[];
}

/** Work of a preview process: one line of input to its result, by the steps that run with a configuration. */
export function previewWork(
  chainOf: (config: string | undefined) => Promise<readonly EnrichmentStep[]>,
): (task: PreviewTask) => Promise<PreviewResult> {
  return async ({ line, config, without = [] }) => {
    const chain = await chainOf(config);
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
    return previewItem(
      parseLine(text),
      chain.filter(({ name }) => !without.includes(name)),
    );
  };
}
