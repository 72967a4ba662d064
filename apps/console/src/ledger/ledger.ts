import { Injectable } from '@nestjs/common';
import {
  type CodeCount,
  type ItemOutcome,
  type LedgerAnswer,
  type LedgerCheckAnswer,
  type LedgerCheckFigure,
  type LedgerRequest,
  type LedgerSource,
  type LedgerTotals,
  STAGES,
} from '@wireroom/contracts';
import type { Telling } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { Bookkeeper } from '../books/bookkeeper.js';
import { floorTo } from '../books/grains.js';
import { type Histogram, mergeHistograms } from '../books/histogram.js';
import { type LagPart, type LedgerSum, Sums, latencyOf } from '../books/sums.js';
import { ALL_SOURCES } from '../books/tally.schema.js';
import { ConsoleEnv } from '../console.env.js';
import { groupBy } from '../group-by.js';
import { StageData } from '../stages/stage-data.js';
import { type WholeMinutes, periodOf } from './period.js';

const COLUMNS: Partial<Record<ItemOutcome, Exclude<keyof LedgerTotals, 'accepted'>>> = {
  published: 'published',
  skipped: 'skipped',
  'dead-lettered': 'deadLettered',
  discarded: 'discarded',
  'in-flight': 'inFlight',
};

const SOURCES_SHOWN = 50;

type Counted = Record<'accepted' | 'published', number>;
type RevisionKey = { contentId: string; revision: number };

/** What became of everything that was accepted in a period. */
@Injectable()
export class Ledger {
  constructor(
    private readonly sums: Sums,
    private readonly bookkeeper: Bookkeeper,
    private readonly stages: StageData,
    private readonly env: ConsoleEnv,
  ) {}

  async answer(request: LedgerRequest): Promise<LedgerAnswer> {
    const period = periodOf(request);
    const { from, to } = period;
    const { source, limit = SOURCES_SHOWN } = request;
    const [sums, overdue, refused] = await Promise.all([
      this.sums.ledger(from, to, { source }),
      this.overdue(period, source),
      this.refused(period, source),
    ]);
    const accepted = sums.filter(({ outcome }) => outcome !== 'unaccepted');
    const all = sourcesOf(accepted);
    const shown = all.slice(0, limit);
    const names = [source ?? ALL_SOURCES, ...shown.map((one) => one.source)];
    const lags = lagsOf(await this.sums.lags(from, to, { source: names }));
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      source,
      total: totalsOf(accepted),
      sources: shown.map((one) => ({ ...one, lag: latencyOf(lags.get(one.source) ?? {}) })),
      sourceCount: all.length,
      skipped: codesOf(accepted, 'skipped'),
      deadLettered: codesOf(accepted, 'dead-lettered'),
      discarded: codesOf(accepted, 'discarded'),
      inFlight: waitingOf(accepted, overdue),
      refused,
      unaccepted: sums.reduce((sum, { outcome, count }) => sum + (outcome === 'unaccepted' ? count : 0), 0),
      lag: latencyOf(lags.get(source ?? ALL_SOURCES) ?? {}),
      books: this.bookkeeper.progress,
    };
  }

  /** Counts the stages' own collections again, past the books. */
  async check(request: LedgerRequest): Promise<LedgerCheckAnswer> {
    const { from, to } = periodOf(request);
    const { source } = request;
    const checkedAt = new Date();
    const [sums, counted] = await Promise.all([
      this.sums.ledger(from, to, { source }),
      this.countAtStages({ from, to }, source),
    ]);
    const total = totalsOf(sums.filter(({ outcome }) => outcome !== 'unaccepted'));
    const figures: LedgerCheckFigure[] = [
      { figure: 'accepted', inBooks: total.accepted, atStage: counted.accepted },
      { figure: 'published', inBooks: total.published, atStage: counted.published },
    ];
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      checkedAt: checkedAt.toISOString(),
      figures,
      difference: figures.reduce((sum, { inBooks, atStage }) => sum + Math.abs(inBooks - atStage), 0),
    };
  }

  /** In flight for longer than it may be. */
  private overdue({ from, to }: WholeMinutes, source: string | undefined): Promise<LedgerSum[]> {
    const since = floorTo('minute', new Date(Date.now() - this.env.CONSOLE_OVERDUE_SECONDS * 1000));
    return this.sums.ledger(from, since < to ? since : to, { source, outcome: 'in-flight' });
  }

  /** Dead letters of the door and of messages that name no item, by when they failed last. */
  private async refused({ from, to }: WholeMinutes, source: string | undefined): Promise<CodeCount[]> {
    const lasting = {
      state: { $in: ['open', 'parked', 'discarded'] as ('open' | 'parked' | 'discarded')[] },
      lastFailedAt: { $gte: from, $lt: to },
      ...(source === undefined ? {} : { source: { $eq: source } }),
    };
    const counts = await whileMongoIsThere(() =>
      Promise.all(
        STAGES.map(async (stage) => {
          const rows = await this.stages
            .deadLetters(stage)
            .aggregate<{ _id: string; count: number }>([
              { $match: stage === 'ingest' ? lasting : { ...lasting, contentId: null } },
              { $group: { _id: '$code', count: { $sum: 1 } } },
            ])
            .toArray();
          return rows.map(({ _id: code, count }) => ({ stage, code, count }));
        }),
      ),
    );
    return mostFirst(counts.flat());
  }

  /** Revisions that ingest stored in the period, and how many of them publishing has said. */
  private async countAtStages({ from, to }: WholeMinutes, source: string | undefined): Promise<Counted> {
    const raw = this.stages.documents('ingest');
    return whileMongoIsThere(async () => {
      const counted: Counted = { accepted: 0, published: 0 };
      // Ingest finds its documents by source and time.
      for (const one of source === undefined ? await raw.distinct('source') : [source]) {
        const stored = raw
          .find({ source: { $eq: one }, storedAt: { $gte: from, $lt: to } })
          .project<RevisionKey>({ _id: 0, contentId: 1, revision: 1 });
        for await (const some of chunksOf(stored, 1000)) {
          counted.accepted += some.length;
          counted.published += await this.countSaid(some);
        }
      }
      return counted;
    });
  }

  private async countSaid(revisions: RevisionKey[]): Promise<number> {
    const wanted = new Set(revisions.map(nameOf));
    const publications = await this.stages
      .documents('publishing')
      .find({ contentId: { $in: revisions.map(({ contentId }) => contentId) }, outcome: 'done' })
      .project<RevisionKey & Telling>({ _id: 0, contentId: 1, revision: 1, said: 1, batch: 1 })
      .toArray();
    const said = (await this.stages.complete('publishing', publications)).filter((one) => one.said);
    return new Set(said.map(nameOf).filter((name) => wanted.has(name))).size;
  }
}

