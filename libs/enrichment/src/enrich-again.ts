import type { EnrichmentData, ProvenanceData } from '@wireroom/contracts';
import { STEPS } from './chain.js';
import { type EnrichmentOptions, enrichArticle } from './enrich-article.js';
import type { EnrichmentInput, EnrichmentStep } from './step.js';

/** What the chain found out about an article, with the evidence. */
export interface Enriched {
  enrichment: EnrichmentData;
  provenance: ProvenanceData[];
}

/**
 * Runs some steps again over an article that was enriched before; they see what the others found then. What they find
 * takes the place of what they had found, with its evidence. A step that fails leaves its field as it was and is named
 * in `failedSteps`. Pure.
 */
export function enrichAgain(
  input: EnrichmentInput,
  before: Enriched,
  options: EnrichmentOptions & { steps: string[] },
  chain: readonly EnrichmentStep[] = STEPS,
): Enriched {
  const again = enrichArticle(input, { ...options, found: before.enrichment }, chain);
  return replaceSteps(before, again, options.steps);
}

/** `again` as far as it is of these steps, with the evidence and the failures that `before` has of others. */
export function replaceSteps(before: Enriched, again: Enriched, steps: readonly string[]): Enriched {
  const isOther = (step: string): boolean => !steps.includes(step);
  const { failedSteps = [], ...found } = again.enrichment;
  const failed = [
    ...(before.enrichment.failedSteps ?? []).filter(({ step }) => isOther(step)),
    ...failedSteps.filter(({ step }) => !isOther(step)),
  ];
  return {
    enrichment: failed.length === 0 ? found : { ...found, failedSteps: failed },
    provenance: [...before.provenance.filter(({ extractor }) => isOther(extractor)), ...again.provenance],
  };
}
