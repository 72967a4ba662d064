/** Characters of windows-1252 for the bytes 0x80 to 0x9F (WHATWG Encoding, index windows-1252). */
const WINDOWS_1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The WHATWG name for an encoding label, or undefined for one that browsers do not know. */
export function normaliseLabel(label: string): string | undefined {
  try {
    return new TextDecoder(label.trim().toLowerCase()).encoding;
  } catch {
    return undefined;
  }
}

/** Decodes with replacement characters where the bytes do not fit. `charset` is a name from {@link normaliseLabel}. */
export function decodeAs(bytes: Uint8Array, charset: string): { text: string; charset: string } {
  return { text: textOf(bytes, charset), charset };
}

function textOf(bytes: Uint8Array, charset: string): string {
  if (charset === 'windows-1252') return decodeWindows1252(bytes);
  // Same result as TextDecoder, in a third of the time.
  if (charset === 'utf-8') return bufferOf(bytes).toString('utf8');
  return new TextDecoder(charset).decode(bytes);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Node 20 decodes windows-1252 as Latin-1, which turns curly quotes and dashes into control characters. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = bufferOf(bytes).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252_HIGH[char.charCodeAt(0) - 0x80] ?? char);
}
