import { Injectable } from '@nestjs/common';
import type { KafkaAnswer } from '@wireroom/contracts';
import { GroupSurvey } from './group-survey.js';
import { LagHistory } from './lag-history.js';
import { TopicSurvey } from './topic-survey.js';

/** How long an answer serves everyone who asks: many may watch one page. */
const FRESH_MS = 1000;

/** Brokers, topics and groups in one picture. */
@Injectable()
export class KafkaSurvey {
  private last: { at: number; answer: Promise<KafkaAnswer> } | undefined;

  constructor(
    private readonly topics: TopicSurvey,
    private readonly groups: GroupSurvey,
    private readonly history: LagHistory,
  ) {}

  /** At most a second old. @throws UnavailableError */
  look(): Promise<KafkaAnswer> {
    const now = performance.now();
    if (this.last === undefined || now - this.last.at > FRESH_MS) this.last = { at: now, answer: this.lookAfresh() };
    return this.last.answer;
  }

  private async lookAfresh(): Promise<KafkaAnswer> {
    const [{ brokers, topics, unknown }, now, trends] = await Promise.all([
      this.topics.look(),
      this.groups.look(),
      this.history.lastHour(),
    ]);
    return {
      brokers,
      topics,
      groups: now.groups.map((group) => ({ ...group, trend: trends.get(group.group) ?? [] })),
      asOf: new Date().toISOString(),
      unknown: [...unknown, ...now.unknown],
    };
  }
}
