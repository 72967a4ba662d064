import { describe, expect, it } from '@jest/globals';
import { ContentEnriched, ContentPublished, type KafkaGroup, type KafkaGroupPartition } from '@wireroom/contracts';
import { topicReadersOf } from './channels.js';

const { topic } = ContentPublished;

const standing = (changes: Partial<KafkaGroupPartition>): KafkaGroupPartition => ({
  topic,
  partition: 0,
  committed: '10',
  low: '0',
  high: '14',
  lagMessages: 4,
  lagSeconds: 3,
  lost: 0,
  ...changes,
});

const groupOf = (group: string, partitions: KafkaGroupPartition[]): KafkaGroup => ({
  group,
  state: 'Stable',
  members: [{ memberId: `${group}-1`, clientId: group, host: '/10.20.0.11', assignment: [] }],
  partitions,
  lagMessages: 0,
  trend: [],
});

describe('topicReadersOf', () => {
  it('tells of the groups with a place on the topic, and of that topic alone', () => {
    const archive = groupOf('archive', [
      standing({}),
      standing({ partition: 1, lagMessages: 6, lagSeconds: 9, lost: 2 }),
      standing({ topic: ContentEnriched.topic, lagMessages: 500, lagSeconds: 700 }),
    ]);
    const stage = groupOf('wireroom-publishing', [standing({ topic: ContentEnriched.topic })]);
    expect(topicReadersOf(topic, [archive, stage, groupOf('commits-nothing', [])])).toEqual([
      { group: 'archive', state: 'Stable', members: 1, lagMessages: 10, lagSeconds: 9, lost: 2 },
    ]);
  });

  it('says no seconds where those of one partition can’t be read', () => {
    const [reader] = topicReadersOf(topic, [groupOf('archive', [standing({}), standing({ lagSeconds: undefined })])]);
    expect(reader).toMatchObject({ lagMessages: 8, lagSeconds: undefined });
  });
});
