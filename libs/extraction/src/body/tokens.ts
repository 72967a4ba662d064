import type { ElementNode } from '../html/document.js';

const CAMEL_HUMP = /([a-z])([A-Z])/g;
const NAMING_ATTRIBUTES = ['class', 'id', 'role', 'itemprop', 'data-component', 'data-testid'];
const LONGEST_NAMES = 400;

/** What names an element for people, in one string: elements with the same are weighed once. */
export function markupKey(element: ElementNode): string {
  let key = '';
  for (const { name, value } of element.attributes)
    if (NAMING_ATTRIBUTES.includes(name)) key += value.slice(0, LONGEST_NAMES) + ' ';
  return key;
}

/**
 * Words of an element's class and id, as content systems use them: `articleBody__text-2` gives
 * `article`, `body`, `text`. Longer names are kept whole as well, since `sidebar` is not `side` and `bar`.
 */
export function markupWords(key: string): string[] {
  const words = new Set<string>();
  for (const whole of key.split(/\s+/)) {
    if (!whole) continue;
    if (whole.length <= 24) words.add(whole.toLowerCase());
    for (const part of whole
      .replace(CAMEL_HUMP, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}]+/u))
      if (part.length > 1 && part.length <= 20) words.add(part);
  }
  return [...words].slice(0, 24);
}

/** The words of a text that may tell clutter from content: the first dozen, and each pair of the first few. */
export function telltaleWords(text: string): string[] {
  const words =
    text
      .slice(0, 160)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|[©|›»→▶•@#:?]/gu)
      ?.slice(0, 12) ?? [];
  const telling = new Set(words);
  for (let i = 0; i < Math.min(5, words.length); i++) telling.add(`${words[i]} ${words[i + 1] ?? ''}`);
  if (words.length) telling.add(`^${words[0]}`);
  return [...telling];
}

/** Learnt weights by word; a word the training did not see often enough has none. */
export type WordWeights = ReadonlyMap<string, number>;

/** What the telltale words of a text say together: their sum, the worst and the best of them. */
export interface WordEvidence {
  sum: number;
  min: number;
  max: number;
}

export function weighText(text: string, weights: WordWeights): WordEvidence {
  const evidence = { sum: 0, min: 0, max: 0 };
  for (const word of telltaleWords(text)) {
    const weight = weights.get(word);
    if (weight === undefined) continue;
    evidence.sum += weight;
    evidence.min = Math.min(evidence.min, weight);
    evidence.max = Math.max(evidence.max, weight);
  }
  return evidence;
}
