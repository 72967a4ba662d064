import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { STAGES, type StageName } from '../../pipeline.js';
import { QueryNumber } from '../../query-numbers.js';
import { IsInstant, IsTimestamp } from '../../timestamps.js';
import { StageControlAnswer } from '../answers.js';
import { defineRoute } from '../route.js';

const OFFSET = /^\d{1,19}$/;

export class KafkaBroker {
  @IsInt() id!: number;
  @IsString() host!: string;
  @IsInt() port!: number;
  @IsBoolean() isController!: boolean;
}

/** One partition. Offsets are decimal strings, as they are 64-bit. */
export class KafkaPartition {
  @IsInt() partition!: number;
  /** -1 while it has none. */
  @IsInt() leader!: number;
  @IsArray() @IsInt({ each: true }) replicas!: number[];
  @IsArray() @IsInt({ each: true }) inSync!: number[];
  /** Offset of the oldest message that is kept. */
  @IsString() low!: string;
  /** Offset the next message gets. */
  @IsString() high!: string;
  /** On the leader's disk; absent where the broker does not say. */
  @Optional() @IsInt() bytes?: number;
}

export class KafkaSetting {
  @IsString() name!: string;
  @IsString() value!: string;
  /** Set for this topic; else it is the broker's default. */
  @IsBoolean() isOwn!: boolean;
  /** What the line declares, where it declares it. */
  @Optional() @IsString() declared?: string;
}

export class KafkaTopic {
  @IsString() topic!: string;
  /** Whether the line declares it. */
  @IsBoolean() isDeclared!: boolean;
  @IsArray() @IsIn(STAGES, { each: true }) heardBy!: StageName[];
  @IsArray() @IsIn(STAGES, { each: true }) saidBy!: StageName[];
  @NestedList(() => KafkaPartition, 10_000) partitions!: KafkaPartition[];
  /** high - low over the partitions; of a compacted topic it is the most there can be. */
  @IsInt() messages!: number;
  @IsBoolean() isCompacted!: boolean;
  /** Leaders' logs together; absent where a broker does not say, see `unknown`. */
  @Optional() @IsInt() bytes?: number;
  @NestedList(() => KafkaSetting, 1000) settings!: KafkaSetting[];
  /** One sentence for each difference from the declaration. */
  @IsArray() @IsString({ each: true }) drift!: string[];
}

export class KafkaAssignment {
  @IsString() topic!: string;
  @IsArray() @IsInt({ each: true }) partitions!: number[];
}

export class KafkaMember {
  @IsString() memberId!: string;
  @IsString() clientId!: string;
  @IsString() host!: string;
  @NestedList(() => KafkaAssignment, 1000) assignment!: KafkaAssignment[];
}

/** Where a group stands in one partition: lag = high - max(committed, low). */
export class KafkaGroupPartition {
  @IsString() topic!: string;
  @IsInt() partition!: number;
  /** Absent where it never committed. */
  @Optional() @IsString() committed?: string;
  @IsString() low!: string;
  @IsString() high!: string;
  @IsInt() lagMessages!: number;
  /** Age of the oldest message not yet committed, 0 where there is none; absent where it can't be read. */
  @Optional() @IsNumber() lagSeconds?: number;
  /** Messages that were deleted before the group had taken them. */
  @IsInt() lost!: number;
}

/** Lag of a group at one moment. */
export class KafkaLagPoint {
  @IsTimestamp() at!: string;
  @IsInt() messages!: number;
  @Optional() @IsNumber() seconds?: number;
}

