import { BIDI_CONTROLS, INVISIBLE_CHARACTERS } from '@wireroom/contracts/unseen-characters';

/** Everything a browser or a source may put between words. */
const WHITESPACE_RUN = /[\s\u0000-\u001f\u007f-\u009f]+/g;

/** A sign that any of the three replacements below has something to do. */
const UNSEEN = /[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

/** Marks of direction that any text in Arabic or Hebrew may hold, and that its letters bring along themselves. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;

/** Anything but single blanks between letters that are in NFC by themselves. */
const UNCLEAN = /[^ -~\u00a1-\u00ac\u00ae-\u02ff]|^ | $| {2}/;

/** One line of plain text: NFC, without unseen characters, whitespace and control characters collapsed to single blanks, trimmed. */
export function cleanText(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return withoutUnseen(text).replace(WHITESPACE_RUN, ' ').trim().normalize('NFC');
}

/** Whether a text may hold characters that no reader sees; a quick look that says yes to some that are seen. */
export function mayHoldUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

function withoutUnseen(text: string): string {
  if (!mayHoldUnseen(text)) return text;
  return text.replace(INVISIBLE_CHARACTERS, '').replace(BIDI_CONTROLS, '').replace(DIRECTION_MARKS, '');
}

/** Nothing to unify but the case: clean, and without the accent that stands in for an apostrophe. */
const PLAIN_ASCII = /^(?! |.* $|.* {2})[ -_a-~]*$/;

/** The form in which two wordings of one value compare equal: case, quotation marks, dashes and spacing are ignored. */
export function comparable(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  return cleanText(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’‛′`´]/g, "'")
    .replace(/[“”„″«»]/g, '"')
    .replace(/[‐-―−]/g, '-');
}

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;
const WORD = /[\p{L}\p{N}]+/gu;

/** Words of a text; scripts written without blanks count half a word a character. */
export function countWords(text: string): number {
  const ideographs = text.match(CJK)?.length ?? 0;
  const spaced = ideographs ? text.replace(CJK, ' ') : text;
  return (spaced.match(WORD)?.length ?? 0) + Math.ceil(ideographs / 2);
}

const SENTENCE_END = /[.!?…。！？؟۔।]["'”’»›)\]」』]*$/;

/** Whether the text closes like a sentence, in any script. */
export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text);
}
