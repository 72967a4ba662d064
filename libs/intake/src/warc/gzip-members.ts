import { constants, crc32, createInflateRaw, inflateRawSync, type InflateRaw } from 'node:zlib';

import { gzipHeaderLength } from '../text/gunzip.js';
import type { ByteReader } from './byte-reader.js';

/** What comes out of a gzip file, member by member. */
export type MemberEvent =
  | { type: 'data'; bytes: Buffer }
  /** The member is whole and its checksum right; the next one begins at `position`. */
  | { type: 'end'; position: number }
  | { type: 'fault'; kind: 'truncated' | 'corrupt' };

/** Raw bytes of a member that are kept for the search behind a fault. */
const REPLAY_BYTES = 16 * 1024 * 1024;
/** Raw bytes a search looks at when it tries whether a member begins there. */
const TRIAL_BYTES = 4096;
const SEARCH_STEP = 1024 * 1024;
const USUAL_HEADER = 512;
const LONGEST_HEADER = 64 * 1024;
const TRAILER = 8;
/** Raw bytes to try first: asking for more whenever a member is taken would copy them again each time. */
const USUALLY_ENOUGH = 16 * 1024;
/** Raw and inflated bytes up to which a member is inflated in one go. */
const AT_HAND = 256 * 1024;
const LARGEST_AT_HAND = 16 * 1024 * 1024;

/** Whether a gzip member may begin with these bytes (RFC 1952: magic, deflate, no reserved flag). */
export function startsMember(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && ((bytes[at + 3] ?? 0xff) & 0xe0) === 0;
}

/**
 * Inflates the gzip member the reader stands at (RFC 1952). On a whole member the reader ends up right behind it; on
 * a damaged one at the next place where a sound member with a WARC record begins, or at the end of the source.
 */
export async function* readMember(reader: ByteReader): AsyncGenerator<MemberEvent> {
  const whole = inflateAtHand(await reader.peek(USUALLY_ENOUGH)) ?? inflateAtHand(await reader.peek(AT_HAND));
  if (whole) {
    reader.skip(whole.size);
    yield { type: 'data', bytes: whole.bytes };
    yield { type: 'end', position: reader.position };
    return;
  }
  const replay = new Replay(reader);
  const headerLength =
    gzipHeaderLength(await reader.peek(USUAL_HEADER)) ?? gzipHeaderLength(await reader.peek(LONGEST_HEADER));
  const inflated = headerLength === undefined ? 'truncated' : yield* inflate(replay, headerLength);
  if (inflated === 'sound') {
    yield { type: 'end', position: reader.position };
    return;
  }
  yield { type: 'fault', kind: inflated };
  replay.rewind();
  reader.skip(Math.min(1, (await reader.peek(1)).length));
  await seekMember(reader);
}

/** Moves the reader to the next gzip member that begins with a WARC record, or to the end of the source. */
export async function seekMember(reader: ByteReader): Promise<void> {
  for (;;) {
    const bytes = await reader.peek(SEARCH_STEP);
    const found = findMember(bytes);
    if (found !== undefined) return reader.skip(found);
    // Near the end of what is at hand a member may just not be visible yet.
    const searched = bytes.length >= SEARCH_STEP ? bytes.length - TRIAL_BYTES : bytes.length;
    reader.skip(searched);
    if (bytes.length < SEARCH_STEP) return;
  }
}

/** Where among the bytes a gzip member begins that holds a WARC record. */
export function findMember(bytes: Buffer): number | undefined {
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (startsMember(bytes, at) && inflatedStart(bytes.subarray(at, at + TRIAL_BYTES)).startsWith('WARC/')) return at;
  }
  return undefined;
}

/** The first bytes a member holds, as text; empty when it can't be inflated. */
export function inflatedStart(member: Buffer): string {
  const headerLength = gzipHeaderLength(member);
  if (headerLength === undefined) return '';
  try {
    const start = inflateRawSync(member.subarray(headerLength), { finishFlush: constants.Z_SYNC_FLUSH });
    return start.subarray(0, 64).toString('latin1');
  } catch {
    return '';
  }
}

/**
 * The whole of a member that is sound and at hand already, as nearly all are: several times faster than the stream.
 * Anything else (longer, cut, damaged) is `undefined` and left to the stream.
 */