export class KafkaGroup {
  @IsString() group!: string;
  /** The stage whose group it is. */
  @Optional() @IsIn(STAGES) stage?: StageName;
  /** As the broker calls it: Stable, Empty, PreparingRebalance, CompletingRebalance, Dead. */
  @IsString() state!: string;
  @NestedList(() => KafkaMember, 10_000) members!: KafkaMember[];
  @NestedList(() => KafkaGroupPartition, 100_000) partitions!: KafkaGroupPartition[];
  @IsInt() lagMessages!: number;
  /** The largest of its partitions; absent where one can't be read. */
  @Optional() @IsNumber() lagSeconds?: number;
  /** The last hour, oldest first. */
  @NestedList(() => KafkaLagPoint, 1000) trend!: KafkaLagPoint[];
}

export class KafkaAnswer {
  @NestedList(() => KafkaBroker, 10_000) brokers!: KafkaBroker[];
  @NestedList(() => KafkaTopic, 10_000) topics!: KafkaTopic[];
  @NestedList(() => KafkaGroup, 10_000) groups!: KafkaGroup[];
  @IsTimestamp() asOf!: string;
  /** One sentence for each figure that could not be had. */
  @IsArray() @IsString({ each: true }) unknown!: string[];
}

export class KafkaHeader {
  @IsString() name!: string;
  /** As text where it is UTF-8, cut at 1,000 characters. */
  @Optional() @IsString() text?: string;
  @IsString() valueBase64!: string;
}

/** A message on a topic. In a list the value is cut; the route of one message has it whole. */
export class KafkaMessage {
  @IsString() topic!: string;
  @IsInt() partition!: number;
  @IsString() offset!: string;
  @IsTimestamp() time!: string;
  /** The key as text, where there is one and it is UTF-8. */
  @Optional() @IsString() key?: string;
  @Optional() @IsString() keyBase64?: string;
  @NestedList(() => KafkaHeader, 10_000) headers!: KafkaHeader[];
  /** Absent for a tombstone. */
  @Optional() @IsInt() valueBytes?: number;
  /** The value's beginning as text, where it is UTF-8. */
  @Optional() @IsString() text?: string;
  /** The value's beginning as base64, where it is not UTF-8; all of it in the route of one message. */
  @Optional() @IsString() valueBase64?: string;
  /** Whether there is more of the value than is given here. */
  @IsBoolean() isCut!: boolean;
}

/**
 * Where to read. Nothing given: the newest of all partitions. `offset` needs `partition`. `time`: from that moment on.
 * `key`: only messages of that key, looked for in its partition from `offset` or `time` on, or else backwards from
 * the end. A page that ends before `limit` with a `nextCursor` has looked as far as one call may.
 */
export class ListKafkaMessagesRequest {
  @Optional() @QueryNumber() @IsInt() @Min(0) @Max(100_000) partition?: number;
  @Optional() @Matches(OFFSET) offset?: string;
  @Optional() @IsInstant() time?: string;
  @Optional() @IsString() @MinLength(1) @MaxLength(1000) key?: string;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(200) limit?: number;
  @Optional() @IsString() @MaxLength(4000) cursor?: string;
}

export class KafkaMessagePage {
  /** Newest first when read backwards, else oldest first. */
  @NestedList(() => KafkaMessage, 200) items!: KafkaMessage[];
  @IsIn(['forwards', 'backwards']) direction!: 'forwards' | 'backwards';
  /** How many messages were looked at for this page. */
  @IsInt() looked!: number;
  @Optional() @IsString() nextCursor?: string;
}

/** Server-sent events: `message` with a KafkaMessage; `dropped` with {count} when more came than may be shown. */
export class TailKafkaRequest {
  @Optional() @QueryNumber() @IsInt() @Min(0) @Max(100_000) partition?: number;
  @Optional() @IsString() @MinLength(1) @MaxLength(1000) key?: string;
}

