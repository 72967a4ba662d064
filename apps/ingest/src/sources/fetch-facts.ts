import type { FetchEnding, PushOffer } from './source.schema.js';

/** One fetch, as the ledger has it. */
export interface FetchFacts extends FetchEnding {
  /** Where the address moved for good. */
  permanentUrl?: string;
  /** How long the server calls the answer fresh, or asks not to come back, milliseconds. */
  notBeforeMs?: number;
  /** The hub that the document names for itself. */
  push?: PushOffer;
}
