import { FetchInterrupted, type StreamAnswer, type Streaming } from '@wireroom/fetching';
import { IntakeError } from '@wireroom/intake';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FetchFacts } from '../fetch-facts.js';
import { type Finding, type Reading, SourceError, type SourceKind } from './kind.js';
import { anyAddressFaults, isLocalPath } from './settings.js';
import { archiveFindings } from './warc-findings.js';

const HOUR_MS = 60 * 60 * 1000;
/** Of one archive: a year of a large publisher, or a day of the whole web's news. */
const MAX_BYTES = 2 ** 40;

/** How far an archive was read. */
interface Progress {
  /** Where to go on, bytes. */
  resumeAt: number;
  /** The server's name for the state that is being read: the rest of another one is asked for in vain. */
  etag?: string;
  /** What it was when it was read to its end: another state is another archive, or one that has grown. */
  doneWith?: string;
}

/** Where the bytes of an archive come from. */
interface Opened {
  /** What names its present state: size and time, or what the server says of it. */
  state: string;
  etag?: string;
  /** Position from which on the archive is to be read. */
  startAt: number;
  /** Position of the first byte of the body, at `startAt` or a little before. */
  firstByte: number;
  body: AsyncIterable<Uint8Array>;
  facts: FetchFacts;
}

/**
 * A WARC archive, as a file or on the web, read once. How far is marked on the way, so that what was interrupted goes
 * on where it stopped; an archive that has grown is read on from its former end.
 */
export const warcKind: SourceKind = {
  name: 'warc',
  faultsOf: anyAddressFaults,
  async *read(reading: Reading): AsyncGenerator<Finding> {
    const key = `archive ${reading.address}`;
    const progress = progressOf((await reading.recall([key])).get(key));
    const opened = isLocalPath(reading.address) ? await openFile(reading, progress) : await openWeb(reading, progress);
    if (!opened) return;
    const mark = (next: Progress): Finding => ({ type: 'mark', marks: new Map([[key, JSON.stringify(next)]]) });
    const { facts, body, startAt, firstByte, state, etag } = opened;
    yield { type: 'fetch', facts };
    try {
      const unread = without(counted(body, facts), startAt - firstByte);
      yield* archiveFindings(unread, { startAt, markAt: (resumeAt) => mark({ resumeAt, etag }) });
    } catch (error) {
      const nothingFollows = startAt > 0 && error instanceof IntakeError && error.code === 'empty';
      if (!nothingFollows) throw readingError(error, facts);
    }
    yield mark({ resumeAt: firstByte + facts.bytes, doneWith: state });
  },
};

async function openFile({ address, now }: Reading, { resumeAt, doneWith }: Progress): Promise<Opened | undefined> {
  const file = await stat(address).catch((cause: NodeJS.ErrnoException) => {
    throw new SourceError('file-unreadable', `the file can't be read (${cause.code})`, { cause });
  });
  const state = `${file.size} ${file.mtimeMs}`;
  if (state === doneWith) return undefined;
  const startAt = resumeAt <= file.size ? resumeAt : 0;
  if (startAt === file.size) return undefined;
  const facts: FetchFacts = { at: now, purpose: 'poll', url: address, outcome: 'fetched', bytes: 0, tookMs: 0 };
  return { state, startAt, firstByte: startAt, body: createReadStream(address, { start: startAt }), facts };
}

async function openWeb(reading: Reading, progress: Progress): Promise<Opened | undefined> {
  const { address, fetcher, signal, spec, now } = reading;
  const done = progress.doneWith === undefined ? undefined : (JSON.parse(progress.doneWith) as Validators);
  const answer = await fetcher.stream(address, {
    purpose: 'feed',
    accept: 'application/warc,application/gzip;q=0.9,*/*;q=0.1',
    etag: done?.etag,
    lastModified: done?.lastModified,
    // The stored bytes are counted: no coding may stand between.
    headers: { 'accept-encoding': 'identity', ...(isNamed(done) ? {} : restFields(progress)) },
    maxBytes: MAX_BYTES,
    deadlineMs: 24 * HOUR_MS,
    circuit: spec.name,
    signal,
  });
  const facts = streamFacts(answer, address, now);
  if (answer.outcome === 'not-modified') return undefined;
  if (answer.outcome !== 'streaming') {
    throw new SourceError(answer.code, answer.reason, { facts, retryAfterMs: answer.retryAfterMs });
  }
  const { body } = answer;
  // A part is of the state it was asked for.
  const etag = answer.etag ?? (answer.status === 206 ? progress.etag : undefined);
  const firstByte = firstByteOf(answer);
  const startAt = answer.status === 206 ? progress.resumeAt : 0;
  if (firstByte > startAt) {
    for await (const _ of body) break;
    throw new SourceError('bad-range', `the host sends what begins at byte ${firstByte}, not ${startAt}`, { facts });
  }
  return { state: JSON.stringify(validatorsOf({ ...answer, etag })), etag, startAt, firstByte, body, facts };
}

/**
 * Asks for the rest (RFC 9110 section 14), from one byte before it on: an archive that ends there has no rest, and asking
 * for that alone would be a mistake of ours.
 */
function restFields({ resumeAt, etag }: Progress): Record<string, string> {
  if (resumeAt === 0) return {};
  const isStrong = etag !== undefined && !etag.startsWith('W/');
  return { range: `bytes=${resumeAt - 1}-`, ...(isStrong ? { 'if-range': etag } : {}) };
}

function firstByteOf({ status, headers }: Streaming): number {
  return status === 206 ? Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? Infinity) : 0;
}

/** Whether a server gave its state a name, by which it can say that nothing has changed. */
function isNamed(done: Validators | undefined): boolean {
  return done?.etag !== undefined || done?.lastModified !== undefined;
}

interface Validators {
  etag?: string;
  lastModified?: string;
}

function validatorsOf({ etag, lastModified }: Streaming): Validators {
  return { etag, lastModified };
}

function streamFacts(answer: StreamAnswer, url: string, at: Date): FetchFacts {
  const basics = { at, purpose: 'poll' as const, url, bytes: 0, tookMs: Math.round(answer.tookMs ?? 0) };
  switch (answer.outcome) {
    case 'streaming':
      return { ...basics, outcome: 'fetched', status: answer.status };
    case 'not-modified':
      return { ...basics, outcome: 'not-modified', status: answer.status };
    case 'failed':
      return { ...basics, outcome: 'failed', status: answer.status, code: answer.code, reason: answer.reason };
    case 'refused':
      return { ...basics, outcome: 'refused', code: answer.code, reason: answer.reason };
  }
}

/** Keeps the ledger's count of bytes and time while they are read. */
async function* counted(body: AsyncIterable<Uint8Array>, facts: FetchFacts): AsyncGenerator<Uint8Array> {
  const startedAt = performance.now();
  for await (const chunk of body) {
    facts.bytes += chunk.byteLength;
    facts.tookMs = Math.round(performance.now() - startedAt);
    yield chunk;
  }
}

/** A body without so many bytes at its start. */
async function* without(body: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of body) {
    if (left < chunk.byteLength) yield chunk.subarray(left);
    left = Math.max(left - chunk.byteLength, 0);
  }
}

function readingError(error: unknown, facts: FetchFacts): unknown {
  if (error instanceof IntakeError || error instanceof FetchInterrupted) {
    return new SourceError(error.code, error.message, { facts, cause: error });
  }
  return error;
}

function progressOf(text: string | undefined): Progress {
  return text === undefined ? { resumeAt: 0 } : (JSON.parse(text) as Progress);
}
