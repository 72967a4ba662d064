import type { SpanData } from '@wireroom/contracts';
import type { TextIndex } from '../text/text-index.js';
import type { NameSpan } from './name-span.js';

/** "LONDON - Shares fell", "VARNO, Norrland (AP) —": names end with the dateline, and what it opens with is a place. */
export function withinDateline(
  { body, tokens }: TextIndex,
  names: readonly NameSpan[],
  dateline: SpanData | undefined,
): readonly NameSpan[] {
  if (!dateline) return names;
  const words = body.slice(dateline.start, dateline.end);
  const isAgency = (at: number) => words.lastIndexOf('(', at) > words.lastIndexOf(')', at);
  return names.map((name) => {
    const start = tokens[name.first]!.start;
    if (start < dateline.start || start >= dateline.end) return name;
    const last = lastWithin(tokens, name, dateline.end);
    return { ...name, last, type: isAgency(start - dateline.start) ? name.type : 'place' };
  });
}

function lastWithin(tokens: TextIndex['tokens'], { first, last }: NameSpan, end: number): number {
  let within = last;
  while (within > first + 1 && tokens[within - 1]!.end > end) within--;
  return within;
}
