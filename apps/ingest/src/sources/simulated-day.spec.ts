import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FetchAnswer } from '@wireroom/fetching';
import { createLogger } from '@wireroom/platform';
import { setImmediate as turn } from 'node:timers/promises';
import type { FoundItem } from './kinds/kind.js';
import { noCounts } from './no-counts.js';
import { boundsOf, firstInterval } from './schedule.js';
import type { SourceDocument } from './source.schema.js';
import type { SourceFetcher } from './source-fetcher.js';
import { SourcePoller } from './source-poller.js';
import { SourceScheduler } from './source-scheduler.js';
import type { Claim, PollEnd } from './source.store.js';

/*
 * A day of a thousand sources on one instance: the real scheduler, poller, schedule, feed kind and parser, on a clock
 * that jumps from event to event. Storage and network are replaced: what is tested is time.
 */

/** WIREROOM_SIMULATED_SOURCES and _HOURS make it a larger day; docs/sources.md has the figures of one of a thousand. */
const SOURCES = Number(process.env['WIREROOM_SIMULATED_SOURCES'] ?? 40);
const HOURS = Number(process.env['WIREROOM_SIMULATED_HOURS'] ?? 4);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = HOURS * HOUR;
const START = Date.parse('2026-03-02T00:00:00Z');
/** Entries a feed holds: what scrolls out of it before it is polled is missed. */
const FEED_LENGTH = 10;
/** The scheduler asks twice a second. */
const TICK = 500;
/** Declared together, all are due at once; by then each was polled. */
const FIRST_ROUND = 2 * MINUTE;

beforeAll(() => {
  jest.useFakeTimers({
    now: START,
    doNotFake: [
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'nextTick',
      'queueMicrotask',
      'performance',
      'hrtime',
    ],
  });
});
afterAll(() => {
  jest.useRealTimers();
});

jest.setTimeout(60_000 + SOURCES * HOURS * 100);

describe('a day of many sources', () => {
  it('each is polled on time, nothing that is published is missed, and one that is down is left alone', async () => {
    const day = new SimulatedDay();
    await day.run();
    const figures = day.figures();
    if (SOURCES >= 1000) process.stderr.write(`${JSON.stringify(figures)}\n`);

    expect(figures).toMatchObject({ sourcesPolled: SOURCES, missedItems: [], leftAloneTooLong: [] });
    expect(figures.worstLatenessMs).toBeLessThanOrEqual(2 * SECOND);
    expect(figures.pollsOfOneThatIsDown).toBeLessThan(6 + (DAY / 2 / HOUR) * 1.5);
    expect(figures.itemsOfOneThatWasDown).toBeGreaterThan(0);
  });
});

/** How often a source publishes: of fifty one every five minutes, four every twenty, most a few times a day. */
function periodOf(index: number): number {
  const place = index % 50;
  if (place < 1) return 5 * MINUTE;
  if (place < 5) return 20 * MINUTE;
  if (place < 15) return HOUR;
  return place < 30 ? 3 * HOUR : 8 * HOUR;
}

