import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsString, MaxLength } from 'class-validator';
import { STAGES, type StageName } from '../../pipeline.js';
import { Nested, NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { IsTimestamp } from '../../timestamps.js';
import { FigureGap } from './action.js';

export const OVERVIEW_WINDOWS = ['15m', '1h', '6h', '24h', '7d'] as const;
export type OverviewWindow = (typeof OVERVIEW_WINDOWS)[number];

export const STAGE_HEALTH = ['ok', 'degraded', 'down', 'unreachable'] as const;
export type StageHealth = (typeof STAGE_HEALTH)[number];

/** Quantiles in milliseconds, each exact to 1 % (a logarithmic histogram), and of how many. */
export class Latency {
  @IsNumber() p50Ms!: number;
  @IsNumber() p90Ms!: number;
  @IsNumber() p99Ms!: number;
  @IsInt() count!: number;
}

/** A member of a stage's consumer group. */
export class StageInstance {
  @IsString() memberId!: string;
  @IsString() clientId!: string;
  @IsString() host!: string;
  @IsArray() @IsInt({ each: true }) partitions!: number[];
}

/** Something an operator should know of now, in one sentence. */
export class Alarm {
  /** Stable while it lasts. */
  @IsString() id!: string;
  @IsIn(['critical', 'warning']) severity!: 'critical' | 'warning';
  @IsString() message!: string;
  @IsTimestamp() since!: string;
  @Optional() @IsIn(STAGES) stage?: StageName;
  @Optional() @IsString() source?: string;
  /** Path of the page, with its query, that shows more. */
  @Optional() @IsString() link?: string;
  /** When it was over; absent while it lasts. */
  @Optional() @IsTimestamp() endedAt?: string;
}

/** The alarms of now and those that ended within the last week, newest first. */
export class AlarmsAnswer {
  @NestedList(() => Alarm, 1000) alarms!: Alarm[];
}

/** A revision that was accepted and is neither published nor set aside. */
export class WaitingItem {
  @IsString() contentId!: string;
  @IsInt() revision!: number;
  @IsString() source!: string;
  @Optional() @IsString() title?: string;
  /** The stage that has to act next. */
  @IsIn(STAGES) stage!: StageName;
  @IsTimestamp() acceptedAt!: string;
  @IsInt() seconds!: number;
}

/** Where a stage stands now. What only the stage itself can say is absent while it doesn't answer. */
export class StageNow {
  @IsIn(STAGES) stage!: StageName;
  @IsIn(STAGE_HEALTH) health!: StageHealth;
  @IsArray() @IsString({ each: true }) reasons!: string[];
  /** Its consumer group. */
  @IsString() group!: string;
  /** Where the console asks it. */
  @IsString() address!: string;
  /** When it answered last; absent where it has not since the console started. */
  @Optional() @IsTimestamp() answeredAt?: string;
  /** The instance that answered: host and process. */
  @Optional() @IsString() instance?: string;
  /** Consumers in the stage's group, each an instance of the stage. */
  @Optional() @NestedList(() => StageInstance, 1000) instances?: StageInstance[];
  @Optional() @IsBoolean() paused?: boolean;
  /** Revisions that wait for this stage. */
  @IsInt() inFlight!: number;
  /** Age of the oldest of them. */
  @Optional() @IsInt() oldestWaitingSeconds?: number;
  /** Revisions this stage finished in the last full minute, per second. */
  @IsNumber() perSecond!: number;
  /** Messages its consumer group has not committed. */
  @Optional() @IsInt() lag?: number;
  /** Age of the oldest message not committed, as the brokers said within the last ten seconds; 0 where there is none. */
  @Optional() @IsNumber() lagSeconds?: number;
  /** Stored results whose event the broker has not acknowledged. */
  @Optional() @IsInt() unsaid?: number;
  @Optional() @IsInt() oldestUnsaidSeconds?: number;
  @Optional() @IsInt() deadLettersOpen?: number;
}

/** How far the console's own books are. */
export class BooksState {
  /** `counting` while it goes through everything stored, after a first start or a long absence. */
  @IsIn(['following', 'counting', 'away']) state!: 'following' | 'counting' | 'away';
  /** Everything that was stored before this moment is in the books; absent before the first count ended. */
  @Optional() @IsTimestamp() completeUntil?: string;
  /** Items gone through, while counting. */
  @Optional() @IsInt() counted?: number;
  @Optional() @IsInt() ofAbout?: number;
}

/** The wire at this moment. Also sent every two seconds as the event `now` of the live stream. */
export class NowAnswer {
  @IsTimestamp() at!: string;
  @NestedList(() => StageNow, 10) stages!: StageNow[];
  /** Accepted in the last full minute, per second. */
  @IsNumber() acceptedPerSecond!: number;
  @IsNumber() publishedPerSecond!: number;
  @IsInt() inFlight!: number;
  @Optional() @Nested(() => WaitingItem) oldest?: WaitingItem;
  /** Door to published, of what was published in the last 15 minutes. */
  @Optional() @Nested(() => Latency) latency?: Latency;
  @Optional() @IsInt() deadLettersOpen?: number;
  @NestedList(() => Alarm, 1000) alarms!: Alarm[];
  @Nested(() => BooksState) books!: BooksState;
  @NestedList(() => FigureGap, 100) unavailable!: FigureGap[];
}

/** What happened in one part of the window, by the time at which it happened. */
export class FlowPoint {
  @IsTimestamp() at!: string;
  @IsInt() accepted!: number;
  @IsInt() enriched!: number;
  @IsInt() published!: number;
  @IsInt() skipped!: number;
  @IsInt() deadLettered!: number;
  @Optional() @IsNumber() p50Ms?: number;
  @Optional() @IsNumber() p99Ms?: number;
}

export class OverviewRequest {
  /** One hour where nothing is said. */
  @Optional() @IsIn(OVERVIEW_WINDOWS) window?: OverviewWindow;
  @Optional() @IsString() @MaxLength(100) source?: string;
}

export class OverviewAnswer {
  @Nested(() => NowAnswer) now!: NowAnswer;
  @IsIn(OVERVIEW_WINDOWS) window!: OverviewWindow;
  @IsTimestamp() from!: string;
  @IsTimestamp() to!: string;
  /** Length of the part of time that each point stands for. */
  @IsInt() pointSeconds!: number;
  @NestedList(() => FlowPoint, 1000) points!: FlowPoint[];
  /** Of the whole window; `at` is its start. */
  @Nested(() => FlowPoint) total!: FlowPoint;
}
