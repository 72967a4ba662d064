import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { MessagingMetrics } from './messaging-metrics.js';
import { ENDINGS, type Ending } from './outcome.js';

/** One process's figures for Prometheus. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly messages = new Counter({
    name: 'wireroom_stage_messages_total',
    help: 'Messages by how they ended',
    labelNames: ['stage', 'outcome', 'code'] as const,
    registers: [this.registry],
  });
  /** What goes to and comes from Kafka. */
  readonly messaging = new MessagingMetrics(this.registry);

  readonly inFlight = new Gauge({
    name: 'wireroom_stage_in_flight',
    help: 'Messages being handled now',
    labelNames: ['stage'] as const,
    registers: [this.registry],
  });
  readonly retries = new Counter({
    name: 'wireroom_stage_retries_total',
    help: 'Failed deliveries that were tried again',
    labelNames: ['stage', 'code'] as const,
    registers: [this.registry],
  });
  readonly consumerRestarts = new Counter({
    name: 'wireroom_consumer_restarts_total',
    help: 'Times the Kafka client restarted its consumer after an error',
    labelNames: ['stage'] as const,
    registers: [this.registry],
  });
  readonly swept = new Counter({
    name: 'wireroom_swept_total',
    help: 'Events said by the sweeper, after a crash or an outage left them unsaid',
    labelNames: ['stage'] as const,
    registers: [this.registry],
  });
  readonly lagMessages = new Gauge({
    name: 'wireroom_consumer_lag_messages',
    help: 'Messages not yet committed: end - max(committed, log start)',
    labelNames: ['topic', 'partition'] as const,
    registers: [this.registry],
  });
  readonly oldestUnsaid = new Gauge({
    name: 'wireroom_oldest_unsent_seconds',
    help: 'Age of the oldest stored document whose event is not acknowledged',
    labelNames: ['stage'] as const,
    registers: [this.registry],
  });
  readonly deadLettersOpen = new Gauge({
    name: 'wireroom_dead_letters_open',
    help: 'Dead letters neither replayed nor discarded',
    labelNames: ['stage'] as const,
    registers: [this.registry],
  });
  readonly paused = new Gauge({
    name: 'wireroom_stage_paused',
    help: '1 while the stage is paused by an operator',
    labelNames: ['stage'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Begins every series of a stage at 0, so that the first of a kind shows as an increase. */
  begin(stage: string): void {
    for (const outcome of ENDINGS) this.messages.inc({ stage, outcome, code: '' }, 0);
    this.retries.inc({ stage, code: '' }, 0);
    this.consumerRestarts.inc({ stage }, 0);
    this.swept.inc({ stage }, 0);
    this.paused.set({ stage }, 0);
  }

  /** Counts one message's ending. */
  count(stage: string, outcome: Ending, code = ''): void {
    this.messages.inc({ stage, outcome, code });
  }
}
