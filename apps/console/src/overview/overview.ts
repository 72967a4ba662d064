import { Injectable } from '@nestjs/common';
import { type FlowPoint, type OverviewAnswer, type OverviewRequest, type OverviewWindow } from '@wireroom/contracts';
import { GRAINS, type Grain, ceilTo } from '../books/grains.js';
import { mergeHistograms } from '../books/histogram.js';
import { Sums, latencyOf } from '../books/sums.js';
import { ALL_SOURCES, type FlowTally } from '../books/tally.schema.js';
import { Now } from './now.js';

/** Each window in so many points that a line can be read from them. */
const WINDOWS: Record<OverviewWindow, { grain: Grain; points: number }> = {
  '15m': { grain: 'minute', points: 15 },
  '1h': { grain: 'minute', points: 60 },
  '6h': { grain: 'tenMinutes', points: 36 },
  '24h': { grain: 'tenMinutes', points: 144 },
  '7d': { grain: 'hour', points: 168 },
};

/** The wire now and over a window of time that ends with the part that is under way. */
@Injectable()
export class Overview {
  constructor(
    private readonly now: Now,
    private readonly sums: Sums,
  ) {}

  async answer({ window = '1h', source = ALL_SOURCES }: OverviewRequest): Promise<OverviewAnswer> {
    const { grain, points } = WINDOWS[window];
    const to = ceilTo(grain, new Date());
    const from = new Date(to.getTime() - points * GRAINS[grain]);
    const [now, parts] = await Promise.all([this.now.answer(), this.sums.flowParts(grain, from, to, source)]);
    const byTime = new Map(parts.map((part) => [part.at.getTime(), part]));
    return {
      now,
      window,
      from: from.toISOString(),
      to: to.toISOString(),
      pointSeconds: GRAINS[grain] / 1000,
      points: Array.from({ length: points }, (_, index) => {
        const at = from.getTime() + index * GRAINS[grain];
        return pointOf(new Date(at), [byTime.get(at)]);
      }),
      total: pointOf(from, parts),
    };
  }
}

function pointOf(at: Date, parts: (FlowTally | undefined)[]): FlowPoint {
  const sum = (figure: 'accepted' | 'enriched' | 'published' | 'skipped' | 'deadLettered'): number =>
    parts.reduce((total, part) => total + (part?.[figure] ?? 0), 0);
  const latency = latencyOf(mergeHistograms(parts.map((part) => part?.latency)));
  return {
    at: at.toISOString(),
    accepted: sum('accepted'),
    enriched: sum('enriched'),
    published: sum('published'),
    skipped: sum('skipped'),
    deadLettered: sum('deadLettered'),
    p50Ms: latency?.p50Ms,
    p99Ms: latency?.p99Ms,
  };
}
