import { MOST_FIGURES, type TextSignature } from './signature.js';

/** Fewer are too few to tell: one that was corrected would decide. */
const LEAST_FIGURES = 4;

/**
 * How many of the figures of the text with fewer of them are in the other, 0 to 1. A copy keeps nearly all, in whatever
 * words it is; other news in the same form (results, quakes, share prices) has its own.
 *
 * @returns undefined where they can't tell: fewer than four in either, or a signature without
 */
export function shareOfFigures(a: TextSignature, b: TextSignature): number | undefined {
  if (!a.figures || !b.figures) return undefined;
  // The lowest of each are kept, so up to the lower end of the two it is known of a figure whether a text has it.
  const known = Math.min(knownUpTo(a.figures), knownUpTo(b.figures));
  const [fewer, more] = [a.figures, b.figures]
    .map((figures) => figures.filter((figure) => figure <= known))
    .sort((one, other) => one.length - other.length) as [number[], number[]];
  if (fewer.length < LEAST_FIGURES) return undefined;
  const others = new Set(more);
  return fewer.filter((figure) => others.has(figure)).length / fewer.length;
}

function knownUpTo(figures: number[]): number {
  return figures.length < MOST_FIGURES ? Infinity : figures.at(-1)!;
}
