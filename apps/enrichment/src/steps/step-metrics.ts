import { Inject, Injectable } from '@nestjs/common';
import type { EnrichmentData } from '@wireroom/contracts';
import { LOGGER, Metrics } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { Counter, Gauge, Histogram } from 'prom-client';
import { EnrichmentSteps } from './enrichment-steps.js';
import type { StepWatch } from './remote-steps.js';

/** What each step of the enrichment costs and how often it fails, for Prometheus; why a server failed goes to the log. */
@Injectable()
export class StepMetrics {
  private readonly seconds: Histogram<'step'>;
  private readonly failures: Counter<'step' | 'code'>;

  constructor(
    { registry }: Metrics,
    steps: EnrichmentSteps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.seconds = new Histogram({
      name: 'wireroom_step_seconds',
      help: 'Time of one step of the enrichment with one article',
      labelNames: ['step'] as const,
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    });
    this.failures = new Counter({
      name: 'wireroom_step_failures_total',
      help: 'Articles that went on without a step',
      labelNames: ['step', 'code'] as const,
      registers: [registry],
    });
    new Gauge({
      name: 'wireroom_step_circuit_open',
      help: '1 while the server of an HTTP step is not asked, after failures in a row',
      labelNames: ['step'] as const,
      registers: [registry],
      collect() {
        for (const [step, isResting] of steps.resting) this.set({ step }, Number(isResting));
      },
    });
  }

  /** Milliseconds in, seconds out. */
  readonly watch: StepWatch = (step, ms, failure) => {
    this.seconds.observe({ step }, ms / 1000);
    if (failure !== undefined) this.countFailure(step, failure);
  };

  /** Counts what a worker's chain says of its steps: how long each took, which failed, and why. */
  record(
    { failedSteps = [] }: Pick<EnrichmentData, 'failedSteps'>,
    took: Record<string, number> = {},
    reasons: Record<string, string> = {},
  ): void {
    for (const [step, ms] of Object.entries(took)) this.watch(step, ms);
    for (const { step, code } of failedSteps) this.countFailure(step, { code, detail: reasons[step] });
  }

  private countFailure(step: string, { code, detail }: { code: string; detail?: string }): void {
    this.failures.inc({ step, code });
    // A circuit that is open has said before why.
    if (detail !== undefined) this.logger.warn({ step, code, detail }, 'step failed');
  }
}
