import type { SourceCounts } from '@wireroom/contracts';

/** Counts to start from. */
export function noCounts(): SourceCounts {
  return { found: 0, added: 0, changed: 0, retracted: 0, duplicate: 0, rejected: 0 };
}
