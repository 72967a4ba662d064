import { encodeWindows1252, fromC1Controls } from './windows-1252.js';

/** What follows a UTF-8 lead byte, read as windows-1252. */
const CONTINUATION = '\\x80-\\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
/** Those of them that stand behind a word in any text: “café …” with a no-break space would be a Chinese character. */
const BEHIND_WORDS = '\\xa0«»€‚„…†‡‰‹‘’“”•–—™›';
/** UTF-8 read as windows-1252: the lead bytes that few words end in, or what no word is followed by. */
const TWICE_ENCODED = new RegExp(
  `[ÂÃâ][${CONTINUATION}]|[\\xc2-\\xf4][${BEHIND_WORDS}]{0,2}(?![${BEHIND_WORDS}])[${CONTINUATION}]`,
);
const CONTROLS = /[\0-\x08\x0b\x0e-\x1f\x7f]/g;
const LONGEST_CHECKED = 1_000_000;

/**
 * Undoes old accidents of publishing software: UTF-8 that was taken for a one-byte encoding and encoded again,
 * windows-1252 characters written as the C1 control codes of the same number, and control characters that no text
 * holds. Text without them comes back as it is; a text is taken for twice encoded only when the whole of it decodes.
 */
export function repairText(text: string): string {
  const readable = text.replace(CONTROLS, '');
  if (readable.length <= LONGEST_CHECKED && TWICE_ENCODED.test(readable)) {
    const decoded = decodeTwiceEncoded(readable);
    if (decoded !== undefined) return decoded;
  }
  return fromC1Controls(readable);
}

function decodeTwiceEncoded(text: string): string | undefined {
  const bytes = encodeWindows1252(text);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // not UTF-8: the text means what it says
  }
}
