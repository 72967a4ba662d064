import { constants, gunzipSync, inflateRawSync } from 'node:zlib';

import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';

const LENIENT = { maxOutputLength: LIMITS.documentBytes, finishFlush: constants.Z_SYNC_FLUSH };

/**
 * The bytes inside a gzip file. Only the first bytes say whether it is one, never its name or type; bytes that are
 * not come back as they are. Of a file that breaks off, what could be read comes back; a wrong checksum is forgiven,
 * because the document inside shows better whether it is whole.
 *
 * @throws IntakeError `too-large` when it unpacks beyond the limit, `malformed` when the data is damaged
 */
export function gunzipIfNeeded(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, LENIENT);
  } catch (error) {
    if (isTooLarge(error)) throw new IntakeError('too-large', 'gzip file unpacks beyond the limit', { cause: error });
    return inflateWithoutChecksum(bytes);
  }
}

function inflateWithoutChecksum(bytes: Uint8Array): Uint8Array {
  const header = gzipHeaderLength(bytes) ?? bytes.length;
  try {
    return inflateRawSync(bytes.subarray(header), LENIENT);
  } catch (cause) {
    throw new IntakeError('malformed', 'gzip file is damaged', { cause });
  }
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Bytes of a gzip header (RFC 1952 section 2.3) before the deflated data; `undefined` when it is not all there. */
export function gzipHeaderLength(bytes: Uint8Array): number | undefined {
  if (bytes.length < 10) return undefined;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  if (flags & 8) at = afterZero(bytes, at);
  if (flags & 16) at = afterZero(bytes, at);
  if (flags & 2) at += 2;
  return at <= bytes.length ? at : undefined;
}

function afterZero(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(0, from);
  return at < 0 ? bytes.length + 1 : at + 1;
}
