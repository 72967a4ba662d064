import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

import { LIMITS } from '../limits.js';
import { headerEnd, parseFields } from './record-parser.js';

/** An HTTP response as an archive holds it. */
export interface HttpMessage {
  status: number;
  headers: Record<string, string>;
  /** After transfer and content decoding. */
  body: Buffer;
}

const STATUS_LINE = /^HTTP\/\d(?:\.\d)?\s+(\d{3})/;

/**
 * Reads a stored HTTP response. The length of the record decides, never the HTTP Content-Length; lines may end in
 * bare LF; chunk extensions and trailers are passed over. Archives often keep a header for an encoding they have
 * already undone: a body that isn't encoded as announced stays as it is.
 *
 * @returns `undefined` when the block is no HTTP response
 */
export function parseHttpMessage(block: Buffer): HttpMessage | undefined {
  const end = headerEnd(block) ?? block.length;
  const head = block.subarray(0, end).toString('latin1');
  const status = STATUS_LINE.exec(head)?.[1];
  if (status === undefined) return undefined;
  const headers = parseFields(head);
  const transferred = decodeTransfer(block.subarray(end), headers['transfer-encoding']);
  return { status: Number(status), headers, body: decodeContent(transferred, headers['content-encoding']) };
}

function decodeTransfer(body: Buffer, encoding: string | undefined): Buffer {
  return /\bchunked\b/i.test(encoding ?? '') ? (joinChunks(body) ?? body) : body;
}

const CHUNK_HEAD = /^\s*([\da-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n/i;
const LONGEST_CHUNK_HEAD = 4096;

/** `undefined` when the body does not begin like a chunked one. A body cut off in a chunk ends there. */
function joinChunks(body: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < body.length) {
    const head = CHUNK_HEAD.exec(body.subarray(at, at + LONGEST_CHUNK_HEAD).toString('latin1'));
    if (!head) return parts.length === 0 ? undefined : Buffer.concat(parts);
    const size = Number.parseInt(head[1] ?? '0', 16);
    if (size === 0) break;
    at += head[0].length;
    parts.push(body.subarray(at, at + size));
    at += size;
  }
  return Buffer.concat(parts);
}

type Decoder = (bytes: Buffer) => Buffer;

const LENIENT = { maxOutputLength: LIMITS.documentBytes, finishFlush: constants.Z_SYNC_FLUSH };

const DECODERS: Record<string, Decoder> = {
  gzip: (bytes) => gunzipSync(bytes, LENIENT),
  deflate: inflateEither,
  br: (bytes) =>
    brotliDecompressSync(bytes, {
      maxOutputLength: LIMITS.documentBytes,
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    }),
};

/** The announced codings from the last applied to the first; then gzip once more where a server applied it twice. */
function decodeContent(body: Buffer, encoding: string | undefined): Buffer {
  const codings = (encoding ?? '').split(',').map((coding) => coding.trim().toLowerCase().replace(/^x-/, ''));
  const decoded = codings.reverse().reduce((bytes, coding) => decodeWith(DECODERS[coding], bytes), body);
  return codings.includes('gzip') && isGzip(decoded) ? decodeWith(DECODERS['gzip'], decoded) : decoded;
}

function decodeWith(decoder: Decoder | undefined, bytes: Buffer): Buffer {
  if (!decoder || bytes.length === 0) return bytes;
  try {
    return decoder(bytes);
  } catch {
    return bytes; // already decoded by the archiving software
  }
}

/** RFC 9110 means zlib by "deflate"; some servers send the bare deflate data. */
function inflateEither(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, LENIENT);
  } catch {
    return inflateRawSync(bytes, LENIENT);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
