import { describe, expect, it } from '@jest/globals';
import { type Histogram, bucketOf, countIn, mergeHistograms, quantilesOf } from './histogram.js';

function histogramOf(values: number[]): Histogram {
  return mergeHistograms(values.map((value) => ({ [bucketOf(value)]: 1 })));
}

describe('a histogram', () => {
  it('gives quantiles within one per cent over six orders of magnitude', () => {
    const values = Array.from({ length: 5000 }, (_, index) => 1.003 ** index);
    const histogram = histogramOf(values);
    for (const share of [0.01, 0.1, 0.5, 0.9, 0.99, 1]) {
      const truth = values[Math.ceil(share * values.length) - 1]!;
      const [found] = quantilesOf(histogram, [share]);
      expect(Math.abs(found! - truth) / truth).toBeLessThan(0.0101);
    }
  });

  it('of a sum is the sum of histograms', () => {
    const low = [3, 5, 8];
    const high = [1000, 2000, 3000, 4000];
    expect(mergeHistograms([histogramOf(low), undefined, histogramOf(high)])).toEqual(histogramOf([...low, ...high]));
    expect(countIn(histogramOf([...low, ...high]))).toBe(7);
  });

  it('knows what takes no time at all', () => {
    expect(quantilesOf(histogramOf([0, 0, 0.4, 900]), [0.5])).toEqual([0]);
  });

  it('of nothing has no quantiles', () => {
    expect(quantilesOf({}, [0.5])).toEqual([]);
    expect(quantilesOf({ 12: 0 }, [0.5])).toEqual([]);
  });
});
