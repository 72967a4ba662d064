/** The characters windows-1252 puts at 0x80 to 0x9f; the five unassigned ones stay control codes (WHATWG Encoding). */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST = 0x80;

const C1_CONTROLS = /[\x80-\x9f]/g;
const BYTE_OF = new Map([...HIGH].map((character, at) => [character, FIRST + at]));

/** Text in which windows-1252 was taken for ISO 8859-1, put right: C1 controls become the characters meant. */
export function fromC1Controls(text: string): string {
  return text.replace(C1_CONTROLS, (control) => HIGH[control.charCodeAt(0) - FIRST] ?? control);
}

/**
 * Decodes windows-1252 by its table, because the decoder of Node.js 20 answers ISO 8859-1 for it
 * (nodejs/node issue 56542).
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  return fromC1Controls(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}

/** The bytes of a text in windows-1252; `undefined` when it holds a character of no such byte. */
export function encodeWindows1252(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code <= 0xff ? code : BYTE_OF.get(text[at] ?? '');
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}
