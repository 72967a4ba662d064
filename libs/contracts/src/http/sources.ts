import { IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { CONTENT_KINDS, type ContentKind, IsSourceName } from '../events/content-submitted.v1.js';
import { Nested, NestedList } from '../nested.js';
import { Optional } from '../optional.js';
import { QueryNumber } from '../query-numbers.js';
import { IsTimestamp } from '../timestamps.js';

/** What news is taken in from. Each kind is one file of the ingest service. */
export const SOURCE_KINDS = ['feed', 'sitemap', 'page', 'folder', 'warc', 'agency'] as const;
export type SourceKindName = (typeof SOURCE_KINDS)[number];

/** Where the text of a feed's item is taken from: `auto` fetches the page when the feed holds only a teaser. */
export const FEED_TEXTS = ['auto', 'feed', 'page'] as const;
export type FeedText = (typeof FEED_TEXTS)[number];

/** What becomes of a file that was taken: `move` puts it into the folder `.taken`, `keep` remembers it. */
export const TAKEN_FILES = ['move', 'keep'] as const;
export type TakenFiles = (typeof TAKEN_FILES)[number];

const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** A source as its owner declares it. */
export class SourceSpec {
  @IsSourceName() name!: string;
  @IsIn(SOURCE_KINDS) kind!: SourceKindName;
  /** An http or https address; for `folder`, `warc` and `agency` also an absolute path where the service runs. */
  @IsString() @MinLength(1) @MaxLength(4096) address!: string;
  /** Whose news it is: the `source` of its items, the name by default. Sources of one publisher share their items. */
  @Optional() @IsSourceName() publisher?: string;
  /** Seconds between two polls. Without it the interval follows how often the source changes. */
  @Optional() @IsInt() @Min(1) @Max(WEEK_SECONDS) intervalSeconds?: number;
  /** Bounds of the interval that adapts. */
  @Optional() @IsInt() @Min(1) @Max(WEEK_SECONDS) minIntervalSeconds?: number;
  @Optional() @IsInt() @Min(1) @Max(WEEK_SECONDS) maxIntervalSeconds?: number;
  /** Of a feed: where the text is taken from, `auto` by default. */
  @Optional() @IsIn(FEED_TEXTS) text?: FeedText;
  /** Of a feed or sitemap: entries dated longer ago are passed over. A sitemap has 7 by default, a feed no limit. */
  @Optional() @IsInt() @Min(1) @Max(36_500) maxAgeDays?: number;
  /** Looks at the items' pages again: a changed one is an update, one that is gone a retraction. */
  @Optional() @IsBoolean() watchPages?: boolean;
  /** For how long after an item was taken its page is watched, hours; 72 by default. */
  @Optional() @IsInt() @Min(1) @Max(8760) watchHours?: number;
  /** Of a folder: what becomes of a file that was taken, `move` by default. */
  @Optional() @IsIn(TAKEN_FILES) takenFiles?: TakenFiles;
  /** Why robots.txt is not asked, in words: when and how the publisher agreed. Without it robots.txt holds. */
  @Optional() @IsString() @MinLength(10) @MaxLength(500) ignoreRobots?: string;
}

/** Declares a source. One of that name with other settings is a 409 unless `replace` is set; its state is kept. */
export class AddSourceRequest extends SourceSpec {
  @Optional() @IsBoolean() replace?: boolean;
}

/** `closed`: polled as planned. `open`: failed again and again, tried rarely. `half-open`: the next try is due. */
export const CIRCUITS = ['closed', 'open', 'half-open'] as const;
export type Circuit = (typeof CIRCUITS)[number];

/** Why a fetch or an item came to nothing. */
export class SourceFailure {
  /** Stable, kebab case. */
  @IsString() code!: string;
  @IsString() reason!: string;
  @IsTimestamp() at!: string;
}

/** What a source brought. `found` is always `added + changed + retracted + duplicate + rejected`. */
export class SourceCounts {
  /** Items seen, known ones too. */
  @IsInt() @Min(0) found!: number;
  /** Items accepted for the first time. */
  @IsInt() @Min(0) added!: number;
  /** Accepted revisions of known items. */
  @IsInt() @Min(0) changed!: number;
  @IsInt() @Min(0) retracted!: number;
  /** Nothing new about them. */
  @IsInt() @Min(0) duplicate!: number;
  @IsInt() @Min(0) rejected!: number;
}

/** A source and where it stands. */
export class SourceView {
  @Nested(() => SourceSpec) spec!: SourceSpec;
  /** `file`: declared in SOURCES_FILE; `api`: by command or call. */
  @IsIn(['api', 'file']) declaredBy!: 'api' | 'file';
  @IsBoolean() paused!: boolean;
  @Optional() @IsString() pausedBecause?: string;
  @IsIn(CIRCUITS) circuit!: Circuit;
  @IsTimestamp() createdAt!: string;
  /** When it is polled next; absent while paused. */
  @Optional() @IsTimestamp() nextDueAt?: string;
  /** The interval it has at present, seconds. */
  @IsInt() intervalSeconds!: number;
  @Optional() @IsTimestamp() lastFetchAt?: string;
  @Optional() @IsTimestamp() lastSuccessAt?: string;
  /** When it last brought something new. */
  @Optional() @IsTimestamp() lastItemAt?: string;
  /** Polls that failed since the last success. */
  @IsInt() errorStreak!: number;
  @Optional() @Nested(() => SourceFailure) lastError?: SourceFailure;
  /** Where it moved for good; it is polled there. */
  @Optional() @IsString() permanentUrl?: string;
  /** The WebSub hub that it names for itself. */
  @Optional() @IsString() hub?: string;
  /** Until when that hub tells of news, so that polls are rare; absent while it doesn't. */
  @Optional() @IsTimestamp() pushedUntil?: string;
  /** Since it was added. */
  @Nested(() => SourceCounts) totals!: SourceCounts;
}

export class SourcePage {
  @NestedList(() => SourceView, 1000) items!: SourceView[];
  @IsInt() total!: number;
  /** Pass it as `cursor` for the next page; absent on the last one. */
  @Optional() @IsString() nextCursor?: string;
}

/** By name. All filters narrow. */
export class ListSourcesRequest {
  @Optional() @IsIn(SOURCE_KINDS) kind?: SourceKindName;
  /** `failing`: the last poll failed. */
  @Optional() @IsIn(['polled', 'paused', 'failing']) state?: 'polled' | 'paused' | 'failing';
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(500) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

export class PauseSourceRequest {
  @Optional() @IsString() @MinLength(3) @MaxLength(500) reason?: string;
}

export class RemovedSourceAnswer {
  @IsString() name!: string;
}

/** Items of one fetch that were rejected for one reason. */
export class RejectionView {
  /** Stable, kebab case. */
  @IsString() code!: string;
  @IsInt() @Min(1) count!: number;
  /** The first of them: which, and why. */
  @IsString() example!: string;
}

/** `poll`: the source itself or a part of it. `page`: the page of an item. `watch`: such a page looked at again. */
export const FETCH_PURPOSES = ['poll', 'page', 'watch'] as const;
export type FetchPurpose = (typeof FETCH_PURPOSES)[number];

/** One fetch: what was asked for, and what came of it. */
export class TestedFetch {
  @IsTimestamp() at!: string;
  @IsIn(FETCH_PURPOSES) purpose!: FetchPurpose;
  /** What was fetched: an address or a path. */
  @IsString() url!: string;
  @IsIn(['fetched', 'not-modified', 'refused', 'failed']) outcome!: 'fetched' | 'not-modified' | 'refused' | 'failed';
  /** HTTP status; absent for a file, and where no answer came. */
  @Optional() @IsInt() status?: number;
  @IsInt() @Min(0) bytes!: number;
  @IsInt() @Min(0) tookMs!: number;
  /** Of a refusal or failure. */
  @Optional() @IsString() code?: string;
  @Optional() @IsString() reason?: string;
  /** Why robots.txt was not asked: the source's `ignoreRobots`. */
  @Optional() @IsString() robotsIgnored?: string;
}

/** One fetch in a source's ledger, with what became of the items it held. */
export class FetchView extends TestedFetch implements SourceCounts {
  @IsInt() @Min(0) found!: number;
  @IsInt() @Min(0) added!: number;
  @IsInt() @Min(0) changed!: number;
  @IsInt() @Min(0) retracted!: number;
  @IsInt() @Min(0) duplicate!: number;
  @IsInt() @Min(0) rejected!: number;
  @NestedList(() => RejectionView, 100) rejections!: RejectionView[];
}

export class FetchPage {
  @IsString() source!: string;
  @NestedList(() => FetchView, 1000) items!: FetchView[];
  @Optional() @IsString() nextCursor?: string;
}

/** Newest first. */
export class ListFetchesRequest {
  @Optional() @IsIn(FETCH_PURPOSES) purpose?: FetchPurpose;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(500) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

/** An item that a source would bring. */
export class TestedItem {
  @IsIn(['added', 'changed', 'retracted', 'duplicate', 'rejected']) outcome!:
    'added' | 'changed' | 'retracted' | 'duplicate' | 'rejected';
  @IsString() label!: string;
  @Optional() @IsString() url?: string;
  @Optional() @IsIn(CONTENT_KINDS) kind?: ContentKind;
  @Optional() @IsTimestamp() publishedAt?: string;
  @Optional() @IsString() contentType?: string;
  @Optional() @IsInt() bytes?: number;
  @Optional() @IsString() code?: string;
  @Optional() @IsString() reason?: string;
}

/** What one poll of a source would take. Nothing of it was stored. */
export class TestSourceAnswer {
  @NestedList(() => TestedFetch, 1000) fetches!: TestedFetch[];
  /** At most as many as a test looks at. */
  @NestedList(() => TestedItem, 1000) items!: TestedItem[];
  /** Whether there was more to take than a test looks at. */
  @IsBoolean() more!: boolean;
  @Optional() @Nested(() => SourceFailure) failure?: SourceFailure;
}

/** A file of sources, for set-ups that are reviewed as code. */
export class SourcesFile {
  @NestedList(() => SourceSpec, 10_000) sources!: SourceSpec[];
}
