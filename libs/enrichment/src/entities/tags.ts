/** A tagged name: tokens `[first, last)` and its type. */
export interface TaggedSpan {
  first: number;
  last: number;
  type: string;
}

/** The names in a list of BILOU tags. */
export function spansOf(tags: readonly string[]): TaggedSpan[] {
  const spans: TaggedSpan[] = [];
  let first = 0;
  tags.forEach((tag, at) => {
    const [part, type = ''] = tag.split('-');
    if (part === 'B' || part === 'U') first = at;
    if (part === 'L' || part === 'U') spans.push({ first, last: at + 1, type });
  });
  return spans;
}
