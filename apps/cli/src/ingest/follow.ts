import { CallFailed } from '@wireroom/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from '../clients.js';
import { type Ending, endingOf, fetchJourney } from '../journey.js';

/** A revision that is to be followed to its end. */
export interface Followed {
  name: string;
  contentId: string;
  revision: number;
}

const ROUND_MS = 500;
/** Asked about in one round; the oldest come first, as they end first. */
const ROUND_ITEMS = 24;

/** Follows revisions over the stages, many at once, while more are still being added. */
export class Follower {
  private readonly open = new Set<Followed>();
  private closed = false;
  private readonly stop = new AbortController();

  constructor(
    private readonly clients: Clients,
    private readonly onEnd: (item: Followed, ending: Ending) => Promise<void> | void,
  ) {}

  add(item: Followed): void {
    this.open.add(item);
  }

  /** Says that nothing more is added; `run` then returns when all that was added has ended. */
  close(): void {
    this.closed = true;
  }

  /** Ends `run` now. */
  abort(): void {
    this.stop.abort();
  }

  /** @returns what has not ended, after `abort`. @throws CallFailed other than "not now". */
  async run(): Promise<Followed[]> {
    const { signal } = this.stop;
    while (!signal.aborted && !(this.closed && this.open.size === 0)) {
      await Promise.all([...this.open].slice(0, ROUND_ITEMS).map((item) => this.look(item)));
      if (this.closed && this.open.size === 0) break;
      await sleep(ROUND_MS, undefined, { signal }).catch(() => undefined);
    }
    return [...this.open];
  }

  private async look(item: Followed): Promise<void> {
    try {
      const ending = endingOf(await fetchJourney(this.clients, item.contentId), item.revision);
      // One that takes its time goes to the end of the line, so that it holds up no others.
      this.open.delete(item);
      if (ending) await this.onEnd(item, ending);
      else this.open.add(item);
    } catch (error) {
      if (!(error instanceof CallFailed) || (error.status !== 0 && error.status !== 503)) throw error;
    }
  }
}
