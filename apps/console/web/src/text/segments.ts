/** A half-open range `[start, end)` of UTF-16 code units. */
export interface Span {
  start: number;
  end: number;
}

/** A piece of a text, and whether a span covers it. */
export interface Segment {
  text: string;
  start: number;
  isMarked: boolean;
}

/**
 * Cuts a text at the borders of the spans. Spans may come in any order, overlap, or reach over the end: the pieces,
 * joined, are always the text.
 */
export function segmentsOf(text: string, spans: readonly Span[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  const add = (end: number, isMarked: boolean): void => {
    if (end > at) segments.push({ text: text.slice(at, end), start: at, isMarked });
    at = Math.max(at, end);
  };
  for (const { start, end } of merged(spans, text.length)) {
    add(start, false);
    add(end, true);
  }
  add(text.length, false);
  return segments;
}

function merged(spans: readonly Span[], length: number): Span[] {
  const ordered = spans
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  const result: Span[] = [];
  for (const span of ordered) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

/** The part of a long text around the first span, for a reader who wants the place and not the whole. */
export function windowAround(text: string, spans: readonly Span[], reach: number): Span {
  const first = merged(spans, text.length)[0];
  if (first === undefined) return { start: 0, end: Math.min(text.length, 2 * reach) };
  return { start: Math.max(0, first.start - reach), end: Math.min(text.length, first.end + reach) };
}
