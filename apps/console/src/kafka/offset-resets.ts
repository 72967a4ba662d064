import { Injectable } from '@nestjs/common';
import {
  ContractViolation,
  type PartitionReset,
  type ResetOffsetsAnswer,
  type ResetOffsetsRequest,
  type StageName,
} from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';
import { whileKafkaIsThere } from '@wireroom/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '../access/principal.js';
import { StageClients } from '../stages/stage-clients.js';
import { asHttpFailure } from '../stages/stage-failure.js';
import { GroupSurvey } from './group-survey.js';
import { KafkaAccess } from './kafka-access.js';
import type { Range } from './topic-lane.js';

/** How long the consumers of a paused stage may take to finish their batches and leave. */
const LEAVING_MS = 30_000;
const LOOK_EVERY_MS = 250;

/** Moves consumer groups to other places in a topic. */
@Injectable()
export class OffsetResets {
  constructor(
    private readonly access: KafkaAccess,
    private readonly groups: GroupSurvey,
    private readonly stages: StageClients,
  ) {}

  /**
   * Tells what would change, or changes it. Taking messages again is harmless to the line: what a stage has done
   * already it drops. What is passed over is not taken at all.
   *
   * @throws ContractViolation, HttpFailure 404 for an unknown topic or group, 409 `group-active`, UnavailableError
   */
  async reset(group: string, request: ResetOffsetsRequest, caller: Principal): Promise<ResetOffsetsAnswer> {
    const plan = await this.planOf(group, request);
    const answer = {
      requestId: request.requestId,
      dryRun: request.dryRun === true,
      group,
      topic: request.topic,
      partitions: plan,
      again: plan.reduce((sum, { again }) => sum + again, 0),
      passedOver: plan.reduce((sum, { passedOver }) => sum + passedOver, 0),
    };
    if (request.dryRun) return { ...answer, obstacle: await this.obstacleOf(group, request) };
    await this.withoutMembers(group, request, caller, () => this.move(group, request.topic, plan));
    return answer;
  }

  private async planOf(group: string, request: ResetOffsetsRequest): Promise<PartitionReset[]> {
    refuseIncomplete(request);
    const { topic, partitions: wanted } = request;
    const ranges = await this.access.rangesOf(topic);
    const unknown = wanted?.find((partition) => !ranges.some((range) => range.partition === partition));
    if (unknown !== undefined) throw new HttpFailure(404, 'not-found', `${topic} has no partition ${unknown}`);
    const committed = await this.committedOf(group, topic);
    const targets = await this.targetsOf(request, ranges);
    return ranges
      .filter(({ partition }) => wanted === undefined || wanted.includes(partition))
      .map((range) => resetOf(range, committed.get(range.partition), targets.get(range.partition)!));
  }

  private async committedOf(groupId: string, topic: string): Promise<Map<number, bigint>> {
    const admin = await this.access.admin();
    const [offsets] = await whileKafkaIsThere(() => admin.fetchOffsets({ groupId, topics: [topic] }));
    const partitions = (offsets?.partitions ?? []).filter(({ offset }) => Number(offset) >= 0);
    if (partitions.length === 0 && this.groups.stageOf(groupId) === undefined) {
      throw new HttpFailure(404, 'not-found', `no group ${groupId} has a place in ${topic}`);
    }
    return new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  }

  private async targetsOf(
    { topic, to, time, offset }: ResetOffsetsRequest,
    ranges: Range[],
  ): Promise<Map<number, bigint>> {
    if (to === 'time') return this.access.offsetsAt(topic, new Date(time!));
    const target = {
      earliest: (range: Range) => range.low,
      latest: (range: Range) => range.high,
      offset: () => BigInt(offset!),
    }[to];
    return new Map(ranges.map((range) => [range.partition, within(range, target(range))]));
  }

  private async obstacleOf(group: string, { pauseStage }: ResetOffsetsRequest): Promise<string | undefined> {
    if (pauseStage && this.groups.stageOf(group)) return undefined;
    const members = await this.membersOf(group);
    return members === 0 ? undefined : obstacle(group, members, this.groups.stageOf(group));
  }

  /** Does it while no consumer is in the group, because the brokers refuse it otherwise. */
  private async withoutMembers(
    group: string,
    { pauseStage, reason }: ResetOffsetsRequest,
    { actor }: Principal,
    move: () => Promise<void>,
  ): Promise<void> {
    const stage = this.groups.stageOf(group);
    if (!pauseStage || !stage) return move();
    const client = this.stages.of(stage);
    const wasPaused = (await asHttpFailure(client.status())).paused !== undefined;
    await asHttpFailure(client.pause({ reason, by: actor }));
    try {
      await this.waitUntilEmpty(group);
      await move();
    } finally {
      if (!wasPaused) await asHttpFailure(client.resume({ by: actor }));
    }
  }

  private async waitUntilEmpty(group: string): Promise<void> {
    const until = Date.now() + LEAVING_MS;
    for (;;) {
      const members = await this.membersOf(group);
      if (members === 0) return;
      if (Date.now() > until) throw active(group, members, this.groups.stageOf(group));
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async move(group: string, topic: string, plan: PartitionReset[]): Promise<void> {
    const members = await this.membersOf(group);
    if (members > 0) throw active(group, members, this.groups.stageOf(group));
    const places = new Map(plan.map(({ partition, to }) => [partition, BigInt(to)]));
    await whileKafkaIsThere(() => this.access.wire.commit(group, topic, places)).catch((error: unknown) => {
      // A consumer joined at this very moment, and the broker refused.
      if ((error as { type?: unknown }).type !== 'UNKNOWN_MEMBER_ID') throw error;
      throw active(group, 1, this.groups.stageOf(group));
    });
  }

  private async membersOf(group: string): Promise<number> {
    const admin = await this.access.admin();
    const { groups } = await whileKafkaIsThere(() => admin.describeGroups([group]));
    return groups[0]?.members.length ?? 0;
  }
}

function resetOf({ partition, low }: Range, committed: bigint | undefined, to: bigint): PartitionReset {
  const from = committed === undefined || committed < low ? low : committed;
  return {
    partition,
    from: committed === undefined ? undefined : String(committed),
    to: String(to),
    again: to < from ? Number(from - to) : 0,
    passedOver: to > from ? Number(to - from) : 0,
  };
}

function within({ low, high }: Range, offset: bigint): bigint {
  if (offset < low) return low;
  return offset > high ? high : offset;
}

function refuseIncomplete({ to, time, offset, partitions }: ResetOffsetsRequest): void {
  const faults = [
    ...(to === 'time' && time === undefined ? [{ field: 'time', reason: 'must be given with to: time' }] : []),
    ...(to === 'offset' && offset === undefined ? [{ field: 'offset', reason: 'must be given with to: offset' }] : []),
    ...(to === 'offset' && partitions?.length !== 1
      ? [{ field: 'partitions', reason: 'must be one with to: offset, as each partition counts for itself' }]
      : []),
  ];
  if (faults.length > 0) throw new ContractViolation(faults);
}

function active(group: string, members: number, stage: StageName | undefined): HttpFailure {
  return new HttpFailure(409, 'group-active', obstacle(group, members, stage));
}

function obstacle(group: string, members: number, stage: StageName | undefined): string {
  const remedy = stage ? `pause ${stage} first, or ask for pauseStage` : 'stop them first';
  return `${members} ${members === 1 ? 'consumer is' : 'consumers are'} in ${group}: ${remedy}`;
}
