import { IsArray, IsIn, IsInt, IsString, IsUUID, MaxLength, Min, MinLength } from 'class-validator';
import { Nested, NestedList } from '../nested.js';
import { Optional } from '../optional.js';
import { IsTimestamp } from '../timestamps.js';

export class FaultAnswer {
  @IsString() field!: string;
  @IsString() reason!: string;
}

/** What every service answers when it can't do what was asked. */
export class ErrorAnswer {
  /** Stable, kebab case. */
  @IsString() code!: string;
  @IsString() message!: string;
  /** The fields at fault, for `contract-violation`. */
  @Optional() @NestedList(() => FaultAnswer, 50) faults?: FaultAnswer[];
}

/** What became of one submission. */
export class SubmitAnswer {
  @IsUUID() contentId!: string;
  @IsInt() @Min(1) revision!: number;
  /** Id of the `content.ingested` event of that revision. */
  @IsUUID() eventId!: string;
  @IsIn(['accepted', 'duplicate']) outcome!: 'accepted' | 'duplicate';
}

/** One line of the answer to a batch: the line it answers and either a result or an error. */
export class BatchLineAnswer {
  /** 1-based number of the line. */
  @IsInt() @Min(1) line!: number;
  @IsInt() status!: number;
  @Optional() @Nested(() => SubmitAnswer) result?: SubmitAnswer;
  @Optional() @Nested(() => ErrorAnswer) error?: ErrorAnswer;
}

/** A place in Kafka. Offsets are decimal strings, as they are 64-bit. */
export class TopicPlace {
  @IsString() topic!: string;
  @IsInt() partition!: number;
  @IsString() offset!: string;
}

/** One thing that happened to an item at one stage. */
export class JourneyStep {
  @IsString() stage!: string;
  @IsInt() @Min(1) revision!: number;
  @Optional() @IsInt() processingVersion?: number;
  @IsString() kind!: string;
  /** done, skipped, dead-lettered. */
  @IsIn(['done', 'skipped', 'dead-lettered']) outcome!: 'done' | 'skipped' | 'dead-lettered';
  @Optional() @IsString() code?: string;
  @Optional() @IsString() detail?: string;
  @IsTimestamp() storedAt!: string;
  /** Where the stage read it from; absent for an item that came by HTTP. */
  @Optional() @Nested(() => TopicPlace) heard?: TopicPlace;
  /** Where the stage said what came of it; absent while unsaid. */
  @Optional() @Nested(() => TopicPlace) said?: TopicPlace;
  @Optional() @IsTimestamp() saidAt?: string;
  @Optional() @IsString() eventId?: string;
  @Optional() @IsString() traceparent?: string;
  @Optional() @IsString() title?: string;
}

/** An item's way through one stage, oldest first. */
export class JourneyAnswer {
  @IsUUID() contentId!: string;
  @NestedList(() => JourneyStep, 10_000) steps!: JourneyStep[];
}

/** That someone paused a stage: its consumers have left their group until it is resumed. */
export class StagePause {
  @IsTimestamp() since!: string;
  @Optional() @IsString() by?: string;
  @IsString() reason!: string;
}

/** Where a stage stands now. */
export class StageStatusAnswer {
  @IsString() stage!: string;
  @IsString() instance!: string;
  @IsIn(['ok', 'degraded', 'down']) health!: 'ok' | 'degraded' | 'down';
  @IsArray() @IsString({ each: true }) reasons!: string[];
  @IsInt() done!: number;
  @IsInt() skipped!: number;
  @IsInt() deadLettersOpen!: number;
  @IsInt() unsaid!: number;
  /** Age of the oldest unsaid document, seconds; 0 where there is none. */
  @IsInt() oldestUnsaidSeconds!: number;
  /** Messages not yet taken by the stage's consumer group. */
  @IsInt() lag!: number;
  /** While the stage is paused; its health is `degraded` then. */
  @Optional() @Nested(() => StagePause) paused?: StagePause;
}

/** Pauses a stage: its consumers finish what is under way and leave their group, also after a restart. */
export class PauseStageRequest {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
  /** Who asks for it, for the record. */
  @Optional() @IsString() @MaxLength(200) by?: string;
}

export class ResumeStageRequest {
  @Optional() @IsString() @MaxLength(200) by?: string;
}

/** What is wanted of a stage; every instance follows within seconds. */
export class StageControlAnswer {
  @IsString() stage!: string;
  @Optional() @Nested(() => StagePause) paused?: StagePause;
}
