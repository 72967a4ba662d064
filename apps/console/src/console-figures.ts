import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Alarms } from './alarms/alarms.js';
import { ConsoleMetrics } from './console-metrics.js';
import type { GroupNow } from './kafka/group-survey.js';

const SEVERITIES = ['critical', 'warning'] as const;

/** What the console knows of the whole wire, for Prometheus. */
@Injectable()
export class ConsoleFigures {
  private readonly lagMessages: Gauge<'group' | 'topic' | 'partition'>;
  private readonly lagSeconds: Gauge<'group' | 'topic' | 'partition'>;

  constructor({ registry }: ConsoleMetrics, alarms: Alarms) {
    const lag = { labelNames: ['group', 'topic', 'partition'] as const, registers: [registry] };
    this.lagMessages = new Gauge({
      ...lag,
      name: 'kafka_consumer_group_lag',
      help: 'Messages the group has not committed: end - max(committed, log start)',
    });
    this.lagSeconds = new Gauge({
      ...lag,
      name: 'kafka_consumer_group_lag_seconds',
      help: 'Age of the oldest message the group has not committed; 0 where there is none',
    });
    new Gauge({
      name: 'wireroom_alarms',
      help: 'Alarms that last, as the console shows them',
      labelNames: ['severity'] as const,
      registers: [registry],
      collect() {
        for (const severity of SEVERITIES) {
          this.set({ severity }, alarms.now.filter((alarm) => alarm.severity === severity).length);
        }
      },
    });
  }

  /** Takes over how far the groups are behind; a group or partition that is gone is gone from the figures. */
  showLag(groups: GroupNow[]): void {
    this.lagMessages.reset();
    this.lagSeconds.reset();
    for (const { group, partitions } of groups) {
      for (const { topic, partition, lagMessages, lagSeconds } of partitions) {
        this.lagMessages.set({ group, topic, partition }, lagMessages);
        if (lagSeconds !== undefined) this.lagSeconds.set({ group, topic, partition }, lagSeconds);
      }
    }
  }
}
