const MAX_WORDS = 40;
const MAX_LENGTH = 40;
/** Tells words apart also where a script puts no spaces between them. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a headline in the form they are searched by: folded case, without accents, each once. */
export function headlineWords(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
  const words = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(folded)) {
    if (isWordLike) words.add(segment.slice(0, MAX_LENGTH));
    if (words.size === MAX_WORDS) break;
  }
  return [...words];
}
