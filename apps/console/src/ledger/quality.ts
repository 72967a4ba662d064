import { Injectable } from '@nestjs/common';
import type { QualityAnswer, QualityFigures, QualityRequest, ShareFigure, SourceQuality } from '@wireroom/contracts';
import { COVERED } from '../books/facts.js';
import { GRAINS, ceilTo } from '../books/grains.js';
import { type Histogram, addHistogram, quantilesOf } from '../books/histogram.js';
import { type QualityPart, Sums } from '../books/sums.js';
import { driftsOf } from './drift.js';

const RECENT_MS = GRAINS.day;
const BEFORE_MS = 7 * GRAINS.day;
const SOURCES_SHOWN = 50;
/** What takes longer than this is not counted anew for each who looks. */
const QUICK_MS = 150;
/** Longer than the time between two looks for alarms: whoever comes in between is answered at once. */
const KEPT_MS = 90_000;

/** What all sources' articles held when it was counted. */
interface Counted {
  at: Date;
  tookMs: number;
  /** Those with most drifts first, then those that sent most. */
  sources: SourceQuality[];
}

/** What the articles of a period hold, added up. */
type Sum = Required<Omit<QualityPart, 'source'>>;

/** What each source's articles hold: its last 24 hours with the one under way, and the week before them. */
@Injectable()
export class Quality {
  private kept: Counted | undefined;
  private counting: Promise<Counted> | undefined;

  constructor(private readonly sums: Sums) {}

  async answer({ source, limit = SOURCES_SHOWN }: QualityRequest): Promise<QualityAnswer> {
    const { at, sources } = source === undefined ? await this.recent() : await this.count(source);
    return { sources: sources.slice(0, limit), sourceCount: sources.length, asOf: at.toISOString() };
  }

  /** All sources, counted now, by one at a time. */
  countAll(): Promise<Counted> {
    this.counting ??= this.count()
      .then((counted) => (this.kept = counted))
      .finally(() => (this.counting = undefined));
    return this.counting;
  }

  private recent(): Promise<Counted> {
    const isKept = this.kept && this.kept.tookMs > QUICK_MS && Date.now() - this.kept.at.getTime() < KEPT_MS;
    return isKept ? Promise.resolve(this.kept!) : this.countAll();
  }

  private async count(source?: string): Promise<Counted> {
    const at = new Date();
    const to = ceilTo('hour', at);
    const middle = new Date(to.getTime() - RECENT_MS);
    const from = new Date(middle.getTime() - BEFORE_MS);
    const [before, recent] = await Promise.all([this.sumsOf(from, middle, source), this.sumsOf(middle, to, source)]);
    const sources = [...new Set([...before.keys(), ...recent.keys()])].map((name) => {
      const figures = {
        recent: figuresOf(middle, to, recent.get(name)),
        before: figuresOf(from, middle, before.get(name)),
      };
      return { source: name, ...figures, drifts: driftsOf(figures) };
    });
    return { at, tookMs: Date.now() - at.getTime(), sources: sources.sort(byWorth) };
  }

  private async sumsOf(from: Date, to: Date, source: string | undefined): Promise<Map<string, Sum>> {
    const sums = new Map<string, Sum>();
    await this.sums.eachQuality(from, to, { source }, (part) => {
      const sum = sums.get(part.source) ?? nothing();
      sums.set(part.source, sum);
      sum.items += part.items ?? 0;
      for (const figure of ['has', 'languages', 'failedSteps', 'bodyChars'] as const) {
        addHistogram(sum[figure], part[figure]);
      }
    });
    return sums;
  }
}

function nothing(): Sum {
  return { items: 0, has: {}, languages: {}, failedSteps: {}, bodyChars: {} };
}

/** What a person should look at first. */
function byWorth(one: SourceQuality, other: SourceQuality): number {
  return (
    other.drifts.length - one.drifts.length ||
    other.recent.items - one.recent.items ||
    (one.source < other.source ? -1 : 1)
  );
}

function figuresOf(
  from: Date,
  to: Date,
  { items, has, languages, failedSteps, bodyChars }: Sum = nothing(),
): QualityFigures {
  const [bodyCharsP10, bodyCharsP50, bodyCharsP90] = quantilesOf(bodyChars, [0.1, 0.5, 0.9]).map(Math.round);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    items,
    coverage: COVERED.map((name) => shareOf(name, has[name] ?? 0, items)),
    languages: sharesOf(languages, items),
    failedSteps: sharesOf(failedSteps, items),
    bodyCharsP10,
    bodyCharsP50,
    bodyCharsP90,
  };
}

/** The most frequent first. */
function sharesOf(counts: Histogram, items: number): ShareFigure[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => shareOf(name, count, items))
    .sort((a, b) => b.count - a.count);
}

function shareOf(name: string, count: number, items: number): ShareFigure {
  return { name, count, share: items === 0 ? 0 : Math.round((count / items) * 10_000) / 10_000 };
}