/** Moves a group's place. Its consumers must have left it: pause the stage first, or say `pauseStage`. */
export class ResetOffsetsRequest {
  @IsString() @MinLength(1) @MaxLength(249) topic!: string;
  @IsIn(['earliest', 'latest', 'time', 'offset']) to!: 'earliest' | 'latest' | 'time' | 'offset';
  /** With `to: time`: the first message at or after this moment. */
  @Optional() @IsInstant() time?: string;
  /** With `to: offset`. */
  @Optional() @Matches(OFFSET) offset?: string;
  /** Only these partitions; with `to: offset` there must be one. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsInt({ each: true })
  @Min(0, { each: true })
  partitions?: number[];
  /** Pauses the stage of this group meanwhile, and resumes it if it was not paused before. */
  @Optional() @IsBoolean() pauseStage?: boolean;
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Given by the caller: the same id again answers what the first call did, and does nothing. */
  @IsUUID() requestId!: string;
  /** Only tells what would change. */
  @Optional() @IsBoolean() dryRun?: boolean;
}

export class PartitionReset {
  @IsInt() partition!: number;
  /** Absent where it never committed. */
  @Optional() @IsString() from?: string;
  @IsString() to!: string;
  /** Messages that will be taken a second time. */
  @IsInt() again!: number;
  /** Messages that will not be taken at all. */
  @IsInt() passedOver!: number;
}

export class ResetOffsetsAnswer {
  @IsUUID() requestId!: string;
  @IsBoolean() dryRun!: boolean;
  @IsString() group!: string;
  @IsString() topic!: string;
  @NestedList(() => PartitionReset, 1000) partitions!: PartitionReset[];
  @IsInt() again!: number;
  @IsInt() passedOver!: number;
  /** Why it could not be done now; of a dry run only, since a real one fails with it. */
  @Optional() @IsString() obstacle?: string;
}

export class ChangeStageRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  @IsUUID() requestId!: string;
}

export const KAFKA_ROUTES = {
  kafka: defineRoute({
    method: 'GET',
    path: '/v1/ops/kafka',
    summary: 'Brokers, topics with their drift, and consumer groups with their lag',
    role: 'viewer',
    response: KafkaAnswer,
    status: 200,
    errors: [401, 403, 503],
  }),
  kafkaMessages: defineRoute({
    method: 'GET',
    path: '/v1/ops/kafka/topics/:topic/messages',
    summary: 'Messages of a topic by partition, offset, time or key',
    role: 'viewer',
    request: ListKafkaMessagesRequest,
    response: KafkaMessagePage,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  kafkaMessage: defineRoute({
    method: 'GET',
    path: '/v1/ops/kafka/topics/:topic/messages/:partition/:offset',
    summary: 'One message, whole',
    role: 'viewer',
    response: KafkaMessage,
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  kafkaTail: defineRoute({
    method: 'GET',
    path: '/v1/ops/kafka/topics/:topic/tail',
    summary: 'Messages of a topic as they come, by server-sent events',
    role: 'viewer',
    request: TailKafkaRequest,
    produces: 'text/event-stream',
    status: 200,
    errors: [400, 401, 403, 404, 503],
  }),
  resetOffsets: defineRoute({
    method: 'POST',
    path: '/v1/ops/kafka/groups/:group/offsets',
    summary: 'Move a consumer group’s place in a topic, with a dry run',
    role: 'admin',
    request: ResetOffsetsRequest,
    response: ResetOffsetsAnswer,
    status: 200,
    errors: [400, 401, 403, 404, 409, 503],
  }),
  pauseStage: defineRoute({
    method: 'POST',
    path: '/v1/ops/stages/:stage/pause',
    summary: 'Pause a stage: its consumers leave their group until it is resumed',
    role: 'operator',
    request: ChangeStageRequest,
    response: StageControlAnswer,
    status: 200,
    errors: [400, 401, 403, 409, 503],
  }),
  resumeStage: defineRoute({
    method: 'POST',
    path: '/v1/ops/stages/:stage/resume',
    summary: 'Resume a stage',
    role: 'operator',
    request: ChangeStageRequest,
    response: StageControlAnswer,
    status: 200,
    errors: [400, 401, 403, 409, 503],
  }),
} as const;
