import { constants, gunzipSync } from 'node:zlib';

import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';

/**
 * The bytes inside a gzip file. Only the first bytes say whether it is one, never its name or type; bytes that are
 * not come back as they are. Of a file that breaks off, what could be read comes back.
 *
 * @throws IntakeError `too-large` when it unpacks beyond the limit, `malformed` when the data is damaged
 */
export function gunzipIfNeeded(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMITS.documentBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (tooLarge) throw new IntakeError('too-large', 'gzip file unpacks beyond the limit', { cause });
    throw new IntakeError('malformed', 'gzip file is damaged', { cause });
  }
}
