import type { EnrichmentData, ProvenanceData, StepFailureCode, StepFailureData } from '@wireroom/contracts';
import { STEPS } from './chain.js';
import type { EnrichmentInput, EnrichmentStep, Evidence, StepContext } from './step.js';
import { TextIndex } from './text/text-index.js';

/** Version of the chain as a whole; a change in any step's answers raises it. */
export const ENRICHMENT_VERSION = '1.0.0';

export interface EnrichmentOptions {
  /** Names of the steps to run, all by default. They run in the chain's order, whatever the order here. */
  steps?: string[];
  /** What was found before: the steps that run may use it, and fill it anew where they have something to say. */
  found?: EnrichmentData;
  /** Told how long each step took, by the clock that is passed in; the chain itself has none. */
  timing?: { now: () => number; took: (step: string, ms: number) => void };
  /** Told why a step failed: the result only names it. */
  failed?: (step: string, cause: unknown) => void;
}

/**
 * Runs the chain over one article. Pure: the same input gives the same output, and nothing is
 * thrown; a step that fails is named in `failedSteps` with code `step-failed` and costs only itself.
 */
export function enrichArticle(
  input: EnrichmentInput,
  options: EnrichmentOptions = {},
  chain: readonly EnrichmentStep[] = STEPS,
): { enrichment: EnrichmentData; provenance: ProvenanceData[] } {
  const enrichment: EnrichmentData = { ...options.found };
  delete enrichment.failedSteps;
  const provenance: ProvenanceData[] = [];
  const failedSteps: StepFailureData[] = [];
  const context: StepContext = { input, text: new TextIndex(input.body), found: enrichment };

  for (const step of chain) {
    if (options.steps && !options.steps.includes(step.name)) continue;
    const began = options.timing?.now() ?? 0;
    try {
      const { fields, evidence } = step.run(context);
      const records = evidence.map((record) => provenanceOf(step, record));
      Object.assign(enrichment, fields, fields.custom && { custom: { ...enrichment.custom, ...fields.custom } });
      provenance.push(...records);
    } catch (cause) {
      options.failed?.(step.name, cause);
      failedSteps.push({ step: step.name, code: 'step-failed' satisfies StepFailureCode });
    }
    options.timing?.took(step.name, options.timing.now() - began);
  }

  if (failedSteps.length) enrichment.failedSteps = failedSteps;
  return { enrichment, provenance };
}

/** The record of why a step says what it says, as it is published. */
export function provenanceOf(step: EnrichmentStep, { field, rule, spans, value, reason }: Evidence): ProvenanceData {
  return {
    field,
    extractor: step.name,
    version: step.version,
    rule,
    source: 'text',
    basis: 'body',
    spans,
    chosen: true,
    ...(value !== undefined && { value: value.slice(0, 5000) }),
    ...(reason !== undefined && { reason: reason.slice(0, 500) }),
  };
}
