import { isAscii, isUtf8 } from 'node:buffer';
import { ExtractionError } from '../extraction-error.js';
import { decodeAs, normaliseLabel } from './encodings.js';
import { guessLegacyCharset } from './guess-charset.js';

export interface DecodedOriginal {
  text: string;
  /** WHATWG name of the encoding, in lower case. */
  charset: string;
}

/** How far into a document browsers look for a `<meta charset>`; real pages put it later than the standard's 1024 bytes. */
const META_WINDOW = 8192;

/**
 * Decodes a document as browsers do (WHATWG Encoding and HTML, "determining the character encoding"):
 * byte order mark, then the charset of the content type, then `<meta>`, then the look of the bytes.
 * A declaration that the bytes contradict gives way to one that fits them, because a wrong server
 * default is common and mojibake helps nobody.
 *
 * @throws ExtractionError `undecodable` for bytes that are no text, `empty` for no bytes.
 */
export function decodeOriginal(bytes: Uint8Array, contentType?: string): DecodedOriginal {
  if (bytes.length === 0) throw new ExtractionError('empty', 'the document has no bytes');
  const marked = byteOrderMark(bytes);
  if (marked) return decodeAs(bytes.subarray(marked.length), marked.charset);

  const wide = looksLikeUtf16(bytes);
  if (wide) return decodeAs(bytes, wide);
  refuseBinary(bytes);

  const declared = [charsetOf(contentType), metaCharset(bytes)].filter((charset) => charset !== undefined);
  if (isMultibyteUtf8(bytes)) return decodeAs(bytes, 'utf-8');
  for (const charset of declared) {
    const decoded = decodeAs(bytes, charset);
    if (isMostlyClean(decoded.text)) return decoded;
  }
  return decodeUndeclared(bytes, declared[0]);
}

function decodeUndeclared(bytes: Uint8Array, declared: string | undefined): DecodedOriginal {
  const utf8 = decodeAs(bytes, 'utf-8');
  if (isMostlyClean(utf8.text)) return utf8;
  const guess = guessLegacyCharset(bytes);
  return decodeAs(bytes, guess ?? declared ?? 'windows-1252');
}

function byteOrderMark(bytes: Uint8Array): { charset: string; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', length: 3 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', length: 2 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', length: 2 };
  return undefined;
}

/** UTF-16 without a mark: mostly ASCII text has a zero in every second byte. */
function looksLikeUtf16(bytes: Uint8Array): string | undefined {
  const window = Math.min(bytes.length, 512) & ~1;
  if (window < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < window; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = window / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.1) return 'utf-16be';
  return undefined;
}

const MAGIC_NUMBERS = [
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x50, 0x4b, 0x03, 0x04], // ZIP and office documents
  [0x1f, 0x8b], // gzip
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x52, 0x49, 0x46, 0x46], // RIFF (WebP, AVI)
  [0x7f, 0x45, 0x4c, 0x46], // ELF
];

/** Noise and compressed data have one control byte in ten; text damaged in places stays far below. */
const MAX_CONTROL_SHARE = 0.04;

function refuseBinary(bytes: Uint8Array): void {
  const magic = MAGIC_NUMBERS.some((number) => number.every((byte, i) => bytes[i] === byte));
  if (magic || controlShare(bytes) > MAX_CONTROL_SHARE)
    throw new ExtractionError('undecodable', 'the bytes are not text');
}

/** Share of control bytes that no text encoding uses, in a sample from the start. Escape begins ISO-2022-JP sequences. */
function controlShare(bytes: Uint8Array): number {
  const count = Math.min(bytes.length, 16_384);
  let controls = 0;
  for (let i = 0; i < count; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) controls++;
  }
  return controls / count;
}

/** Valid UTF-8 with letters beyond ASCII is never anything else by chance, whatever a stale declaration says. */
function isMultibyteUtf8(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !isAscii(buffer) && isUtf8(buffer);
}

/** One broken sequence in a thousand characters is a slip in the text, more is a wrong encoding. */
function isMostlyClean(text: string): boolean {
  let broken = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) broken++;
  return broken <= Math.max(text.length > 200 ? 2 : 0, text.length / 1000);
}

function charsetOf(contentType: string | undefined): string | undefined {
  const label = /charset\s*=\s*["']?\s*([^\s;"']+)/i.exec(contentType ?? '')?.[1];
  return label === undefined ? undefined : normaliseLabel(label);
}

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, META_WINDOW)).toString('latin1');
  const withoutComments = head.replace(/<!--[\s\S]*?-->/g, '');
  const meta = /<meta\b[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(withoutComments)?.[1];
  const xml = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)/i.exec(withoutComments)?.[1];
  const label = meta ?? xml;
  if (label === undefined) return undefined;
  const charset = normaliseLabel(label);
  // A meta tag that could be read as ASCII cannot be in UTF-16, so browsers take it for UTF-8.
  return charset?.startsWith('utf-16') ? 'utf-8' : charset;
}
