import type { FetchPurpose } from '@wireroom/contracts';
import type { PushOffer } from './source.schema.js';

/** One fetch, as the ledger has it. */
export interface FetchFacts {
  at: Date;
  purpose: FetchPurpose;
  url: string;
  outcome: 'fetched' | 'not-modified' | 'refused' | 'failed';
  status?: number;
  bytes: number;
  tookMs: number;
  code?: string;
  reason?: string;
  /** Where the address moved for good. */
  permanentUrl?: string;
  /** How long the server calls the answer fresh, or asks not to come back, milliseconds. */
  notBeforeMs?: number;
  /** The hub that the document names for itself. */
  push?: PushOffer;
}
