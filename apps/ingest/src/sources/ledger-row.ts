import type { SourceCounts, SourceSpec } from '@wireroom/contracts';
import { randomUUID } from 'node:crypto';
import type { FetchFacts } from './fetch-facts.js';
import { noCounts } from './no-counts.js';
import type { FetchRow } from './source.schema.js';

/** How an item of a source ended. Every item that is found ends in exactly one of these. */
export type ItemEnding =
  | { outcome: 'added' | 'changed' | 'retracted' | 'duplicate' }
  | {
      outcome: 'rejected';
      code: string;
      reason: string;
      /** Whether it may be taken at another time, and from when, where that is known. */
      again: boolean;
      until?: Date;
    };

/** Whose ledger it is. */
export interface LedgerOwner {
  _id: string;
  spec: Pick<SourceSpec, 'ignoreRobots'>;
}

const MAX_CODES = 100;
const MAX_EXAMPLE = 500;

/** A fetch and what was found in it, while it is counted. */
export class LedgerRow {
  readonly counts: SourceCounts = noCounts();
  /** Whether something that was found has to be tried again. */
  unsettled = false;
  /** When the first of what is held back may be taken. */
  heldUntil?: Date;
  private readonly id = randomUUID();
  private readonly rejections = new Map<string, { code: string; count: number; example: string }>();

  constructor(readonly facts: FetchFacts) {}

  count(label: string, ending: ItemEnding): void {
    this.counts.found += 1;
    this.counts[ending.outcome] += 1;
    if (ending.outcome !== 'rejected') return;
    if (ending.again) this.unsettled = true;
    if (ending.until && (!this.heldUntil || ending.until < this.heldUntil)) this.heldUntil = ending.until;
    const known = this.rejections.get(ending.code);
    if (known) known.count += 1;
    else if (this.rejections.size < MAX_CODES) {
      const example = `${label}: ${ending.reason}`.slice(0, MAX_EXAMPLE);
      this.rejections.set(ending.code, { code: ending.code, count: 1, example });
    }
  }

  toRow({ _id: source, spec: { ignoreRobots: robotsIgnored } }: LedgerOwner): FetchRow {
    const { at, purpose, url, outcome, status, bytes, tookMs, code, reason } = this.facts;
    const fetch = { _id: this.id, source, at, purpose, url, outcome, status, bytes, tookMs, code, reason };
    return { ...fetch, robotsIgnored, ...this.counts, rejections: [...this.rejections.values()] };
  }
}

/** Adds what a row counted to a total. */
export function addCounts(total: SourceCounts, { counts }: Pick<LedgerRow, 'counts'>): void {
  for (const name of Object.keys(counts) as (keyof SourceCounts)[]) total[name] += counts[name];
}
