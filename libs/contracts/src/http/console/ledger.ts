import { IsInt, IsNumber, IsString, Max, MaxLength, Min } from 'class-validator';
import { Nested, NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { QueryNumber } from '../../query-numbers.js';
import { IsInstant, IsTimestamp } from '../../timestamps.js';
import { CodeCount, Period } from './action.js';
import { BooksState, Latency } from './overview.js';

/** A period of acceptance. `from` is rounded down and `to` up to whole minutes; the last 24 hours if not given. */
export class LedgerRequest {
  @Optional() @IsInstant() from?: string;
  @Optional() @IsInstant() to?: string;
  @Optional() @IsString() @MaxLength(100) source?: string;
  /** How many sources are told of one by one, those that sent most; 50 if not given. */
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(10_000) limit?: number;
}

/** What became of the revisions accepted in the period: `accepted` is the sum of all the others. */
export class LedgerTotals {
  @IsInt() accepted!: number;
  /** Said to the readers' topic, retractions among them. */
  @IsInt() published!: number;
  @IsInt() skipped!: number;
  /** Set aside after a failure, and open. */
  @IsInt() deadLettered!: number;
  /** Set aside after a failure, and closed by an operator with a reason. */
  @IsInt() discarded!: number;
  @IsInt() inFlight!: number;
}

export class LedgerSource extends LedgerTotals {
  @IsString() source!: string;
  /**
   * From when its source showed it, or else it came to the door, to its publication; of what was published in the period.
   */
  @Optional() @Nested(() => Latency) lag?: Latency;
}

/** The ledger of a period. */
export class LedgerAnswer extends Period {
  @Optional() @IsString() source?: string;
  @Nested(() => LedgerTotals) total!: LedgerTotals;
  /** Those that sent most, as many as were asked for; `total` is of all. */
  @NestedList(() => LedgerSource, 10_000) sources!: LedgerSource[];
  /** How many sources sent anything in the period. */
  @IsInt() sourceCount!: number;
  /** The skipped by stage and code. `superseded`: a later revision of the item was there before. */
  @NestedList(() => CodeCount, 10_000) skipped!: CodeCount[];
  @NestedList(() => CodeCount, 10_000) deadLettered!: CodeCount[];
  @NestedList(() => CodeCount, 10_000) discarded!: CodeCount[];
  /** In flight by the stage that has to act next; the code is `waiting`, or `overdue` where it waits too long. */
  @NestedList(() => CodeCount, 10_000) inFlight!: CodeCount[];
  /** Messages that never became an item: dead letters of ingest, and those that name no item. Not among the accepted. */
  @NestedList(() => CodeCount, 10_000) refused!: CodeCount[];
  /** Revisions that a later stage holds and ingest does not: never, unless somebody writes to inner topics. */
  @IsInt() unaccepted!: number;
  /**
   * From when its source showed it, or else it came to the door, to its publication; of what was published in the period.
   */
  @Optional() @Nested(() => Latency) lag?: Latency;
  @Nested(() => BooksState) books!: BooksState;
}

/** The console's books held against the stages' own collections, counted anew. */
export class LedgerCheckAnswer extends Period {
  @IsTimestamp() checkedAt!: string;
  @NestedList(() => LedgerCheckFigure, 100) figures!: LedgerCheckFigure[];
  /** Sum of the differences, without signs; 0 is what it must be once nothing moves. */
  @IsInt() difference!: number;
}

export class LedgerCheckFigure {
  @IsString() figure!: string;
  @IsInt() inBooks!: number;
  @IsInt() atStage!: number;
}

/** A source's last day held against its own week before. */
export class QualityRequest {
  @Optional() @IsString() @MaxLength(100) source?: string;
  /** How many sources are told of: those with most drifts, then those that sent most; 50 if not given. */
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(10_000) limit?: number;
}

export class ShareFigure {
  /** A field of the article or a kind of enrichment: `title`, `publishedAt`, `entities`; or a language. */
  @IsString() name!: string;
  @IsInt() count!: number;
  /** Of all items of the period, 0 to 1. */
  @IsNumber() share!: number;
}

export class QualityFigures extends Period {
  /** Revisions with an article; all shares are of these. */
  @IsInt() items!: number;
  @NestedList(() => ShareFigure, 100) coverage!: ShareFigure[];
  @NestedList(() => ShareFigure, 1000) languages!: ShareFigure[];
  /** Steps of the enrichment that failed, by step. */
  @NestedList(() => ShareFigure, 100) failedSteps!: ShareFigure[];
  /** Characters of the body, quantiles exact to 1 %; absent where there are no items. */
  @Optional() @IsInt() bodyCharsP10?: number;
  @Optional() @IsInt() bodyCharsP50?: number;
  @Optional() @IsInt() bodyCharsP90?: number;
}

/** A figure that left its own past. */
export class QualityDrift {
  /** `bodyChars`, `coverage.title`, `language.de`, `silent`. */
  @IsString() figure!: string;
  @IsString() message!: string;
  @IsNumber() recent!: number;
  @IsNumber() before!: number;
}

export class SourceQuality {
  @IsString() source!: string;
  @Nested(() => QualityFigures) recent!: QualityFigures;
  @Nested(() => QualityFigures) before!: QualityFigures;
  @NestedList(() => QualityDrift, 100) drifts!: QualityDrift[];
}

export class QualityAnswer {
  @NestedList(() => SourceQuality, 10_000) sources!: SourceQuality[];
  /** How many sources sent articles in the last day or the week before. */
  @IsInt() sourceCount!: number;
  /** When it was counted: with very many sources up to a minute and a half ago. */
  @IsTimestamp() asOf!: string;
}