function nameOf({ contentId, revision }: RevisionKey): string {
  return `${contentId}/${revision}`;
}

async function* chunksOf<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function totalsOf(sums: LedgerSum[]): LedgerTotals {
  const totals: LedgerTotals = { accepted: 0, published: 0, skipped: 0, deadLettered: 0, discarded: 0, inFlight: 0 };
  for (const { outcome, count } of sums) {
    const column = COLUMNS[outcome];
    if (column === undefined) continue;
    totals.accepted += count;
    totals[column] += count;
  }
  return totals;
}

/** Those that sent most first. */
function sourcesOf(sums: LedgerSum[]): LedgerSource[] {
  const bySource = groupBy(sums, ({ source }) => source);
  return [...bySource]
    .map(([source, ofSource]) => ({ source, ...totalsOf(ofSource) }))
    .sort((a, b) => b.accepted - a.accepted || (a.source < b.source ? -1 : 1));
}

function codesOf(sums: LedgerSum[], wanted: ItemOutcome): CodeCount[] {
  return countsBy(sums.filter(({ outcome }) => outcome === wanted));
}

function waitingOf(sums: LedgerSum[], overdue: LedgerSum[]): CodeCount[] {
  const late = countsBy(overdue.map((sum) => ({ ...sum, code: 'overdue' })));
  const all = countsBy(
    sums.filter(({ outcome }) => outcome === 'in-flight').map((sum) => ({ ...sum, code: 'waiting' })),
  );
  const lateAt = new Map(late.map(({ stage, count }) => [stage, count]));
  const inTime = all.map((sum) => ({ ...sum, count: sum.count - (lateAt.get(sum.stage) ?? 0) }));
  return mostFirst([...inTime.filter(({ count }) => count > 0), ...late]);
}

function countsBy(sums: Pick<LedgerSum, 'stage' | 'code' | 'count'>[]): CodeCount[] {
  const counts = new Map<string, CodeCount>();
  for (const { stage, code, count } of sums) {
    const known = counts.get(`${stage} ${code}`) ?? { stage, code, count: 0 };
    counts.set(`${stage} ${code}`, { ...known, count: known.count + count });
  }
  return mostFirst([...counts.values()]);
}

function mostFirst(counts: CodeCount[]): CodeCount[] {
  return counts.toSorted((a, b) => b.count - a.count);
}

function lagsOf(lagParts: LagPart[]): Map<string, Histogram> {
  const bySource = groupBy(lagParts, ({ source }) => source);
  return new Map([...bySource].map(([source, parts]) => [source, mergeHistograms(parts.map(({ lag }) => lag))]));
}