class SimulatedDay {
  private readonly down = 'source-10';
  private pollsWhileDown = 0;
  private worstLatenessMs = 0;
  private readonly heapMb: number[] = [];
  private readonly polls = new Map<string, { count: number; last: number; longestGap: number }>();
  private readonly sources = new Map<string, SourceDocument>();
  private readonly taken = new Map<string, Set<number>>();
  private readonly answers: { at: number; give: () => void }[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly scheduler: SourceScheduler;

  constructor() {
    for (let index = 0; index < SOURCES; index++) this.sources.set(`source-${index}`, sourceOf(index));
    const nothing = { look: async () => undefined, put: async () => undefined, submit: unused };
    const marks = new Map<string, string>();
    const poller = new SourcePoller(
      {
        renew: async () => undefined,
        release: async () => undefined,
        finish: async (claim, end) => this.finish(claim, end),
        recall: async (source, keys) =>
          new Map(keys.flatMap((key) => (marks.has(source + key) ? [[key, marks.get(source + key)!] as const] : []))),
        remember: async (source, given) => given.forEach((value, key) => marks.set(source + key, value)),
      },
      nothing,
      { take: async (source, found) => ({ ending: { outcome: this.take(source._id, found) } }) },
      nothing,
      nothing,
      this.fetcher(),
      createLogger('simulation', 'silent'),
    );
    const watched = {
      poll: (claim: Claim, signal: AbortSignal): Promise<void> => {
        const poll: Promise<void> = poller.poll(claim, signal).finally(() => this.underWay.delete(poll));
        this.underWay.add(poll);
        return poll;
      },
    };
    const store = { claim: async () => this.claim() };
    this.scheduler = new SourceScheduler(
      store,
      watched,
      { SOURCES_CONCURRENCY: 16 },
      createLogger('simulation', 'silent'),
    );
  }

  async run(): Promise<void> {
    for (let now = START; now < START + DAY; now = this.nextMoment(now)) {
      jest.setSystemTime(now);
      while (this.answers.length > 0 && this.answers[0]!.at <= now) this.answers.shift()!.give();
      await turn();
      await this.scheduler.startDue();
      await turn();
      if (now - START >= this.heapMb.length * 2 * HOUR) this.heapMb.push(heapMb());
    }
    while (this.underWay.size > 0) {
      for (const { give } of this.answers.splice(0)) give();
      await turn();
    }
  }

  figures() {
    const polls = [...this.polls.values()];
    return {
      sourcesPolled: this.polls.size,
      polls: polls.reduce((sum, { count }) => sum + count, 0),
      items: [...this.taken.values()].reduce((sum, { size }) => sum + size, 0),
      worstLatenessMs: this.worstLatenessMs,
      missedItems: this.missed(),
      leftAloneTooLong: this.leftAloneTooLong(),
      pollsOfOneThatIsDown: this.pollsWhileDown,
      itemsOfOneThatWasDown: this.taken.get(this.down)?.size ?? 0,
      heapMb: this.heapMb,
    };
  }

  /** Items that had time enough to be seen and were not. */
  private missed(): string[] {
    return [...this.sources.keys()].flatMap((name) => {
      if (name === this.down) return [];
      const settled = Math.floor((DAY - boundsOf({ kind: 'feed' }).max * 1.2) / periodOf(indexOf(name)));
      const numbers = Array.from({ length: settled }, (_, number) => number + 1);
      return numbers.filter((number) => !this.taken.get(name)?.has(number)).map((number) => `${name} ${number}`);
    });
  }

  /** Sources that were not polled for longer than their longest interval. */
  private leftAloneTooLong(): string[] {
    const longest = boundsOf({ kind: 'feed' }).max * 1.1 + 2 * SECOND;
    return [...this.polls].flatMap(([name, { last, longestGap }]) => {
      const isLeft = Math.max(longestGap, START + DAY - last) > longest;
      return isLeft && name !== this.down ? [name] : [];
    });
  }

  /** The next half second at which something is due, or the next answer. */
  private nextMoment(now: number): number {
    let first = this.answers[0]?.at ?? Infinity;
    for (const { lease, nextDueAt } of this.sources.values()) {
      if (!lease && nextDueAt.getTime() < first) first = nextDueAt.getTime();
    }
    return Math.max(now + TICK, Math.ceil(first / TICK) * TICK);
  }

  private claim(): Claim | undefined {
    const now = Date.now();
    let first: SourceDocument | undefined;
    for (const source of this.sources.values()) {
      if (source.lease || source.nextDueAt.getTime() > now) continue;
      if (!first || source.nextDueAt < first.nextDueAt) first = source;
    }
    if (!first) return undefined;
    const { _id, nextDueAt } = first;
    if (now > START + FIRST_ROUND) this.worstLatenessMs = Math.max(this.worstLatenessMs, now - nextDueAt.getTime());
    const { count, last, longestGap } = this.polls.get(_id) ?? { count: 0, last: START, longestGap: 0 };
    this.polls.set(_id, { count: count + 1, last: now, longestGap: Math.max(longestGap, now - last) });
    if (_id === this.down && now < START + DAY / 2) this.pollsWhileDown += 1;
    first.lease = { owner: 'one', token: 1, until: new Date(now + MINUTE) };
    return { source: first, owner: 'one', token: 1, dueAt: nextDueAt, claimedAt: new Date(now) };
  }

  /** What the store does in one update, by its own clock. */
  private async finish({ source, dueAt }: Claim, { next }: PollEnd): Promise<void> {
    const from = next.countFrom === 'due' ? dueAt.getTime() : Date.now();
    source.nextDueAt = new Date(Math.max(from + next.delayMs, Date.now()));
    source.intervalMs = next.intervalMs;
    source.errorStreak = next.errorStreak;
    delete source.lease;
  }

  private take(source: string, found: FoundItem): 'added' | 'duplicate' {
    const known = this.taken.get(source) ?? new Set<number>();
    this.taken.set(source, known);
    const number = indexOf(found.ownId!);
    if (known.has(number)) return 'duplicate';
    known.add(number);
    return 'added';
  }

  private fetcher(): SourceFetcher {
    return {
      fetch: (url, { etag } = {}) =>
        new Promise((resolve) => {
          const index = indexOf(url);
          const took = 50 + ((index * 37) % 1500);
          const give = (): void => resolve(answerOf(index, etag, `source-${index}` === this.down));
          this.answers.push({ at: Math.ceil((Date.now() + took) / TICK) * TICK, give });
          this.answers.sort((a, b) => a.at - b.at);
        }),
      stream: unused,
    };
  }
}

function sourceOf(index: number): SourceDocument {
  const name = `source-${index}`;
  const spec = { name, kind: 'feed' as const, address: `https://news.example/${name}`, text: 'feed' as const };
  const intervalMs = firstInterval(spec);
  return {
    _id: name,
    spec,
    publisher: name,
    declaredBy: 'file',
    createdAt: new Date(START),
    paused: false,
    // Declared together, as by a file: the first polls come all at once.
    nextDueAt: new Date(START),
    intervalMs,
    errorStreak: 0,
    totals: noCounts(),
    claims: 0,
  };
}

/** The feed as it is now; a source that is down answers 500 until the evening. */
function answerOf(index: number, etag: string | undefined, isDown: boolean): FetchAnswer {
  const common = {
    finalUrl: `https://news.example/source-${index}`,
    redirects: [],
    tookMs: 100,
    headers: {},
    optOut: [],
  };
  const sinceStart = Date.now() - START;
  if (isDown && sinceStart < DAY / 2) {
    return { ...common, outcome: 'failed', code: 'http-status', reason: 'the host answers 500', status: 500 };
  }
  const newest = Math.floor(sinceStart / periodOf(index));
  const present = `"${newest}"`;
  if (etag === present) return { ...common, outcome: 'not-modified', status: 304, etag };
  const numbers = Array.from({ length: Math.min(newest, FEED_LENGTH) }, (_, back) => newest - back);
  const items = numbers.map(
    (number) => `<item><guid>source-${index} ${number}</guid><title>Report ${number}</title></item>`,
  );
  const body = Buffer.from(
    `<rss version="2.0"><channel><title>Source ${index}</title>${items.join('')}</channel></rss>`,
  );
  return {
    ...common,
    outcome: 'fetched',
    status: 200,
    etag: present,
    body,
    bytes: body.length,
    wireBytes: body.length,
  };
}

function indexOf(name: string): number {
  return Number(/\d+$/.exec(name)![0]);
}

function unused(): never {
  throw new Error('not part of the simulation');
}

/** After a collection where the process allows one (`node --expose-gc`). */
function heapMb(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
}
