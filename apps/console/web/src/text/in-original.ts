import type { Span } from './segments.js';

/** A paragraph of the body with the characters of the original that it was read from. */
export interface Block {
  text: string;
  span?: Span;
}

/** Where characters of the body stand in the original. */
export interface Place {
  spans: Span[];
  /** False where a whole paragraph stands for some of its characters, because the two could not be laid side by side. */
  isExact: boolean;
}

/** First and one past the last character of the original for each of a text's own; -1 for what stands nowhere. */
interface Alignment {
  starts: Int32Array;
  ends: Int32Array;
}

/** The paragraphs are joined by a blank line. */
const BETWEEN = 2;
/** What a browser shows nothing of: comments, scripts and styles with what is in them, other tags. */
const MARKUP = /<!--[^]*?-->|<(script|style)\b[^]*?<\/\1\s*>|<[/!?]?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/iy;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{1,31});?/iy;
/** A character as JSON writes it, for a body that was read from structured data. */
const ESCAPE = /\\(?:u[\da-f]{4}|["\\/bfnrt])/iy;
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}]+$/u;
const MARKS = /\p{M}+/uy;

/**
 * Finds characters of the body in the original it was read from, past markup, character references and white space.
 *
 * @param spans offsets in the paragraphs joined by a blank line
 * @param decode what a character reference of HTML stands for: `&eacute;` for é
 */
export function inOriginal(
  spans: readonly Span[],
  blocks: readonly Block[],
  original: string,
  decode: (reference: string) => string,
): Place {
  const place: Place = { spans: [], isExact: true };
  let start = 0;
  for (const block of blocks) {
    const end = start + block.text.length;
    const own = spans.filter((span) => span.start < end && span.end > start);
    if (own.length > 0 && block.span) {
      const alignment = align(block.text, original.slice(block.span.start, block.span.end), decode);
      for (const span of own) {
        const from = Math.max(0, span.start - start);
        const found = alignment && pieceOf(alignment, from, Math.min(block.text.length, span.end - start));
        place.isExact &&= found !== undefined;
        const offset = block.span.start;
        place.spans.push(found ? { start: found.start + offset, end: found.end + offset } : block.span);
      }
    }
    start = end + BETWEEN;
  }
  return place;
}

function pieceOf({ starts, ends }: Alignment, from: number, to: number): Span | undefined {
  const known = Array.from({ length: to - from }, (_, index) => from + index).filter((index) => starts[index]! >= 0);
  if (known.length === 0) return undefined;
  return { start: starts[known[0]!]!, end: ends[known.at(-1)!]! };
}

/** Lays a text beside the markup it was read from; undefined where they are not of one another. */
function align(text: string, markup: string, decode: (reference: string) => string): Alignment | undefined {
  const starts = new Int32Array(text.length).fill(-1);
  const ends = new Int32Array(text.length).fill(-1);
  let at = 0;
  let index = 0;
  while (index < text.length) {
    if (UNSEEN.test(text[index]!)) {
      index++;
      continue;
    }
    const piece = pieceAt(markup, at, text, index, decode);
    if (piece === undefined) return undefined;
    for (let unit = index; unit < index + piece.reads; unit++) {
      starts[unit] = at;
      ends[unit] = at + piece.takes;
    }
    at += piece.takes;
    index += piece.reads;
  }
  return { starts, ends };
}

/** What stands at a place of the markup: how much it takes there, and how many characters of the text it reads as. */
function pieceAt(
  markup: string,
  at: number,
  text: string,
  index: number,
  decode: (reference: string) => string,
): { takes: number; reads: number } | undefined {
  if (at >= markup.length) return undefined;
  for (const [written, read] of readingsAt(markup, at, decode)) {
    const shown = read.normalize('NFC');
    if (shown !== '' && text.startsWith(shown, index)) return { takes: written, reads: shown.length };
    if (UNSEEN.test(shown) || shown === '') return { takes: written, reads: 0 };
  }
  return undefined;
}

/** The ways to read what stands at a place, the likeliest first: its length as written, and what it says. */
function* readingsAt(
  markup: string,
  at: number,
  decode: (reference: string) => string,
): Generator<[written: number, read: string]> {
  const tag = matchAt(MARKUP, markup, at);
  if (tag !== undefined) yield [tag.length, ''];
  const reference = matchAt(ENTITY, markup, at);
  if (reference !== undefined) yield [reference.length, decode(reference)];
  const character = markup[at]!;
  const marks = matchAt(MARKS, markup, at + 1);
  if (marks !== undefined) yield [1 + marks.length, character + marks];
  yield [1, character];
  const escape = matchAt(ESCAPE, markup, at);
  if (escape !== undefined) yield [escape.length, JSON.parse(`"${escape}"`) as string];
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
