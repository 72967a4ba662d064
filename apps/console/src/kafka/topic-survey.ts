import { Injectable } from '@nestjs/common';
import {
  type KafkaBroker,
  type KafkaPartition,
  type KafkaSetting,
  type KafkaTopic,
  PIPELINE,
  STAGES,
  type StageName,
  TOPICS,
} from '@wireroom/contracts';
import { driftOf, whileKafkaIsThere } from '@wireroom/platform';
import kafkajs, { type ConfigEntries, type PartitionMetadata } from 'kafkajs';
import { KafkaAccess } from './kafka-access.js';
import type { LogSize } from './kafka-wire.js';
import type { Range } from './topic-lane.js';

export interface TopicsNow {
  brokers: KafkaBroker[];
  topics: KafkaTopic[];
  unknown: string[];
}

const { ConfigResourceTypes, ConfigSource } = kafkajs;

/** Brokers, and topics as they are beside what the line declares. Kafka's own topics are left out. */
@Injectable()
export class TopicSurvey {
  constructor(private readonly access: KafkaAccess) {}

  /** @throws UnavailableError */
  async look(): Promise<TopicsNow> {
    const admin = await this.access.admin();
    return whileKafkaIsThere(async () => {
      const [{ brokers, controller }, names] = await Promise.all([admin.describeCluster(), admin.listTopics()]);
      const shown = names.filter((name) => !name.startsWith('__')).sort();
      const [metadata, settings, ranges, sizes] = await Promise.all([
        shown.length === 0 ? [] : admin.fetchTopicMetadata({ topics: shown }).then(({ topics }) => topics),
        this.settingsOf(shown),
        Promise.all(shown.map((topic) => this.access.rangesOf(topic))),
        this.access.wire.logSizes().catch((error: unknown) => (error as Error).message),
      ]);
      const topics = shown.map((topic, index) => {
        const partitions = metadata.find(({ name }) => name === topic)?.partitions ?? [];
        return topicNow(
          topic,
          partitions,
          settings.get(topic) ?? [],
          ranges[index]!,
          typeof sizes === 'string' ? [] : sizes,
        );
      });
      return {
        brokers: brokers.map(({ nodeId, host, port }) => ({
          id: nodeId,
          host,
          port,
          isController: nodeId === controller,
        })),
        topics,
        unknown: [...(typeof sizes === 'string' ? [`the size of topics: ${sizes}`] : []), ...missingTopics(shown)],
      };
    });
  }

  private async settingsOf(topics: string[]): Promise<Map<string, ConfigEntries[]>> {
    if (topics.length === 0) return new Map();
    const admin = await this.access.admin();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
    });
    return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]));
  }
}

function topicNow(
  topic: string,
  metadata: PartitionMetadata[],
  entries: ConfigEntries[],
  ranges: Range[],
  sizes: LogSize[],
): KafkaTopic {
  const declaration = TOPICS.find((one) => one.topic === topic);
  const partitions = ranges.map((range) => partitionNow(topic, range, metadata, sizes));
  const bytes = partitions.map((one) => one.bytes);
  return {
    topic,
    isDeclared: declaration !== undefined,
    heardBy: stagesWhere((stage) => PIPELINE[stage].hears.topic === topic),
    saidBy: stagesWhere((stage) => PIPELINE[stage].says.topic === topic),
    partitions,
    messages: ranges.reduce((sum, { low, high }) => sum + Number(high - low), 0),
    isCompacted: entries.some(
      ({ configName, configValue }) => configName === 'cleanup.policy' && configValue.includes('compact'),
    ),
    bytes: bytes.every((one) => one !== undefined) ? bytes.reduce((sum, one) => sum + one, 0) : undefined,
    settings: settingsNow(entries, declaration?.config ?? {}),
    drift: declaration ? driftOf(declaration, metadata.length, entries) : [],
  };
}

function partitionNow(
  topic: string,
  { partition, low, high }: Range,
  metadata: PartitionMetadata[],
  sizes: LogSize[],
): KafkaPartition {
  const { leader = -1, replicas = [], isr = [] } = metadata.find(({ partitionId }) => partitionId === partition) ?? {};
  const size = sizes.find((one) => one.topic === topic && one.partition === partition && one.brokerId === leader);
  return { partition, leader, replicas, inSync: isr, low: String(low), high: String(high), bytes: size?.bytes };
}

function settingsNow(entries: ConfigEntries[], declared: Record<string, string>): KafkaSetting[] {
  return entries
    .map(({ configName, configValue, configSource }) => ({
      name: configName,
      value: configValue,
      isOwn: configSource === ConfigSource.TOPIC_CONFIG,
      declared: declared[configName],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function missingTopics(present: string[]): string[] {
  return TOPICS.filter(({ topic }) => !present.includes(topic)).map(({ topic }) => `${topic}: declared and not there`);
}

function stagesWhere(holds: (stage: StageName) => boolean): StageName[] {
  return STAGES.filter(holds);
}
