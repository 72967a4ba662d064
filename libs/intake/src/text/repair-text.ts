import { encodeWindows1252, fromC1Controls } from './windows-1252.js';

/** A UTF-8 lead byte and what follows it, read as windows-1252. */
const TWICE_ENCODED = /[\xc2-\xf4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;
const LONGEST_CHECKED = 1_000_000;

/**
 * Undoes two old accidents of publishing software: UTF-8 that was taken for a one-byte encoding and encoded again,
 * and windows-1252 characters written as the C1 control codes of the same number. Text without either comes back as
 * it is; a text is taken for twice encoded only when the whole of it decodes.
 */
export function repairText(text: string): string {
  if (text.length <= LONGEST_CHECKED && TWICE_ENCODED.test(text)) {
    const decoded = decodeTwiceEncoded(text);
    if (decoded !== undefined) return decoded;
  }
  return fromC1Controls(text);
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