function inflateAtHand(bytes: Buffer): { bytes: Buffer; size: number } | undefined {
  const headerLength = gzipHeaderLength(bytes);
  if (headerLength === undefined) return undefined;
  try {
    const { buffer, engine } = inflateWithInfo(bytes.subarray(headerLength));
    const trailer = headerLength + engine.bytesWritten;
    if (bytes.length < trailer + TRAILER) return undefined;
    const isSound = isTrailerOf(bytes.subarray(trailer, trailer + TRAILER), crc32(buffer), buffer.length);
    return isSound ? { bytes: buffer, size: trailer + TRAILER } : undefined;
  } catch {
    return undefined;
  }
}

/** The typings leave out what the `info` option does to the answer. */
function inflateWithInfo(deflated: Buffer): { buffer: Buffer; engine: { bytesWritten: number } } {
  const answer: unknown = inflateRawSync(deflated, { info: true, maxOutputLength: LARGEST_AT_HAND });
  return answer as ReturnType<typeof inflateWithInfo>;
}

function isTrailerOf(trailer: Buffer, checksum: number, length: number): boolean {
  return trailer.readUInt32LE(0) === checksum && trailer.readUInt32LE(4) === length % 2 ** 32;
}

type Outcome = 'sound' | 'truncated' | 'corrupt';

async function* inflate(replay: Replay, headerLength: number): AsyncGenerator<MemberEvent, Outcome> {
  await replay.read(headerLength);
  const inflater = createInflateRaw({ chunkSize: 64 * 1024 });
  const fed = feed(inflater, replay);
  let checksum = 0;
  let length = 0;
  try {
    for await (const bytes of inflater as AsyncIterable<Buffer>) {
      checksum = crc32(bytes, checksum);
      length += bytes.length;
      yield { type: 'data', bytes };
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    return error.code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt';
  } finally {
    inflater.destroy();
    await fed;
  }
  replay.putBackFrom(headerLength + inflater.bytesWritten);
  const trailer = await replay.read(TRAILER);
  if (trailer.length < TRAILER) return 'truncated';
  return isTrailerOf(trailer, checksum, length) ? 'sound' : 'corrupt';
}

/** Writes to the inflater until it leaves bytes untouched, which is how it says that the deflated data is over. */
async function feed(inflater: InflateRaw, replay: Replay): Promise<void> {
  // A write that meets an error is never called back; the stream is closed instead.
  const closed = new Promise<void>((done) => inflater.once('close', done));
  let written = 0;
  while (!inflater.destroyed && inflater.bytesWritten === written) {
    const bytes = await takeOrDestroy(replay, inflater);
    if (bytes === undefined) {
      inflater.end();
      return;
    }
    written += bytes.length;
    await Promise.race([closed, new Promise<void>((done) => inflater.write(bytes, () => done()))]);
  }
}

/** An error of the source must reach whoever reads the inflater, who would wait for ever otherwise. */
async function takeOrDestroy(replay: Replay, inflater: InflateRaw): Promise<Buffer | undefined> {
  try {
    return await replay.take();
  } catch (error) {
    inflater.destroy(error instanceof Error ? error : new Error('source failed', { cause: error }));
    return undefined;
  }
}

function isZlibError(error: unknown): error is { code: string } {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('Z_');
}

/** Remembers what was taken from a reader since the member began, so that it can be given back. */
class Replay {
  private taken: Buffer[] = [];
  private kept = 0;
  private dropped = 0;

  constructor(private readonly reader: ByteReader) {}

  async take(): Promise<Buffer | undefined> {
    const bytes = await this.reader.take();
    if (bytes) this.remember(bytes);
    return bytes;
  }

  async read(size: number): Promise<Buffer> {
    const bytes = (await this.reader.peek(size)).subarray(0, size);
    this.reader.skip(bytes.length);
    this.remember(bytes);
    return bytes;
  }

  /** Gives back what lies behind an offset from the start of the member. */
  putBackFrom(offset: number): void {
    const all = Buffer.concat(this.taken);
    const used = offset - this.dropped;
    this.reader.putBack(all.subarray(used));
    this.taken = [all.subarray(0, used)];
    this.kept = used;
  }

  /** Gives back all that is remembered. */
  rewind(): void {
    this.reader.putBack(Buffer.concat(this.taken));
    this.taken = [];
    this.kept = 0;
  }

  private remember(bytes: Buffer): void {
    this.taken.push(bytes);
    this.kept += bytes.length;
    while (this.kept - (this.taken[0]?.length ?? 0) > REPLAY_BYTES) {
      const oldest = this.taken.shift()?.length ?? 0;
      this.kept -= oldest;
      this.dropped += oldest;
    }
  }
}
