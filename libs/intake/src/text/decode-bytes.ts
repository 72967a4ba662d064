import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';
import { decodeWindows1252 } from './windows-1252.js';

/** What is known of a document from outside its bytes. */
export interface ByteHints {
  /** The Content-Type header, with or without a charset. */
  contentType?: string;
}

const DECLARATION_WINDOW = 1024;

/**
 * Turns the bytes of an XML, JSON or plain text document into text.
 *
 * The encoding is, in this order: the byte order mark, the charset of the Content-Type (RFC 7303 gives it
 * precedence over the document), the XML declaration, UTF-16 without a mark as XML 1.0 appendix F tells it from
 * the first bytes, UTF-8 when the bytes are valid, else windows-1252. A label that is unknown, or that contradicts
 * the bytes (UTF-8 that is not), is passed over.
 *
 * @throws IntakeError `too-large`
 */
export function decodeBytes(bytes: Uint8Array, hints: ByteHints = {}): string {
  if (bytes.length > LIMITS.documentBytes) {
    throw new IntakeError('too-large', `document has ${bytes.length} bytes; the limit is ${LIMITS.documentBytes}`);
  }
  const candidates = [markOf(bytes), charsetOf(hints.contentType), utf16Of(bytes), declaredEncoding(bytes), 'utf-8'];
  for (const label of candidates) {
    const text = label === undefined ? undefined : decodeAs(bytes, label);
    if (text !== undefined) return text;
  }
  return decodeWindows1252(bytes);
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

/** The charset parameter of a Content-Type value. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return contentType?.match(/;\s*charset\s*=\s*["']?([\w.:-]+)/i)?.[1];
}

function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARATION_WINDOW));
  const label = head.match(/<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/i)?.[1];
  // A declaration that could be read byte by byte can't be in a two-byte encoding.
  return label !== undefined && /^(utf-?16|ucs-?2|iso-10646)/i.test(label) ? 'utf-8' : label;
}

/** `undefined` when the label is unknown or contradicts the bytes. A few stray bytes don't: publishers cut texts. */
function decodeAs(bytes: Uint8Array, label: string): string | undefined {
  const encoding = encodingOf(label);
  if (encoding === undefined) return undefined;
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return isMostlySound(text) ? text : undefined;
}

function encodingOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function isMostlySound(text: string): boolean {
  if (!text.includes('\ufffd')) return true;
  let replaced = 0;
  let wide = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) wide++;
    if (code === 0xfffd) replaced++;
  }
  return replaced * 4 <= wide;
}
