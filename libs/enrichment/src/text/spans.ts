import type { SpanData } from '@wireroom/contracts';

/** Where a global pattern matches, in order. */
export function spansOf(text: string, pattern: RegExp): SpanData[] {
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
