import { LIMITS } from '../extraction-error.js';
import { cleanText } from '../text.js';

/** A line of a flattened page; offsets into the decoded original, without surrounding blanks. */
export interface Line {
  text: string;
  start: number;
  end: number;
}

/** The lines of a text that hold anything, as far as {@link LIMITS} goes. */
export function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  for (const match of source.matchAll(/[^\r\n\u2028\u2029]+/g)) {
    const text = cleanText(match[0]);
    if (!text) continue;
    if (lines.length >= LIMITS.blocks) break;
    const start = match.index + (match[0].length - match[0].trimStart().length);
    lines.push({ text, start, end: match.index + match[0].trimEnd().length });
  }
  return lines;
}
