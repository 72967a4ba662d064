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
  /** What it was when it was read to its end: another state is another archive, or one that has grown. */
  doneWith?: string;
}

/** Where the bytes of an archive come from. */
interface Opened {
  /** What names its present state: size and time, or what the server says of it. */
  state: string;
  /** Position of the first byte. */
  startAt: number;
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
    const { facts, body, startAt, state } = opened;
    yield { type: 'fetch', facts };
    try {
      yield* archiveFindings(counted(body, facts), { startAt, markAt: (resumeAt) => mark({ resumeAt }) });
    } catch (error) {
      throw readingError(error, facts);
    }
    yield mark({ resumeAt: startAt + facts.bytes, doneWith: state });
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
  return { state, startAt, body: createReadStream(address, { start: startAt }), facts };
}

async function openWeb(reading: Reading, progress: Progress): Promise<Opened | undefined> {
  const { address, fetcher, signal, spec, now } = reading;
  const done = progress.doneWith === undefined ? undefined : (JSON.parse(progress.doneWith) as Validators);
  const wantsRest = done === undefined && progress.resumeAt > 0;
  const answer = await fetcher.stream(address, {
    purpose: 'feed',
    accept: 'application/warc,application/gzip;q=0.9,*/*;q=0.1',
    etag: done?.etag,
    lastModified: done?.lastModified,
    // The stored bytes are counted: no coding may stand between.
    headers: { 'accept-encoding': 'identity', ...(wantsRest ? { range: `bytes=${progress.resumeAt}-` } : {}) },
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
  const startAt = answer.status === 206 ? progress.resumeAt : 0;
  return { state: JSON.stringify(validatorsOf(answer)), startAt, body: answer.body, facts };
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

function readingError(error: unknown, facts: FetchFacts): unknown {
  if (error instanceof IntakeError || error instanceof FetchInterrupted) {
    return new SourceError(error.code, error.message, { facts, cause: error });
  }
  return error;
}

function progressOf(text: string | undefined): Progress {
  return text === undefined ? { resumeAt: 0 } : (JSON.parse(text) as Progress);
}
