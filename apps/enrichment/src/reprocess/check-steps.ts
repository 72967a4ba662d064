import { ContractViolation } from '@wireroom/contracts';
import { CLUSTER_STEP } from '@wireroom/enrichment';
import type { EnrichmentSteps } from '../steps/enrichment-steps.js';

/**
 * Refuses a reprocessing by steps that do not run here, or a trial of one that can't be tried.
 *
 * @throws ContractViolation that says why, and which steps there are
 */
export function checkSteps(asked: readonly string[], steps: EnrichmentSteps, { isTrial }: { isTrial: boolean }): void {
  const { names } = steps;
  const missing = asked.find((step) => !names.includes(step));
  if (missing !== undefined) throw refusal(`${whyMissing(missing, steps)}; there are ${names.join(', ')}`);
  const untried = isTrial ? asked.find((step) => !canBeTried(step)) : undefined;
  if (untried !== undefined)
    throw refusal(`can't be tried with ${untried}: looking for a text's cluster files the text`);
}

/** Looking for a text's cluster files the text; every other step leaves things as they are. */
export function canBeTried(step: string): boolean {
  return step !== CLUSTER_STEP.name;
}

function whyMissing(step: string, { off, config }: EnrichmentSteps): string {
  return off.includes(step) ? `${step} is switched off, by "off" in ${config}` : `there is no step ${step}`;
}

function refusal(reason: string): ContractViolation {
  return new ContractViolation([{ field: 'steps', reason }]);
}
