import type { ArticleData } from '@wireroom/contracts';
import { type Enriched, enrichAgain, inputOf, signatureOf } from '@wireroom/enrichment';
import type { TextSignature } from '@wireroom/enrichment';

/** What the lane's thread is handed: a stored article with what was found out about it. */
export interface RunAgainTask extends Enriched {
  article: ArticleData;
  publishedAt?: string;
  steps: string[];
}

export interface RunAgainAnswer extends Enriched {
  signature: TextSignature;
}

/** Runs steps again over a stored article. Pure. */
export function runAgain({ article, publishedAt, steps, ...before }: RunAgainTask): RunAgainAnswer {
  const input = inputOf(article, publishedAt);
  return { ...enrichAgain(input, before, { steps }), signature: signatureOf(input.body) };
}
