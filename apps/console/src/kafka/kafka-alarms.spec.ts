import { describe, expect, it } from '@jest/globals';
import type { KafkaAnswer, KafkaGroup, KafkaTopic } from '@wireroom/contracts';
import { alarmsOf } from './kafka-alarms.js';

const partition = { partition: 0, leader: 1, replicas: [1, 2], inSync: [1, 2], low: '0', high: '9' };
const topic: KafkaTopic = {
  topic: 'content.ingested.v1',
  isDeclared: true,
  heardBy: ['enrichment'],
  saidBy: ['ingest'],
  partitions: [partition],
  messages: 9,
  isCompacted: false,
  settings: [],
  drift: [],
};
const group: KafkaGroup = {
  group: 'wireroom-enrichment',
  stage: 'enrichment',
  state: 'Stable',
  members: [],
  partitions: [{ topic: topic.topic, partition: 0, committed: '9', low: '0', high: '9', lagMessages: 0, lost: 0 }],
  lagMessages: 0,
  lagSeconds: 0,
  trend: [],
};

function answer(changes: { topic?: Partial<KafkaTopic>; group?: Partial<KafkaGroup> }): KafkaAnswer {
  const topics = [{ ...topic, ...changes.topic }];
  return { brokers: [], topics, groups: [{ ...group, ...changes.group }], asOf: '', unknown: [] };
}

describe('the alarms of Kafka', () => {
  it('are none where all is well', () => {
    expect(alarmsOf(answer({}))).toEqual([]);
  });

  it.each([
    [
      'a topic that is not as declared',
      { topic: { drift: ['retention.ms is 1'] } },
      'topic-drift/content.ingested.v1',
      '/kafka/topics/content.ingested.v1?tab=settings',
    ],
    [
      'a partition that is not on all its brokers',
      { topic: { partitions: [{ ...partition, inSync: [1] }] } },
      'under-replicated/content.ingested.v1',
      '/kafka/topics/content.ingested.v1',
    ],
    [
      'a stage far behind',
      { group: { lagSeconds: 301, lagMessages: 7 } },
      'lag/wireroom-enrichment',
      '/kafka/groups/wireroom-enrichment',
    ],
    [
      'messages deleted before they were taken',
      { group: { partitions: [{ ...group.partitions[0]!, lost: 4 }] } },
      'lost/wireroom-enrichment',
      '/kafka/groups/wireroom-enrichment',
    ],
  ])('tell of %s, and lead there', (_what, changes, id, link) => {
    expect(alarmsOf(answer(changes)).map((one) => [one.id, one.link])).toEqual([[id, link]]);
  });

  it('leave out a lag of others’ groups, or one that is not known', () => {
    expect(alarmsOf(answer({ group: { stage: undefined, lagSeconds: 9999 } }))).toEqual([]);
    expect(alarmsOf(answer({ group: { lagSeconds: undefined, lagMessages: 3 } }))).toEqual([]);
  });
});
