import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { KafkaAnswer } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import { Alarms, type RaisedAlarm } from '../alarms/alarms.js';
import { KafkaSurvey } from './kafka-survey.js';

/** A stage that is further behind than this keeps readers waiting. */
const LONG_LAG_SECONDS = 300;

/** Raises what can be told from the brokers. */
@Injectable()
export class KafkaAlarms implements OnModuleInit {
  constructor(
    private readonly alarms: Alarms,
    private readonly survey: KafkaSurvey,
  ) {}

  onModuleInit(): void {
    this.alarms.register(() => this.look());
  }

  private async look(): Promise<RaisedAlarm[]> {
    try {
      return alarmsOf(await this.survey.look());
    } catch (error) {
      if (!(error instanceof UnavailableError) || error.what !== 'kafka') throw error;
      return [{ id: 'kafka-away', severity: 'critical', message: 'kafka does not answer', link: '/kafka' }];
    }
  }
}

/** What an operator should know of the topics and groups. */
export function alarmsOf({ topics, groups }: KafkaAnswer): RaisedAlarm[] {
  const drifts = topics.flatMap(({ topic, drift }) =>
    drift.length === 0
      ? []
      : [alarm(`topic-drift/${topic}`, 'warning', `a topic is not as declared: ${drift.join('; ')}`)],
  );
  const unsound = topics.flatMap(({ topic, partitions }) => {
    const out = partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length);
    const message = `${topic}: ${out.length} of ${partitions.length} partitions are not on all their brokers`;
    return out.length === 0 ? [] : [alarm(`under-replicated/${topic}`, 'warning', message)];
  });
  const behind = groups.flatMap(({ group, stage, lagSeconds = 0, lagMessages }) => {
    if (!stage || lagSeconds <= LONG_LAG_SECONDS) return [];
    const message = `${stage} is ${Math.round(lagSeconds / 60)} minutes behind: ${lagMessages} messages wait for it`;
    return [{ ...alarm(`lag/${group}`, 'warning', message), stage }];
  });
  const lost = groups.flatMap(({ group, stage, partitions }) => {
    const count = partitions.reduce((sum, one) => sum + one.lost, 0);
    const message = `${count} messages were deleted before ${group} had taken them`;
    return count === 0 ? [] : [{ ...alarm(`lost/${group}`, 'critical', message), stage }];
  });
  return [...lost, ...drifts, ...unsound, ...behind];
}

function alarm(id: string, severity: RaisedAlarm['severity'], message: string): RaisedAlarm {
  return { id, severity, message, link: '/kafka' };
}
