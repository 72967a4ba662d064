import type { SpanData } from '@wireroom/contracts';

/*
 * Finds what stands between quotation marks, paragraph by paragraph: curly, straight, single,
 * guillemets (both ways round), German low-high and CJK corner marks. A mark left open at the end
 * of a paragraph is a continuation when the next paragraph opens again (the printers' convention;
 * with a closing mark in Spanish) or holds the stray closing mark; otherwise the closing mark is missing.
 */

/** One quoted stretch inside one paragraph; `start`..`end` lie inside the marks. */
export interface QuotedSpan extends SpanData {
  /** Offset of the opening mark, or of the text where the mark is missing or the quote runs on. */
  open: number;
  /** Offset after the closing mark. */
  close: number;
  paragraph: number;
  ending: 'closed' | 'continues' | 'missing';
  /** The words run on from the paragraph above. */
  continued: boolean;
  /** A dash opens it, and no mark closes it. */
  isDashed?: boolean;
  /** One of the parts around what is said inside it of who speaks. */
  isCut?: boolean;
}

const CLOSERS: Record<string, string> = {
  '“': '”"',
  '„': '“”"',
  '‟': '”',
  '"': '"”',
  '”': '”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '‘': '’',
  '‚': '‘’',
  "'": "'",
  '「': '」',
  '『': '』',
};
/** Closing marks that may stand at the head of a paragraph. */
const RESUMING: Record<string, string> = { '“': '”', '«': '»' };
const OPENER = new RegExp(`[${Object.keys(CLOSERS).join('')}]`, 'g');
const SINGLE = new Set(['‘', "'", '‚']);
const NESTS = new Set(['“', '«', '「', '『', '‹']);
const BEFORE_OPENER = /[\s([{—–\-:;,/¿¡“„«‘"'>]/;
const APOSTROPHE_WORDS = /^['‘’](?:twas|tis|em|til|cause|n['’]|\d0s)\b/i;

/** All quoted stretches of a text in order; nested quotations belong to the outer one. */
export function findQuoted(text: string, paragraphs: readonly SpanData[]): QuotedSpan[] {
  const spans: QuotedSpan[] = [];
  let runningOn: string | undefined;
  paragraphs.forEach((paragraph, index) => {
    const from = paragraph.start;
    let at = from;
    const continued = runningOn !== undefined;
    if (runningOn && text[from] !== runningOn) {
      const mark = runningOn;
      const resumes = resumesAt(text, from, mark);
      const start = resumes ? from + 1 : from;
      const end = closerAfter(text, start, paragraph.end, mark);
      const close = end ?? paragraph.end;
      const next = paragraphs[index + 1];
      const goesOn = resumes && end === undefined && next !== undefined && runsOnInto(text, next, mark);
      spans.push({
        open: from,
        start,
        end: close,
        close: end === undefined ? close : close + 1,
        paragraph: index,
        ending: goesOn ? 'continues' : 'closed',
        continued,
      });
      at = close + 1;
      if (goesOn) return;
    }
    runningOn = undefined;
    while ((at = markFrom(text, at)) < paragraph.end) {
      if (!opensAt(text, at, paragraph)) {
        at++;
        continue;
      }
      const span = quoteAt(text, at, paragraph, index, paragraphs[index + 1]);
      if (!span) {
        at++;
        continue;
      }
      span.continued = continued && at === from;
      spans.push(span);
      if (span.ending === 'continues') runningOn = text[at];
      at = span.close;
    }
  });
  return spans
    .filter((span) => /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end)))
    .map((span) => trimmed(text, span));
}

/** French marks keep a space from their words, which is none of them. */
function trimmed(text: string, span: QuotedSpan): QuotedSpan {
  const inside = text.slice(span.start, span.end);
  const start = span.start + inside.length - inside.trimStart().length;
  return { ...span, start, end: start + inside.trim().length };
}

function quoteAt(
  text: string,
  open: number,
  within: SpanData,
  paragraph: number,
  next?: SpanData,
): QuotedSpan | undefined {
  const mark = text.charAt(open);
  const start = open + 1;
  const end = closerAfter(text, start, within.end, mark);
  if (end !== undefined) return { open, start, end, close: end + 1, paragraph, ending: 'closed', continued: false };
  if (SINGLE.has(mark) || mark === '”' || mark === '»') return undefined;
  const ending = next && runsOnInto(text, next, mark) ? 'continues' : 'missing';
  return { open, start, end: within.end, close: within.end, paragraph, ending, continued: false };
}

/** Offset of the next mark that may open a quotation, the text's end where there is none. */
function markFrom(text: string, from: number): number {
  OPENER.lastIndex = from;
  return OPENER.exec(text)?.index ?? text.length;
}

function opensAt(text: string, at: number, within: SpanData): boolean {
  const mark = text.charAt(at);
  const next = text.charAt(at + 1);
  if (at + 1 >= within.end || (/\s/.test(next) && mark !== '«')) return false;
  if (mark === '“' || mark === '„' || mark === '«' || mark === '「' || mark === '『') return true;
  const startsWord = at === within.start || BEFORE_OPENER.test(text.charAt(at - 1));
  return startsWord && !APOSTROPHE_WORDS.test(text.slice(at, at + 8));
}

/** Offset of the mark that closes a quote opened by `mark`, searched in `[from, to)`. */
function closerAfter(text: string, from: number, to: number, mark: string): number | undefined {
  if (SINGLE.has(mark)) return singleCloserAfter(text, from, to, mark);
  const closers = CLOSERS[mark] ?? '';
  let depth = 0;
  let first: number | undefined;
  for (let at = from; at < to; at++) {
    const char = text.charAt(at);
    if (NESTS.has(mark) && char === mark && at > from) depth++;
    else if (closers.includes(char) && !(char === '"' && mark !== '"' && /[\s(]/.test(text.charAt(at - 1)))) {
      first ??= at;
      if (depth === 0) return at;
      depth--;
    }
  }
  return first;
}

/** A single mark closes where no letter follows; a plural possessive ("the drivers' union") is passed over if a better one comes. */
function singleCloserAfter(text: string, from: number, to: number, mark: string): number | undefined {
  const closers = CLOSERS[mark] ?? '';
  let fallback: number | undefined;
  for (let at = from + 1; at < to; at++) {
    const char = text.charAt(at);
    if (fallback !== undefined && char === mark && /\s/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at + 1)))
      break;
    if (!closers.includes(char) || /\s/.test(text.charAt(at - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(at + 1)))
      continue;
    const possessive = text.charAt(at - 1) === 's' && /^\s\p{Ll}/u.test(text.slice(at + 1, at + 3));
    if (!possessive) return fallback !== undefined && !/[\p{P}]/u.test(text.charAt(at - 1)) ? fallback : at;
    fallback ??= at;
  }
  return fallback;
}

/** "»El lunes volví": Spanish repeats the closing mark at the head of each paragraph that a quotation runs on into. */
function resumesAt(text: string, at: number, mark: string): boolean {
  return text[at] === RESUMING[mark] && /[\p{L}\p{N}¿¡…]/u.test(text.charAt(at + 1));
}

function runsOnInto(text: string, next: SpanData, mark: string): boolean {
  if (text[next.start] === mark || resumesAt(text, next.start, mark)) return true;
  if (mark === '"') return false;
  const paragraph = text.slice(next.start, next.end);
  const closer = paragraph.search(new RegExp(`[${CLOSERS[mark]}]`));
  const opener = paragraph.indexOf(mark);
  return closer >= 0 && (opener < 0 || closer < opener);
}
