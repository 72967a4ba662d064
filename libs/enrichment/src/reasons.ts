import type { EnrichmentOptions } from './enrich-article.js';

const LONGEST_REASON = 300;

/** Tells an operator why a step failed, no longer than a line of the log should be. */
export function reasonsInto(reasons: Record<string, string>): EnrichmentOptions['failed'] {
  return (step, cause) => (reasons[step] = String(cause).slice(0, LONGEST_REASON));
}
