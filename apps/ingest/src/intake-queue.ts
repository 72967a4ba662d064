import { Injectable } from '@nestjs/common';
import { HttpFailure, Metrics, Relay } from '@wireroom/pipeline';
import { IngestEnv } from './ingest.env.js';
import { type Intake, RawItemStore } from './raw-item.store.js';
import type { Submission } from './submission.js';

const MAX_GROUP = 256;
const MAX_GROUP_BYTES = 8 * 1024 * 1024;

interface Waiting {
  submission: Submission;
  resolve: (intake: Intake) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit for the HTTP doors: while one write is under way, what arrives meanwhile waits and goes
 * together in the next. A promise resolves when its submission is on a majority's journal; saying the
 * event goes on in the background.
 */
@Injectable()
export class IntakeQueue {
  private waiting: Waiting[] = [];
  private inFlight = 0;
  private draining = false;

  constructor(
    private readonly store: RawItemStore,
    private readonly relay: Relay,
    private readonly metrics: Metrics,
    private readonly env: IngestEnv,
  ) {}

  /**
   * @throws UnavailableError when storage is away; then nothing was accepted.
   * @throws HttpFailure 429 when too much is under way already.
   */
  async take(submission: Submission): Promise<Intake> {
    if (this.inFlight >= this.env.INGEST_MAX_IN_FLIGHT) {
      throw new HttpFailure(429, 'too-many-requests', 'too much is being stored at once', undefined, {
        'retry-after': '1',
      });
    }
    this.inFlight++;
    try {
      return await new Promise<Intake>((resolve, reject) => {
        this.waiting.push({ submission, resolve, reject });
        if (!this.draining) void this.drain();
      });
    } finally {
      this.inFlight--;
    }
  }

  private async drain(): Promise<void> {
    this.draining = true;
    while (this.waiting.length > 0) {
      const { group, rest } = nextGroup(this.waiting);
      this.waiting = rest;
      try {
        const intakes = await this.store.takeIn(group.map(({ submission }) => submission));
        group.forEach(({ resolve }, index) => resolve(intakes[index]!));
        this.afterwards(intakes);
      } catch (error) {
        group.forEach(({ reject }) => reject(error));
      }
    }
    this.draining = false;
  }

  private afterwards(intakes: Intake[]): void {
    this.relay.sayLater(
      intakes.flatMap(({ document, mustWait, contentId }) =>
        document && (!mustWait || this.relay.isSaying(contentId)) ? [document] : [],
      ),
    );
    for (const { document } of intakes) this.metrics.count('ingest', document ? 'done' : 'duplicate');
  }
}

/**
 * What is stored by the next write: what has waited longest, no item twice. A later submission of an item is decided
 * when the one before it is stored, whichever revision that came to be.
 */
export function nextGroup<T extends Pick<Waiting, 'submission'>>(waiting: T[]): { group: T[]; rest: T[] } {
  const group: T[] = [];
  const rest: T[] = [];
  const items = new Set<string>();
  let bytes = 0;
  for (const [index, one] of waiting.entries()) {
    const { contentId, original } = one.submission;
    const isFull = group.length >= MAX_GROUP || (group.length > 0 && bytes + original.length > MAX_GROUP_BYTES);
    if (isFull) return { group, rest: [...rest, ...waiting.slice(index)] };
    if (items.has(contentId)) {
      rest.push(one);
    } else {
      items.add(contentId);
      group.push(one);
      bytes += original.length;
    }
  }
  return { group, rest };
}
