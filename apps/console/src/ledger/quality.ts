import { Injectable } from '@nestjs/common';
import type { QualityFigures, ShareFigure, SourceQuality } from '@wireroom/contracts';
import { COVERED } from '../books/facts.js';
import { GRAINS, ceilTo } from '../books/grains.js';
import { mergeHistograms, quantilesOf } from '../books/histogram.js';
import { Sums } from '../books/sums.js';
import type { QualityTally } from '../books/tally.schema.js';
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
    const names = new Set([...before, ...recent].map((tally) => tally.source));
    return [...names].sort().map((name) => {
      const ofSource = (tallies: QualityTally[]): QualityTally[] => tallies.filter((tally) => tally.source === name);
      const figures = {
        recent: figuresOf(middle, to, ofSource(recent)),
        before: figuresOf(from, middle, ofSource(before)),
      };
      return { source: name, ...figures, drifts: driftsOf(figures) };
    });
  }
}

function figuresOf(from: Date, to: Date, tallies: QualityTally[]): QualityFigures {
  const items = tallies.reduce((sum, tally) => sum + (tally.items ?? 0), 0);
  const has = mergeHistograms(tallies.map((tally) => tally.has));
  const [bodyCharsP10, bodyCharsP50, bodyCharsP90] = quantilesOf(
    mergeHistograms(tallies.map((tally) => tally.bodyChars)),
    [0.1, 0.5, 0.9],
  ).map(Math.round);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    items,
    coverage: COVERED.map((name) => shareOf(name, has[name] ?? 0, items)),
    languages: sharesOf(mergeHistograms(tallies.map((tally) => tally.languages)), items),
    failedSteps: sharesOf(mergeHistograms(tallies.map((tally) => tally.failedSteps)), items),
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
