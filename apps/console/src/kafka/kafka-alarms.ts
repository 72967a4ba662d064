import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { KafkaAnswer, KafkaGroup, KafkaTopic } from '@wireroom/contracts';
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
  return [
    ...groups.flatMap(lostBy),
    ...topics.flatMap(driftOf),
    ...topics.flatMap(underReplicationOf),
    ...groups.flatMap(lagOf),
  ];
}

function lostBy({ group, stage, partitions }: KafkaGroup): RaisedAlarm[] {
  const count = partitions.reduce((sum, { lost }) => sum + lost, 0);
  if (count === 0) return [];
  const message = `${count} messages were deleted before ${group} had taken them`;
  return [{ id: `lost/${group}`, severity: 'critical', message, stage, link: pageOfGroup(group) }];
}

function driftOf({ topic, drift }: KafkaTopic): RaisedAlarm[] {
  if (drift.length === 0) return [];
  const message = `a topic is not as declared: ${drift.join('; ')}`;
  return [{ id: `topic-drift/${topic}`, severity: 'warning', message, link: `${pageOfTopic(topic)}?tab=settings` }];
}

function underReplicationOf({ topic, partitions }: KafkaTopic): RaisedAlarm[] {
  const out = partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length);
  if (out.length === 0) return [];
  const message = `${topic}: ${out.length} of ${partitions.length} partitions are not on all their brokers`;
  return [{ id: `under-replicated/${topic}`, severity: 'warning', message, link: pageOfTopic(topic) }];
}

function lagOf({ group, stage, lagSeconds = 0, lagMessages }: KafkaGroup): RaisedAlarm[] {
  if (!stage || lagSeconds <= LONG_LAG_SECONDS) return [];
  const message = `${stage} is ${Math.round(lagSeconds / 60)} minutes behind: ${lagMessages} messages wait for it`;
  return [{ id: `lag/${group}`, severity: 'warning', message, stage, link: pageOfGroup(group) }];
}

function pageOfTopic(topic: string): string {
  return `/kafka/topics/${encodeURIComponent(topic)}`;
}

function pageOfGroup(group: string): string {
  return `/kafka/groups/${encodeURIComponent(group)}`;
}
