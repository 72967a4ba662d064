import type { SpanData } from '@wireroom/contracts';
import { incisesIn } from './incises.js';
import type { SpeechLexicon } from './lexicon.js';
import type { QuotedSpan } from './quotation-marks.js';

/*
 * Speech that a dash opens at the head of a paragraph, as Romance and Scandinavian languages print it: "—Llueve —dijo
 * Mara—. Mañana no.", "– Det regnar, säger Mara."
 * Lists are printed so too. What makes a dialogue is that one of its paragraphs says who speaks, that one asks, or that the
 * paragraph before leads to it with a colon. The questions of an interview are the paper's own.
 */

const DASH = /^(?:[—–―]\s?|-\s)(?=[\p{Lu}\p{N}¿¡…«“"'‘(])/u;
const ENDS_SENTENCE = /[.!?…]["»”’]?\s*$/;

/** The marked quotations with those that dashes open; marks inside a dialogue belong to it. */
export function withDialogue(
  text: string,
  paragraphs: readonly SpanData[],
  quoted: readonly QuotedSpan[],
  lexicon: SpeechLexicon,
): readonly QuotedSpan[] {
  const lines = lexicon.dashesSpeech ? dashedParagraphs(text, paragraphs) : [];
  if (lines.length === 0) return quoted;
  const spoken = lines.filter((line) => incisesIn(text, line, lexicon).length > 0);
  const isDialogue = spoken.length > 0 || lines.some((line) => isAnswered(text, line, lines));
  const dialogue = lines.filter(
    (line) =>
      spoken.includes(line) ||
      (!isAnswered(text, line, lines) &&
        ENDS_SENTENCE.test(text.slice(line.start, line.end)) &&
        (isDialogue || isLedTo(text, line, paragraphs, lines))),
  );
  const outside = quoted.filter(({ paragraph }) => !dialogue.some((line) => line.paragraph === paragraph));
  return [...outside, ...dialogue].sort((a, b) => a.open - b.open);
}

function dashedParagraphs(text: string, paragraphs: readonly SpanData[]): QuotedSpan[] {
  return paragraphs.flatMap(({ start, end }, paragraph) => {
    const dash = DASH.exec(text.slice(start, Math.min(end, start + 4)));
    if (!dash) return [];
    const line = { open: start, start: start + dash[0].length, end, close: end, paragraph };
    return [{ ...line, ending: 'closed' as const, continued: false, isDashed: true }];
  });
}

/** A question with another dash right below. */
function isAnswered(text: string, { paragraph, start, end }: QuotedSpan, lines: readonly QuotedSpan[]): boolean {
  return /\?\s*$/.test(text.slice(start, end)) && lines.some((line) => line.paragraph === paragraph + 1);
}

/** The paragraph before ends in a colon, and what follows is no list. */
function isLedTo(
  text: string,
  { paragraph }: QuotedSpan,
  paragraphs: readonly SpanData[],
  lines: readonly QuotedSpan[],
): boolean {
  const before = paragraphs[paragraph - 1];
  const isList = lines.some((line) => line.paragraph === paragraph + 1);
  return before !== undefined && !isList && /:\s*$/.test(text.slice(before.start, before.end));
}
