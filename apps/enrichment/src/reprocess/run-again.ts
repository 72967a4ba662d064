import type { ArticleData } from '@wireroom/contracts';
import {
  type Enriched,
  type TextSignature,
  enrichAgain,
  inputOf,
  reasonsInto,
  signatureOf,
} from '@wireroom/enrichment';
import type { ConfiguredSteps } from '@wireroom/enrichment/custom-steps';

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
  /** By step that failed, why, for the log. */
  reasons: Record<string, string>;
}

/** Runs steps again over a stored article. Pure. */
export function runAgain(task: RunAgainTask, { chain }: ConfiguredSteps): RunAgainAnswer {
  const { article, publishedAt, steps, enrichment, provenance } = task;
  const input = inputOf(article, publishedAt);
  const reasons: Record<string, string> = {};
  const again = enrichAgain(input, { enrichment, provenance }, { steps, failed: reasonsInto(reasons) }, chain);
  return { ...again, signature: signatureOf(input.body), reasons };
}
