import { Injectable } from '@nestjs/common';
import {
  type KafkaAssignment,
  type KafkaGroup,
  type KafkaGroupPartition,
  type KafkaMember,
  PIPELINE,
  STAGES,
  type StageName,
} from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';
import { whileKafkaIsThere } from '@wireroom/platform';
import kafkajs, { type GroupDescription } from 'kafkajs';
import { ConsoleEnv } from '../console.env.js';
import { KafkaAccess } from './kafka-access.js';
import type { FetchedRecord } from './kafka-wire.js';
import type { Range } from './topic-lane.js';

/** A group as it stands now. */
export type GroupNow = Omit<KafkaGroup, 'trend'>;

export interface GroupsNow {
  groups: GroupNow[];
  /** One sentence for each figure that could not be had. */
  unknown: string[];
}

const { AssignerProtocol } = kafkajs;
const NEVER_COMMITTED = -1n;
const FIRST_BYTES = 64 * 1024;

/** Consumer groups with their members and how far they are behind, as the brokers say. */
@Injectable()
export class GroupSurvey {
  constructor(
    private readonly access: KafkaAccess,
    private readonly env: ConsoleEnv,
  ) {}

  /** @throws UnavailableError */
  async look(): Promise<GroupsNow> {
    const admin = await this.access.admin();
    const { groups } = await whileKafkaIsThere(() => admin.listGroups());
    const ids = [...new Set([...STAGES.map((stage) => this.groupOf(stage)), ...groups.map(({ groupId }) => groupId)])];
    const described = await whileKafkaIsThere(() => admin.describeGroups(ids.sort()));
    const ranges = new RangesOnce(this.access);
    const looked = await Promise.all(described.groups.map((group) => this.groupNow(group, ranges)));
    return { groups: looked.map(({ group }) => group), unknown: looked.flatMap(({ unknown }) => unknown) };
  }

  groupOf(stage: StageName): string {
    return `${this.env.WIREROOM_NAMESPACE}-${stage}`;
  }

  stageOf(group: string): StageName | undefined {
    return STAGES.find((stage) => this.groupOf(stage) === group);
  }

  private async groupNow(
    description: GroupDescription,
    ranges: RangesOnce,
  ): Promise<{ group: GroupNow; unknown: string[] }> {
    const { groupId } = description;
    const stage = this.stageOf(groupId);
    const members = description.members.map(memberOf);
    const committed = await this.committedOf(groupId);
    // A stage lags from the start while it has not committed; of another group that commits nothing nobody knows.
    const heard = stage ? [PIPELINE[stage].hears.topic] : [];
    const topics = [...new Set([...heard, ...committed.keys()])].sort();

    const unknown: string[] = [];
    const partitions: KafkaGroupPartition[] = [];
    for (const topic of topics) {
      const done = committed.get(topic) ?? new Map<number, bigint>();
      const found = await ranges.of(topic);
      const counted = stage ? found : found?.filter(({ partition }) => done.has(partition));
      if (!counted) unknown.push(`the lag of ${groupId} in ${topic}: there is no such topic`);
      else partitions.push(...(await this.standing(groupId, topic, counted, done, unknown)));
    }
    const seconds = partitions.map(({ lagSeconds }) => lagSeconds);
    const group: GroupNow = {
      group: groupId,
      stage,
      state: description.state,
      members,
      partitions,
      lagMessages: partitions.reduce((sum, { lagMessages }) => sum + lagMessages, 0),
      lagSeconds: seconds.every((one) => one !== undefined) ? Math.max(0, ...seconds) : undefined,
    };
    return { group, unknown };
  }

  private async committedOf(groupId: string): Promise<Map<string, Map<number, bigint>>> {
    const admin = await this.access.admin();
    const offsets = await whileKafkaIsThere(() => admin.fetchOffsets({ groupId }));
    return new Map(
      offsets.map(({ topic, partitions }) => [
        topic,
        new Map(
          partitions
            .filter(({ offset }) => BigInt(offset) > NEVER_COMMITTED)
            .map(({ partition, offset }) => [partition, BigInt(offset)]),
        ),
      ]),
    );
  }

  /** lag = end - max(committed, log start); a group that never committed lags from the start. */
  private async standing(
    groupId: string,
    topic: string,
    ranges: Range[],
    committed: Map<number, bigint>,
    unknown: string[],
  ): Promise<KafkaGroupPartition[]> {
    const standings = ranges.map(({ partition, low, high }) => {
      const done = committed.get(partition) ?? NEVER_COMMITTED;
      const next = done < low ? low : done;
      return { partition, low, high, done, next, lag: high > next ? high - next : 0n };
    });
    const behind = standings.filter(({ lag }) => lag > 0n);
    const ages = await this.agesOf(topic, new Map(behind.map(({ partition, next }) => [partition, next]))).catch(
      (error: unknown) => {
        unknown.push(`the lag of ${groupId} in ${topic} in seconds: ${(error as Error).message}`);
        return new Map<number, number>();
      },
    );
    return standings.map(({ partition, low, high, done, lag }) => ({
      topic,
      partition,
      committed: done === NEVER_COMMITTED ? undefined : String(done),
      low: String(low),
      high: String(high),
      lagMessages: Number(lag),
      lagSeconds: lag === 0n ? 0 : ages.get(partition),
      lost: done === NEVER_COMMITTED || done >= low ? 0 : Number(low - done),
    }));
  }

  /** Seconds since the first message at each place was written; a partition where none can be read is left out. */
  private async agesOf(topic: string, places: Map<number, bigint>): Promise<Map<number, number>> {
    const ages = new Map<number, number>();
    const rest = new Map(places);
    // An answer holds one batch at least, and those of other partitions as far as they are small.
    while (rest.size > 0) {
      const fetched = await this.access.wire.fetch(topic, rest, { maxBytes: FIRST_BYTES });
      const answered = fetched.filter(({ messages }) => messages.length > 0);
      for (const { partition, messages } of answered) {
        const first = messages.find((record) => isWaiting(record, places.get(partition)!));
        if (first) ages.set(partition, Math.max(0, (Date.now() - Number(first.timestamp)) / 1000));
        rest.delete(partition);
      }
      if (answered.length === 0) break;
    }
    return ages;
  }
}

function absentIfUnknown(error: unknown): undefined {
  if (error instanceof HttpFailure && error.status === 404) return undefined;
  throw error;
}

/** The offsets of topics, asked for once in a survey; undefined for one that is not there any more. */
class RangesOnce {
  private readonly asked = new Map<string, Promise<Range[] | undefined>>();

  constructor(private readonly access: KafkaAccess) {}

  of(topic: string): Promise<Range[] | undefined> {
    const asked = this.asked.get(topic) ?? this.access.rangesOf(topic).catch(absentIfUnknown);
    this.asked.set(topic, asked);
    return asked;
  }
}

function isWaiting(record: FetchedRecord, from: bigint): boolean {
  return !record.isControlRecord && BigInt(record.offset) >= from;
}

function memberOf({
  memberId,
  clientId,
  clientHost,
  memberAssignment,
}: GroupDescription['members'][number]): KafkaMember {
  return { memberId, clientId, host: clientHost, assignment: assignmentOf(memberAssignment) };
}

/** Empty while the group is still dividing its partitions, or where they are divided in a format of another client. */
function assignmentOf(bytes: Buffer): KafkaAssignment[] {
  if (bytes.length === 0) return [];
  try {
    const { assignment = {} } = AssignerProtocol.MemberAssignment.decode(bytes) ?? {};
    return Object.entries(assignment).map(([topic, partitions]) => ({ topic, partitions }));
  } catch {
    return [];
  }
}
