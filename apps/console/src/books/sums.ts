import { Injectable } from '@nestjs/common';
import type { ItemOutcome, Latency, StageName } from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Document } from 'mongodb';
import { Books } from './books.js';
import { FLOW_GRAINS, LEDGER_GRAINS, QUALITY_GRAINS } from './contributions.js';
import { type Grain, type Stretch, splitPeriod } from './grains.js';
import { type Histogram, countIn, quantilesOf } from './histogram.js';
import type { FlowTally, QualityTally } from './tally.schema.js';

/** How many revisions of a source ended in one way. */
export interface LedgerSum {
  source: string;
  outcome: ItemOutcome;
  stage: StageName;
  code: string;
  count: number;
}

/** Which of them; all fields narrow. */
export type LedgerFilter = Partial<Omit<LedgerSum, 'count'>>;
type SourceFilter = { source?: string | string[] };

/** A sum without its key, for a period is read in a thousand of them. */
export type LagPart = Pick<FlowTally, 'source' | 'lag'>;
export type QualityPart = Omit<QualityTally, '_id' | 'grain' | 'at'>;

/** One answer of the database holds most periods; its own first would be of a hundred and one. */
const AT_ONCE = 10_000;
/** So few that nobody else waits for what takes many. */
const IN_TURN = 500;

/** Reads sums of any period; its ends are whole minutes (of quality: whole hours). */
@Injectable()
export class Sums {
  constructor(private readonly books: Books) {}

  async ledger(from: Date, to: Date, filter: LedgerFilter = {}): Promise<LedgerSum[]> {
    const rows = await whileMongoIsThere(() =>
      this.books.ledger
        .aggregate<{ _id: Omit<LedgerSum, 'count'>; count: number }>([
          { $match: within(splitPeriod(from, to, LEDGER_GRAINS), filter) },
          {
            $group: {
              _id: { source: '$source', outcome: '$outcome', stage: '$stage', code: '$code' },
              count: { $sum: '$count' },
            },
          },
        ])
        .toArray(),
    );
    return rows.map(({ _id, count }) => ({ ..._id, count }));
  }

  /** How many revisions of a period are like this, without telling them apart. */
  async count(from: Date, to: Date, filter: LedgerFilter): Promise<number> {
    const [row] = await whileMongoIsThere(() =>
      this.books.ledger
        .aggregate<{ count: number }>([
          { $match: within(splitPeriod(from, to, LEDGER_GRAINS), filter) },
          { $group: { _id: null, count: { $sum: '$count' } } },
        ])
        .toArray(),
    );
    return row?.count ?? 0;
  }

  /** The parts of a period one by one, oldest first; parts in which nothing happened are left out. */
  flowParts(grain: Grain, from: Date, to: Date, source: string): Promise<FlowTally[]> {
    return whileMongoIsThere(() =>
      this.books.flow
        .find({ source: { $eq: source }, grain, at: { $gte: from, $lt: to } })
        .sort({ at: 1 })
        .batchSize(AT_ONCE)
        .toArray(),
    );
  }

  /** How long what was published in a period had taken since it was discovered, in pieces to be added up. */
  lags(from: Date, to: Date, filter: SourceFilter = {}): Promise<LagPart[]> {
    return whileMongoIsThere(() =>
      this.books.flow
        .find(within(splitPeriod(from, to, FLOW_GRAINS), filter))
        .project<LagPart>({ _id: 0, source: 1, lag: 1 })
        .batchSize(AT_ONCE)
        .toArray(),
    );
  }

  /** What the articles stored in a period hold, piece by piece, to be added up. @throws UnavailableError */
  async eachQuality(from: Date, to: Date, filter: SourceFilter, add: (part: QualityPart) => void): Promise<void> {
    await whileMongoIsThere(async () => {
      const parts = this.books.quality
        .find(within(splitPeriod(from, to, QUALITY_GRAINS), filter))
        .project<QualityPart>({ _id: 0, grain: 0, at: 0 })
        .batchSize(IN_TURN);
      for await (const part of parts) add(part);
    });
  }
}

export function latencyOf(histogram: Histogram): Latency | undefined {
  const [p50Ms, p90Ms, p99Ms] = quantilesOf(histogram, [0.5, 0.9, 0.99]).map(Math.round);
  if (p50Ms === undefined || p90Ms === undefined || p99Ms === undefined) return undefined;
  return { p50Ms, p90Ms, p99Ms, count: countIn(histogram) };
}

function within(stretches: Stretch[], filter: object): Document {
  const narrowed = Object.fromEntries(
    Object.entries(filter).flatMap(([field, value]: [string, unknown]) =>
      value === undefined ? [] : [[field, Array.isArray(value) ? { $in: value as unknown[] } : { $eq: value }]],
    ),
  );
  const parts = stretches.map(({ grain, from, to }) => ({ ...narrowed, grain, at: { $gte: from, $lt: to } }));
  return parts.length > 0 ? { $or: parts } : { _id: { $in: [] } };
}
