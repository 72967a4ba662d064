import { Injectable } from '@nestjs/common';
import {
  CallFailed,
  type ChannelsOverview,
  ContentPublished,
  type FigureGap,
  type KafkaGroup,
  type TopicReaderView,
} from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import { GRAINS, floorTo } from '../books/grains.js';
import { Sums } from '../books/sums.js';
import { ALL_SOURCES } from '../books/tally.schema.js';
import { KafkaSurvey } from '../kafka/kafka-survey.js';
import { StageClients } from '../stages/stage-clients.js';

/** How readers get what is published: the channels as publishing tells of them, the topic as the brokers do. */
@Injectable()
export class Channels {
  constructor(
    private readonly stages: StageClients,
    private readonly survey: KafkaSurvey,
    private readonly sums: Sums,
  ) {}

  /** What can't be had is absent, and named. */
  async look(): Promise<ChannelsOverview> {
    const unavailable: FigureGap[] = [];
    const absent = (figure: string) => (error: unknown) => {
      unavailable.push({ figure, reason: reasonOf(error) });
      return undefined;
    };
    const [publishing, kafka, releasedLastHour] = await Promise.all([
      this.stages.publishing.channels().catch(absent('publishing')),
      this.survey.look().catch(absent('topicReaders')),
      this.releasedLastHour().catch(absent('releasedLastHour')),
    ]);
    const { topic } = ContentPublished;
    const topicReaders = kafka && topicReadersOf(topic, kafka.groups);
    return { publishing, releasedLastHour, topic, topicReaders, unavailable };
  }

  /** From the books: a count of publishing's own collection reads as many documents as were released. */
  private async releasedLastHour(): Promise<number> {
    const now = new Date();
    const from = floorTo('minute', new Date(now.getTime() - GRAINS.hour));
    const minutes = await this.sums.flowParts('minute', from, now, ALL_SOURCES);
    return minutes.reduce((sum, { published = 0 }) => sum + published, 0);
  }
}

/** The groups with a place on a topic, by name, and how far each is behind on it. */
export function topicReadersOf(topic: string, groups: KafkaGroup[]): TopicReaderView[] {
  return groups.flatMap(({ group, state, members, partitions }) => {
    const own = partitions.filter((partition) => partition.topic === topic);
    if (own.length === 0) return [];
    const seconds = own.map(({ lagSeconds }) => lagSeconds);
    return {
      group,
      state,
      members: members.length,
      lagMessages: own.reduce((sum, { lagMessages }) => sum + lagMessages, 0),
      lagSeconds: seconds.every((one) => one !== undefined) ? Math.max(0, ...seconds) : undefined,
      lost: own.reduce((sum, { lost }) => sum + lost, 0),
    };
  });
}

/** @throws what is neither a stage that did not answer nor a broker that is away: that is a bug */
function reasonOf(error: unknown): string {
  if (error instanceof CallFailed || error instanceof UnavailableError) return error.message;
  throw error;
}
