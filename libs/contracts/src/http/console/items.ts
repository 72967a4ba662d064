import { IsBoolean, IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { ArticleData, ProvenanceData } from '../../article.js';
import { EnrichmentData, StepFailureData } from '../../enrichment.js';
import { OriginalData } from '../../events/content-enriched.v1.js';
import { CONTENT_KINDS, type ContentKind, IsMetadata } from '../../events/content-submitted.v1.js';
import { STAGES, type StageName } from '../../pipeline.js';
import { Nested, NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { QueryNumber } from '../../query-numbers.js';
import { IsInstant, IsTimestamp } from '../../timestamps.js';
import { JourneyStep, TopicPlace } from '../answers.js';
import { DEAD_LETTER_STATES, type DeadLetterState } from '../dead-letters.js';

export const ITEM_OUTCOMES = ['in-flight', 'published', 'skipped', 'dead-lettered', 'discarded', 'unaccepted'] as const;
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

/** Newest acceptance first. All fields narrow. */
export class ListItemsRequest {
  /** Accepted at or after this time. */
  @Optional() @IsInstant() from?: string;
  @Optional() @IsInstant() to?: string;
  @Optional() @IsString() @MaxLength(100) source?: string;
  @Optional() @IsIn(ITEM_OUTCOMES) outcome?: ItemOutcome;
  @Optional() @IsIn(STAGES) stage?: StageName;
  @Optional() @IsString() @MaxLength(100) code?: string;
  /** A content id, trace id, the source's own id or address of an item, or words of its headline. */
  @Optional() @IsString() @MaxLength(500) q?: string;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(200) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

/** One revision of an item and how it ended. */
export class ItemRow {
  @IsUUID() contentId!: string;
  @IsInt() @Min(1) revision!: number;
  @IsIn(CONTENT_KINDS) kind!: ContentKind;
  @IsString() source!: string;
  @IsIn(ITEM_OUTCOMES) outcome!: ItemOutcome;
  /** Where it ended; for what is in flight the stage that has to act next. */
  @IsIn(STAGES) stage!: StageName;
  @Optional() @IsString() code?: string;
  @Optional() @IsString() title?: string;
  @Optional() @IsString() url?: string;
  @Optional() @IsString() externalId?: string;
  @Optional() @IsString() traceId?: string;
  /** Absent for what ingest does not hold. */
  @Optional() @IsTimestamp() acceptedAt?: string;
  @Optional() @IsTimestamp() enrichedAt?: string;
  /** When the broker acknowledged the event that readers get. */
  @Optional() @IsTimestamp() publishedAt?: string;
  @Optional() @IsInt() bodyChars?: number;
  @Optional() @IsString() language?: string;
  /** The newest processing of the revision. */
  @IsInt() @Min(1) processingVersion!: number;
}

export class ItemPage {
  @NestedList(() => ItemRow, 200) items!: ItemRow[];
  /** What `q` was understood as. */
  @Optional() @IsIn(['content-id', 'trace-id', 'address', 'words-or-id']) searchedAs?:
    'content-id' | 'trace-id' | 'address' | 'words-or-id';
  /** How many match in all; absent for searches, which are not counted. */
  @Optional() @IsInt() total?: number;
  @Optional() @IsString() nextCursor?: string;
}

/** A step with what the console knows beyond it. */
export class ItemStep extends JourneyStep {
  /** Id of the dead letter at its stage, for a step that failed. */
  @Optional() @IsString() deadLetterId?: string;
  @Optional() @IsIn(DEAD_LETTER_STATES) deadLetterState?: DeadLetterState;
  /** Since the step before it in the same revision, or since acceptance. */
  @Optional() @IsInt() afterMs?: number;
  /** Steps of the enrichment that the item went on without, at the stage where they failed; `detail` says it in words. */
  @Optional() @NestedList(() => StepFailureData, 20_000) failedSteps?: StepFailureData[];
}

/** One event of the item: where it lies and what its hearer made of it. */
export class ItemEvent {
  @IsString() eventId!: string;
  @IsString() type!: string;
  @IsInt() revision!: number;
  @IsInt() processingVersion!: number;
  @IsIn(STAGES) saidBy!: StageName;
  @IsTimestamp() storedAt!: string;
  /** Absent while the broker has not acknowledged it. */
  @Optional() @IsTimestamp() saidAt?: string;
  @Optional() @Nested(() => TopicPlace) place?: TopicPlace;
  @Optional() @IsString() traceId?: string;
  /** Absent for the readers' topic, which has no stage behind it. */
  @Optional() @IsIn(STAGES) hearer?: StageName;
  @Optional() @IsIn(['waiting', 'done', 'skipped', 'dead-lettered', 'superseded']) heard?:
    'waiting' | 'done' | 'skipped' | 'dead-lettered' | 'superseded';
  @Optional() @IsString() code?: string;
  @Optional() @IsTimestamp() heardAt?: string;
}

/** An item's whole way. */
export class ItemAnswer {
  @IsUUID() contentId!: string;
  @IsString() source!: string;
  @Optional() @IsString() title?: string;
  @Optional() @IsString() url?: string;
  @Optional() @IsString() externalId?: string;
  /** Oldest first. */
  @NestedList(() => ItemRow, 10_000) revisions!: ItemRow[];
  /** In order of time. */
  @NestedList(() => ItemStep, 30_000) steps!: ItemStep[];
  @NestedList(() => ItemEvent, 30_000) events!: ItemEvent[];
}

/** What ingest holds of a revision. */
export class RawView {
  @IsIn(CONTENT_KINDS) kind!: ContentKind;
  @IsString() source!: string;
  @Optional() @IsString() externalId?: string;
  @Optional() @IsString() url?: string;
  @Optional() @IsTimestamp() publishedAt?: string;
  @IsTimestamp() receivedAt!: string;
  @IsTimestamp() storedAt!: string;
  @IsString() eventId!: string;
  @Optional() @IsString() contentType?: string;
  @IsString() originalSha256!: string;
  @IsInt() originalBytes!: number;
  @Optional() @IsMetadata() metadata?: Record<string, string>;
}

/** What enrichment holds of one processing of a revision. */
export class EnrichedView {
  @IsInt() processingVersion!: number;
  @IsIn(['done', 'skipped']) outcome!: 'done' | 'skipped';
  @Optional() @IsString() code?: string;
  @IsTimestamp() storedAt!: string;
  @IsString() eventId!: string;
  @Optional() @Nested(() => OriginalData) original?: OriginalData;
  @Optional() @Nested(() => ArticleData) article?: ArticleData;
  @Optional() @Nested(() => EnrichmentData) enrichment?: EnrichmentData;
  @NestedList(() => ProvenanceData, 100_000) provenance!: ProvenanceData[];
}

/** What publishing holds of one processing of a revision. */
export class PublishedView {
  @IsInt() processingVersion!: number;
  @IsIn(['done', 'skipped']) outcome!: 'done' | 'skipped';
  @Optional() @IsString() code?: string;
  @IsTimestamp() storedAt!: string;
  @IsString() eventId!: string;
  @IsIn(['published', 'retracted']) status!: 'published' | 'retracted';
  /** Whether it is what readers get now. */
  @IsBoolean() current!: boolean;
  @IsString({ each: true }) channels!: string[];
  @IsTimestamp() firstReleasedAt!: string;
  @IsTimestamp() releasedAt!: string;
  @Optional() @IsInt() corrects?: number;
  @Optional() @Nested(() => ArticleData) article?: ArticleData;
  @Optional() @Nested(() => EnrichmentData) enrichment?: EnrichmentData;
}

/** The documents of all stages for one revision; of enrichment and publishing one for each processing. */
export class RevisionAnswer {
  @Nested(() => ItemRow) item!: ItemRow;
  @Optional() @Nested(() => RawView) raw?: RawView;
  @NestedList(() => EnrichedView, 1000) enriched!: EnrichedView[];
  @NestedList(() => PublishedView, 1000) published!: PublishedView[];
}

/** The original as the text that the offsets of provenance with basis `original` count in. */
export class OriginalTextAnswer {
  /** WHATWG name of the encoding it was read in. */
  @IsString() charset!: string;
  @IsString() text!: string;
  /** Why there is no text, where the original is none; then `text` is empty. */
  @Optional() @IsString() reason?: string;
  @IsInt() bytes!: number;
}
