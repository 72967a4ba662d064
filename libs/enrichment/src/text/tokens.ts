import type { SpanData } from '@wireroom/contracts';

/** One word, number or mark with its place in the text. */
export interface Token {
  text: string;
  start: number;
  end: number;
}

// Most words first, the plain ones of ASCII letters that nothing joins, which are told in half the time; then
// abbreviations with inner stops (U.S.), elided articles (l', qu', dell'), numbers with separators, words, then single marks.
const TOKEN =
  /[a-z]{2,}(?=[ ,.])|(?:\p{L}\.){2,}|(?<!\p{L})(?:[cdjlmnst]|qu|un|d?all|[dn]ell|sull|quell|quest)['’](?=\p{L}{2})|\p{N}+(?:[.,:]\p{N}+)*|['’](?:s|re|ve|ll|d|m|t)(?!\p{L})|[\p{L}\p{M}\p{N}]+(?:['’](?!(?:s|re|ve|ll|d|m|t)(?!\p{L}))\p{L}[\p{L}\p{M}]*)*|[^\s\p{L}\p{M}\p{N}]/giu;

/** Splits a text, or a part of it, into tokens; hyphens and possessive endings stand alone, so every name boundary is a token boundary. */
export function tokenize(text: string, { start, end }: SpanData = { start: 0, end: text.length }): Token[] {
  return placed(text, text.slice(start, end).match(TOKEN) ?? [], start);
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
/** A letter of a script that writes no spaces between words. */
export const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a text in order, also for scripts that write no spaces (by the Unicode word segmentation of ICU). */
export function wordsOf(text: string): Token[] {
  if (!UNSPACED.test(text)) return placed(text, text.match(WORD) ?? []);
  const words: Token[] = [];
  for (const part of segmenter.segment(text)) {
    if (part.isWordLike) words.push({ text: part.segment, start: part.index, end: part.index + part.segment.length });
  }
  return words;
}

/**
 * Puts each match of a pattern back in its place. Matches without places cost a fraction of those with them; `matches`
 * are all of a pattern that would also match wherever one of them occurs earlier, so the first place is the right one.
 */
export function placed(text: string, matches: readonly string[], offset = 0): Token[] {
  let from = offset;
  return matches.map((match) => {
    const start = text.indexOf(match, from);
    from = start + match.length;
    return { text: match, start, end: from };
  });
}
