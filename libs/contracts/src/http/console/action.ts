import { IsInt, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { IsTimestamp } from '../../timestamps.js';

/** What every request that changes something carries. */
export class ConsoleAction {
  /** Chosen by the caller. The same one with the same request is done once and answered as the first time. */
  @IsUUID() requestId!: string;
}

/** A change that can't be taken back, or that others will ask about. */
export class ReasonedAction extends ConsoleAction {
  @IsString() @MinLength(3) @MaxLength(500) reason!: string;
}

/** A figure that could not be had, and why. The field that would hold it is absent. */
export class FigureGap {
  /** Path of the field, such as `stages.enrichment.lag`. */
  @IsString() figure!: string;
  @IsString() reason!: string;
}

/** A half-open period `[from, to)`, whole minutes in UTC. */
export class Period {
  @IsTimestamp() from!: string;
  @IsTimestamp() to!: string;
}

/** How many ended in one way at one stage. */
export class CodeCount {
  @IsString() stage!: string;
  @IsString() code!: string;
  @IsInt() count!: number;
}
