import type { SpanData } from '@wireroom/contracts';

/** Where a global pattern matches, in order. */
export function spansOf(text: string, pattern: RegExp): SpanData[] {
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

/** Index of the first of ordered spans that starts at or after an offset, their number where none does. */
export function firstFrom(spans: readonly { start: number }[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of ordered spans that start in another. */
export function spansIn<T extends SpanData>(spans: readonly T[], { start, end }: SpanData): T[] {
  return spans.slice(firstFrom(spans, start), firstFrom(spans, end));
}
