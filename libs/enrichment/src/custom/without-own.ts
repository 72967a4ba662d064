import type { EnrichmentData, StepFailureCode } from '@wireroom/contracts';

const BROKE_THE_PROCESS = new Set<string>(['timeout', 'out-of-memory', 'worker-died'] satisfies StepFailureCode[]);

/** Whether that is how a process ends in which something ran that never ends, takes too much memory or leaves. */
export function breaksTheProcess(code: string | undefined): code is string {
  return code !== undefined && BROKE_THE_PROCESS.has(code);
}

/**
 * What was read without the team's own steps, as it goes on: marked with those steps, and why. Who broke the process is
 * not known, so all of them are left out.
 *
 * @param code how the process ended
 */
export function withoutOwn<T extends { enrichment: EnrichmentData; reasons?: Record<string, string> }>(
  read: T,
  own: readonly string[],
  code: string,
): T {
  const failedSteps = [...(read.enrichment.failedSteps ?? []), ...own.map((step) => ({ step, code }))];
  const reasons = Object.fromEntries(own.map((step) => [step, 'it, or another own step, broke the process']));
  return { ...read, enrichment: { ...read.enrichment, failedSteps }, reasons: { ...read.reasons, ...reasons } };
}
