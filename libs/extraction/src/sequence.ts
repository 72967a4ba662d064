/** Sums over the front of a sequence: entry `i` is the sum of the first `i` measures. */
export function runningTotal(count: number, measure: (index: number) => number): Float64Array {
  const totals = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) totals[i + 1] = (totals[i] ?? 0) + measure(i);
  return totals;
}

/** Sum of the measures of `index` and its neighbours within `reach`, from a {@link runningTotal}. */
export function sumAround(totals: Float64Array, index: number, reach: number): number {
  const count = totals.length - 1;
  return (totals[Math.min(count, index + reach + 1)] ?? 0) - (totals[Math.max(0, index - reach)] ?? 0);
}

/** Distance to the nearest earlier and later place where `holds`, up to `limit`. */
export function distancesTo(
  count: number,
  limit: number,
  holds: (index: number) => boolean,
): { before: Float32Array; after: Float32Array } {
  const before = new Float32Array(count);
  const after = new Float32Array(count);
  for (let i = 0, distance = limit; i < count; i++) {
    before[i] = Math.min(limit, ++distance);
    if (holds(i)) distance = 0;
  }
  for (let i = count - 1, distance = limit; i >= 0; i--) {
    after[i] = Math.min(limit, ++distance);
    if (holds(i)) distance = 0;
  }
  return { before, after };
}

/** Matches of a global pattern in a text. */
export function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
