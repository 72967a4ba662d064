import type { ElementNode } from '../html/document.js';

const CAMEL_HUMP = /([a-z])([A-Z])/g;
const cache = new WeakMap<ElementNode, string[]>();

/**
 * Words of an element's class and id, as content systems use them: `articleBody__text-2` gives
 * `article`, `body`, `text`. Longer names are kept whole as well, since `sidebar` is not `side` and `bar`.
 */
export function markupWords(element: ElementNode): string[] {
  const known = cache.get(element);
  if (known) return known;
  const words = new Set<string>();
  for (const name of ['class', 'id', 'role', 'itemprop', 'data-component', 'data-testid']) {
    const value = element.attribute(name);
    if (!value) continue;
    for (const whole of value.slice(0, 400).split(/\s+/)) {
      if (whole.length <= 24) words.add(whole.toLowerCase());
      for (const part of whole
        .replace(CAMEL_HUMP, '$1 $2')
        .toLowerCase()
        .split(/[^\p{L}]+/u))
        if (part.length > 1 && part.length <= 20) words.add(part);
    }
  }
  const list = [...words].slice(0, 24);
  cache.set(element, list);
  return list;
}

/** The words of a text that may tell clutter from content: the first dozen, and each pair of the first few. */
export function telltaleWords(text: string): string[] {
  const words =
    text
      .slice(0, 160)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|[©|›»→▶•@#:?]/gu)
      ?.slice(0, 12) ?? [];
  const pairs = words.slice(0, 5).map((word, i) => `${word} ${words[i + 1] ?? ''}`);
  const first = words[0] === undefined ? [] : [`^${words[0]}`];
  return [...new Set([...words, ...pairs, ...first])];
}

/** The learnt weight of a word; 0 for a word the training did not see often enough. */
export function weightOf(weights: Record<string, number>, word: string): number {
  return Object.hasOwn(weights, word) ? (weights[word] as number) : 0;
}
