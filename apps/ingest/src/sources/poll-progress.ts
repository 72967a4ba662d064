import type { SourceCounts } from '@wireroom/contracts';
import type { FetchFacts } from './fetch-facts.js';
import type { FetchLedger } from './fetch-ledger.js';
import type { Taken } from './item-taker.js';
import { addCounts, type ItemEnding, type LedgerOwner, LedgerRow } from './ledger-row.js';
import { noCounts } from './no-counts.js';

/** Items of one source on their way at once. */
const WINDOW = 24;

/** What has come of a poll so far: its fetches, each with what was found in it. */
export class PollProgress {
  readonly totals: SourceCounts = noCounts();
  /** Pages of items that were fetched. */
  pages = 0;
  /** The document that the source itself is. */
  root: FetchFacts | undefined;
  heldUntil: Date | undefined;
  private row: LedgerRow | undefined;
  private readonly underWay = new Set<Promise<void>>();
  private failure: { error: unknown } | undefined;

  constructor(
    private readonly source: LedgerOwner,
    private readonly ledger: Pick<FetchLedger, 'put'>,
  ) {}

  /** A document was fetched; what is found from now on was found in it. */
  async begin(facts: FetchFacts): Promise<void> {
    await this.close();
    this.root ??= facts;
    this.row = new LedgerRow(facts);
  }

  /** An item ended without any work. */
  count(label: string, ending: ItemEnding): void {
    this.current.count(label, ending);
  }

  /** Works on an item beside others; waits while too many are under way. @throws what work before it threw */
  async take(label: string, work: () => Promise<Taken>): Promise<void> {
    const row = this.current;
    const task: Promise<void> = work()
      .then(async ({ ending, facts }) => {
        row.count(label, ending);
        if (facts) await this.addPage(facts);
      })
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.underWay.delete(task));
    this.underWay.add(task);
    while (this.underWay.size >= WINDOW) await Promise.race(this.underWay);
    this.rethrow();
  }

  /**
   * Waits for everything under way and writes down what came of it.
   *
   * @returns whether nothing that was found since the last fetch has to be tried again.
   */
  async settle(): Promise<boolean> {
    await Promise.all(this.underWay);
    this.rethrow();
    if (this.row) await this.ledger.put(this.row.toRow(this.source));
    return !this.row?.unsettled;
  }

  /** Ends the fetch that is open. */
  async close(): Promise<void> {
    await this.settle();
    if (!this.row) return;
    addCounts(this.totals, this.row);
    const { heldUntil } = this.row;
    if (heldUntil && (!this.heldUntil || heldUntil < this.heldUntil)) this.heldUntil = heldUntil;
    this.row = undefined;
  }

  /** Ends with a failure of the source: it is told of the fetch that brought it. */
  async fail(code: string, reason: string, facts: FetchFacts): Promise<void> {
    if (this.row?.facts !== facts) await this.begin(facts);
    if (facts.outcome === 'fetched') Object.assign(facts, { outcome: 'failed', code, reason });
    await this.close();
  }

  private get current(): LedgerRow {
    if (!this.row) throw new Error('nothing was fetched to find an item in');
    return this.row;
  }

  private async addPage(facts: FetchFacts): Promise<void> {
    this.pages += 1;
    await this.ledger.put(new LedgerRow(facts).toRow(this.source));
  }

  private rethrow(): void {
    if (this.failure) throw this.failure.error;
  }
}
