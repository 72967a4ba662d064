import { type Duplex, Readable, pipeline } from 'node:stream';
import { types } from 'node:util';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { FetchEnd } from '../fetch-end.js';
import type { Fields } from '../http/fields.js';

/** How much a body may unfold, once it is large enough for that to matter. */
const MOST_RATIO = 100;
const RATIO_FROM_BYTES = 1024 * 1024;

/** Sizes of a body that is being read. */
export interface BodyCount {
  wireBytes: number;
  bytes: number;
}

/**
 * Undoes the content coding of a body chunk by chunk, and stops at `maxBytes` or where it unfolds more than a
 * hundredfold: decoding never runs ahead of the count by more than a stream's buffer (PITFALLS C6).
 *
 * @param count is kept up to date
 * @throws FetchEnd `too-large`, `ratio-exceeded`, `unsupported-encoding`, `bad-encoding`, `truncated`; what the body
 *   itself throws.
 */
export async function* readBody(
  body: AsyncIterable<Uint8Array>,
  fields: Fields,
  { maxBytes, count }: { maxBytes: number; count: BodyCount },
): AsyncGenerator<Uint8Array> {
  const coding = codingOf(fields['content-encoding']);
  if (coding === undefined && Number(fields['content-length']) > maxBytes) throw tooLarge(maxBytes);
  const wire = counted(body, count);
  for await (const chunk of coding === undefined ? wire : decoded(wire, coding)) {
    count.bytes += chunk.byteLength;
    if (count.bytes > maxBytes) throw tooLarge(maxBytes);
    if (count.bytes > RATIO_FROM_BYTES && count.bytes > count.wireBytes * MOST_RATIO) {
      throw FetchEnd.failed('ratio-exceeded', `the body unfolds to over ${MOST_RATIO} times its size`);
    }
    yield chunk;
  }
}

type Coding = 'gzip' | 'deflate' | 'br';

/** Codings we asked for; `x-gzip` is gzip by RFC 9110 section 8.4.1.3. */
const CODINGS: Partial<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', br: 'br' };

function codingOf(field = ''): Coding | undefined {
  const names = field
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const [name] = names;
  if (name === undefined) return undefined;
  const coding = CODINGS[name];
  if (names.length > 1) throw FetchEnd.failed('unsupported-encoding', `the body is encoded ${names.length} times`);
  if (coding === undefined) throw FetchEnd.failed('unsupported-encoding', 'the body has a coding nobody asked for');
  return coding;
}

function tooLarge(maxBytes: number): FetchEnd {
  return FetchEnd.failed('too-large', `the body is over ${maxBytes} bytes`);
}

async function* counted(body: AsyncIterable<Uint8Array>, count: BodyCount): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    count.wireBytes += chunk.byteLength;
    yield chunk;
  }
}

async function* decoded(wire: AsyncGenerator<Uint8Array>, coding: Coding): AsyncGenerator<Uint8Array> {
  const first = await wire.next();
  if (first.done) return;
  const decoder = decoderFor(coding, first.value);
  // The callback takes errors that are thrown by the iteration below as well.
  pipeline(Readable.from(rejoined(first.value, wire)), decoder, () => {});
  try {
    for await (const chunk of decoder) yield chunk as Uint8Array;
  } catch (error) {
    throw isDecodingError(error) ? undecodable(error) : error;
  }
}

async function* rejoined(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function decoderFor(coding: Coding, start: Uint8Array): Duplex {
  switch (coding) {
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return startsAsZlib(start) ? createInflate() : createInflateRaw();
  }
}

/** The standard's `deflate` is zlib (RFC 1950: method 8 in the low bits); some servers send it bare. */
function startsAsZlib([first = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8;
}

/** zlib's errors and Brotli's carry a number as well as a code, and no system call. */
function isDecodingError(error: unknown): error is Error & { code: string } {
  return types.isNativeError(error) && 'errno' in error && !('syscall' in error);
}

function undecodable(error: Error & { code: string }): FetchEnd {
  return error.code === 'Z_BUF_ERROR'
    ? FetchEnd.failed('truncated', 'the encoded body broke off', { cause: error })
    : FetchEnd.failed('bad-encoding', 'the body is not encoded as it says', { cause: error });
}
