import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { EnrichmentSteps } from '../steps/enrichment-steps.js';
import { checkSteps } from './check-steps.js';

/** Switches `summary` off, and adds `urgency` and `tone`. */
const EXAMPLE = resolve(import.meta.dirname, '../../../../docs/examples/custom-steps/wireroom.config.ts');
const steps = await EnrichmentSteps.read(EXAMPLE, '/');

describe('the steps of a reprocessing', () => {
  it('are any that run', () => {
    expect(() => checkSteps(['topics', 'urgency', 'tone', 'cluster'], steps, { isTrial: false })).not.toThrow();
  });

  it.each([
    ['tealeaves', `steps: there is no step tealeaves; there are ${steps.names.join(', ')}`],
    ['summary', `steps: summary is switched off, by "off" in ${EXAMPLE}`],
  ])('are none that does not run: %s', (step, reason) => {
    expect(() => checkSteps(['topics', step], steps, { isTrial: false })).toThrow(reason);
  });

  it('are none that files what it reads, where it is to be tried', () => {
    expect(() => checkSteps(['cluster'], steps, { isTrial: true })).toThrow("steps: can't be tried with cluster");
  });
});
