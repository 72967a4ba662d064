import type { ContentKind, ContentSubmittedData, SourceKindName, SourceSpec } from '@wireroom/contracts';
import type { FetchFacts } from '../fetch-facts.js';
import type { SourceFetcher } from '../source-fetcher.js';

/** A supplier of news: how one poll of it is read. To add a kind, write one and list it in `kinds.ts`. */
export interface SourceKind {
  readonly name: SourceKindName;
  /** What is wrong with the settings, by field; empty where nothing is. */
  faultsOf(spec: SourceSpec): SettingFault[];
  /**
   * Reads the source once, from where it was left. What it yields is handled in that order.
   *
   * @throws SourceError when there is nothing to read.
   */
  read(reading: Reading): AsyncGenerator<Finding>;
}

export interface SettingFault {
  field: keyof SourceSpec;
  reason: string;
}

/** What a kind has to read with. */
export interface Reading {
  readonly spec: SourceSpec;
  /** Where the source is: its declared address, or where that moved for good. */
  readonly address: string;
  readonly fetcher: SourceFetcher;
  /** Ends the reading at the next step. */
  readonly signal: AbortSignal;
  readonly now: Date;
  /** What was remembered under these keys. */
  recall(keys: string[]): Promise<Map<string, string>>;
}

/**
 * One step of a reading. `fetch`: a document was read, and what follows was found in it. `item`, `submission`,
 * `reject`: something was found. `mark`: all that was found since the fetch need not be found again; it is kept only
 * when none of it has to be tried again. `done`: runs once all that came before is stored.
 */
export type Finding =
  | { type: 'fetch'; facts: FetchFacts }
  | { type: 'item'; item: FoundItem }
  | { type: 'submission'; label: string; submission: ContentSubmittedData }
  | { type: 'reject'; label: string; code: string; reason: string }
  | { type: 'mark'; marks: Map<string, string> }
  | { type: 'done'; run: () => Promise<void> };

/** An item as a listing, an archive or a file shows it. */
export interface FoundItem {
  /** For people: title or address. */
  label: string;
  /** The source's own id for it. */
  ownId?: string;
  /** Addresses of its page, the best first. */
  addresses: string[];
  /** Digest of all that was said of it; the same again means that nothing changed. */
  digest: string;
  publishedAt?: string;
  metadata?: Record<string, string>;
  /** The publisher's version of it: a lower or equal one changes nothing. */
  version?: string;
  /** What it does to a known item; `update` by default. A retraction is not loaded. */
  kind?: Exclude<ContentKind, 'original'>;
  /** Why it must not be taken, and until when where that is known. A known item is retracted by `withheld`. */
  hold?: { code: 'withheld' | 'embargoed'; until?: Date };
  /** Gets its original. */
  load(known?: PageState): Promise<Loaded>;
}

/** What is known of a page from when it was fetched last. */
export interface PageState {
  url: string;
  etag?: string;
  lastModified?: string;
}

/** An original, or why there is none. */
export type Loaded =
  | {
      outcome: 'loaded';
      bytes: Uint8Array;
      contentType: string;
      /** More addresses of the item: where redirects led, what the page calls canonical. */
      addresses: string[];
      /** The one of them that its page calls canonical. */
      canonical?: string;
      /** Digest of its words. */
      textDigest: string;
      /** Whether the words are those of a whole page, so that a change of them may be none of the article. */
      isWholePage?: boolean;
      metadata?: Record<string, string>;
      page?: PageState;
      /** The fetch of its page. */
      facts?: FetchFacts;
    }
  | { outcome: 'not-modified'; facts: FetchFacts }
  | { outcome: 'gone'; status: number; facts: FetchFacts }
  | {
      outcome: 'failed';
      code: string;
      reason: string;
      /** Whether it may be had at another time. */
      again: boolean;
      /** Whether the far side was asked: what was not is no try. */
      asked: boolean;
      facts: FetchFacts;
    };

/** A source could not be read as a whole. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    /** Stable, kebab case. */
    readonly code: string,
    message: string,
    readonly details: { facts?: FetchFacts; retryAfterMs?: number; gone?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
