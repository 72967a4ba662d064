import type { SpanData } from '@wireroom/contracts';

/** Where an article's dateline stands in its text, at the start of a paragraph; undefined where it was taken out. */
export function datelineIn({ body, dateline }: { body: string; dateline?: string }): SpanData | undefined {
  if (!dateline) return undefined;
  const start = body.indexOf(dateline);
  const opensParagraph = start === 0 || (start > 0 && body[start - 1] === '\n');
  return opensParagraph ? { start, end: start + dateline.length } : undefined;
}
