import { FeatureWeights } from './feature-weights.js';

describe('Weights of features', () => {
  const names = Array.from({ length: 500 }, (_, at) => `w=${at}`);
  const weights = new FeatureWeights(Object.fromEntries(names.map((name, at) => [name, [0, at, 2, -at]])));

  it('are added to the scores of their tags, times the factor', () => {
    const scores = Int32Array.of(1, 2, 3);
    weights.addTo(scores, 'w=7', 10);
    weights.addTo(scores, 'w=499', 1);
    expect([...scores]).toEqual([1 + 70 + 499, 2, 3 - 70 - 499]);
  });

  it('are none where the feature is not known', () => {
    const scores = new Int32Array(3);
    weights.addTo(scores, 'w=500', 1);
    weights.addTo(scores, '', 1);
    expect([...scores]).toEqual([0, 0, 0]);
  });
});
