import type { ArticleData } from '@wireroom/contracts';
import { type Enriched, type TextSignature, enrichAgain, inputOf, signatureOf } from '@wireroom/enrichment';
import type { ConfiguredSteps } from '../steps/chain-of.js';

/** What the lane's process is handed: a stored article with what was found out about it. */
export interface RunAgainTask extends Enriched {
  article: ArticleData;
  publishedAt?: string;
  steps: string[];
  /** Path of the configuration that says which steps there are. */
  config?: string;
}

export interface RunAgainAnswer extends Enriched {
  signature: TextSignature;
}

/** Runs steps again over a stored article. Pure. */
export function runAgain(task: RunAgainTask, { chain }: ConfiguredSteps): RunAgainAnswer {
  const { article, publishedAt, steps, enrichment, provenance } = task;
  const input = inputOf(article, publishedAt);
  return { ...enrichAgain(input, { enrichment, provenance }, { steps }, chain), signature: signatureOf(input.body) };
}
