/** What moved a classifier, and how far: log odds, positive towards the article. */
export interface Reason {
  about: string;
  effect: number;
}

/** A classifier's answer for blocks or lines with its reasons. */
export interface Weighing {
  probabilities: Float32Array;
  /** The strongest first. */
  reasonsFor: (i: number) => Reason[];
}

const MOST = 3;
const LEAST_EFFECT = 0.1;

/** What features are about, in words; the first that fits counts. */
const SUBJECTS: [RegExp, string][] = [
  [/^p$/, 'what it looks like by itself'],
  [/^p[-+]|^content-|^since-content|^until-content|worst-heading|around|neighbours|window-ends/, 'what is around it'],
  [/^(?:has-)?link|^links|^climb|-links?(?:-|$)|linked-body/, 'links and the body the page declares'],
  [/^tag-|^in-|^depth/, 'the elements it is in'],
  [/markup/, 'names of classes and ids'],
  [/^text|heading-text/, 'its words'],
  [/prose|best|^path|sibling|run/, 'nearness to prose'],
  [/^index|position|from-end|title|description|heading|page-|^lines|total/, 'its place on the page'],
  [/repeat/, 'repetition'],
];
const OTHERWISE = 'length and shape of the text';

/** The reasons behind the effects of single features, which are too many and too alike to be read one by one. */
export function reasonsOf(features: readonly string[], effects: Float32Array): Reason[] {
  const sums = new Map<string, number>();
  for (const [at, feature] of features.entries()) {
    const about = SUBJECTS.find(([pattern]) => pattern.test(feature))?.[1] ?? OTHERWISE;
    sums.set(about, (sums.get(about) ?? 0) + (effects[at] ?? 0));
  }
  return [...sums]
    .map(([about, effect]) => ({ about, effect: Math.round(effect * 100) / 100 }))
    .filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, MOST);
}
