/**
 * A histogram with buckets that grow by a constant ratio, as in DDSketch (Masson, Rim and Lee, "DDSketch: A fast and
 * fully-mergeable quantile sketch with relative-error guarantees", 2019): quantiles of any sum of histograms are
 * within 1 % of the true value.
 */
export type Histogram = Record<string, number>;

const RATIO = 1.02;
const LOG_RATIO = Math.log(RATIO);

/** The bucket of a value; everything below 1 shares one. */
export function bucketOf(value: number): string {
  return String(value < 1 ? 0 : Math.ceil(Math.log(value) / LOG_RATIO) + 1);
}

export function mergeHistograms(histograms: Iterable<Histogram | undefined>): Histogram {
  const merged: Histogram = {};
  for (const histogram of histograms) addHistogram(merged, histogram);
  return merged;
}

/** Adds one to a sum of them. */
export function addHistogram(sum: Histogram, histogram: Histogram | undefined): void {
  // A long period has a hundred thousand buckets to add: no array is made of them.
  for (const bucket in histogram) sum[bucket] = (sum[bucket] ?? 0) + histogram[bucket]!;
}

export function countIn(histogram: Histogram): number {
  return Object.values(histogram).reduce((sum, count) => sum + count, 0);
}

/** The values that these shares of all lie at or below, one for each share in rising order; none of nothing. */
export function quantilesOf(histogram: Histogram, shares: number[]): number[] {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((a, b) => a.bucket - b.bucket);
  const total = countIn(histogram);
  if (total <= 0) return [];
  return shares.map((share) => {
    const rank = Math.max(1, Math.ceil(share * total));
    let seen = 0;
    const hit = buckets.find(({ count }) => (seen += count) >= rank) ?? buckets.at(-1)!;
    return valueOf(hit.bucket);
  });
}

/** The value of a bucket that is at most 1 % off for all of its values. */
function valueOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * RATIO ** (bucket - 1)) / (RATIO + 1);
}
