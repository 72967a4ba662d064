import { Injectable } from '@nestjs/common';
import type { QualityFigures, ShareFigure, SourceQuality } from '@wireroom/contracts';
import { COVERED } from '../books/facts.js';
import { GRAINS, ceilTo } from '../books/grains.js';
import { mergeHistograms, quantilesOf } from '../books/histogram.js';
import { type QualityPart, Sums } from '../books/sums.js';
import { groupBy } from '../group-by.js';
import { driftsOf } from './drift.js';

const RECENT_MS = GRAINS.day;
const BEFORE_MS = 7 * GRAINS.day;

/** What each source's articles hold: its last 24 hours with the one under way, and the week before them. */
@Injectable()
export class Quality {
  constructor(private readonly sums: Sums) {}

  /** By name; of one source where it is given. */
  async of(source?: string): Promise<SourceQuality[]> {
    const to = ceilTo('hour', new Date());
    const middle = new Date(to.getTime() - RECENT_MS);
    const from = new Date(middle.getTime() - BEFORE_MS);
    const [before, recent] = await Promise.all([
      this.sums.quality(from, middle, { source }),
      this.sums.quality(middle, to, { source }),
    ]);
    const recentOf = groupBy(recent, (part) => part.source);
    const beforeOf = groupBy(before, (part) => part.source);
    return [...new Set([...beforeOf.keys(), ...recentOf.keys()])].sort().map((name) => {
      const figures = {
        recent: figuresOf(middle, to, recentOf.get(name) ?? []),
        before: figuresOf(from, middle, beforeOf.get(name) ?? []),
      };
      return { source: name, ...figures, drifts: driftsOf(figures) };
    });
  }
}

function figuresOf(from: Date, to: Date, parts: QualityPart[]): QualityFigures {
  const items = parts.reduce((sum, part) => sum + (part.items ?? 0), 0);
  const has = mergeHistograms(parts.map((part) => part.has));
  const [bodyCharsP10, bodyCharsP50, bodyCharsP90] = quantilesOf(
    mergeHistograms(parts.map((part) => part.bodyChars)),
    [0.1, 0.5, 0.9],
  ).map(Math.round);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    items,
    coverage: COVERED.map((name) => shareOf(name, has[name] ?? 0, items)),
    languages: sharesOf(mergeHistograms(parts.map((part) => part.languages)), items),
    failedSteps: sharesOf(mergeHistograms(parts.map((part) => part.failedSteps)), items),
    bodyCharsP10,
    bodyCharsP50,
    bodyCharsP90,
  };
}

/** The most frequent first. */
function sharesOf(counts: Record<string, number>, items: number): ShareFigure[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => shareOf(name, count, items))
    .sort((a, b) => b.count - a.count);
}

function shareOf(name: string, count: number, items: number): ShareFigure {
  return { name, count, share: items === 0 ? 0 : Math.round((count / items) * 10_000) / 10_000 };
}
