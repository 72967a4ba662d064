import type { ContentKind, ContentSubmittedData } from '@wireroom/contracts';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { CliError, EXIT } from '../exit-codes.js';
import { fetchPage } from '../fetch-page.js';
import { contentTypeOf } from '../preview/guess-input.js';
import { readLines } from '../preview/read-lines.js';
import { type Refusal, refusalOf } from './not-handed-in.js';
import { readBounded } from './read-bounded.js';

/** What is sent in one request: one submission, or lines that are submissions already; or why something is not. */
export type Parcel =
  | { name: string; submission: ContentSubmittedData }
  | { name: string; firstLine: number; lines: Buffer[] }
  | { name: string; refusal: Refusal };

/** What the command line says about everything that is handed in. */
export interface Labels {
  source: string;
  contentType?: string;
  externalId?: string;
  url?: string;
  kind?: ContentKind;
  publishedAt?: string;
}

const INGESTED = /\.(html?|xhtml|txt|md|xml|json|eml|mbox)(\.gz)?$/i;
const NDJSON = /\.(ndjson|jsonl)$/i;
const MESSAGES = /\.(eml|mbox)(\.gz)?$/i;
const MAILBOX = /\.mbox(\.gz)?$/i;
/** Ingest takes originals of 10 MB by default; a line holds one in base64. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
const PARCEL_LINES = 200;
const PARCEL_BYTES = 8 * 1024 * 1024;
const MAX_ORIGINAL_BYTES = 16 * 1024 * 1024;

const unpack = promisify(gunzip);

/** Files to hand in, in a steady order: folders are walked down, other kinds of files in them passed over. */
export async function findFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new CliError(EXIT.notFound, `there is no file or folder ${path}`);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of names) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await findFiles(inside)));
    else if (entry.isFile() && (INGESTED.test(entry.name) || NDJSON.test(entry.name))) files.push(inside);
  }
  return files;
}

export function isUrl(what: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(what);
}

/** Reads the inputs one after the other, each when its turn comes; `-` is stdin. */
export async function* collect(inputs: string[], labels: Labels): AsyncGenerator<Parcel> {
  for (const input of inputs) {
    if (input === '-') yield await fromStdin(labels);
    else if (isUrl(input)) yield await fromUrl(input, labels);
    else if (NDJSON.test(input)) yield* fromLines(input);
    else if (MESSAGES.test(input)) yield* fromMail(input, labels);
    else yield await fromFile(input, labels);
  }
}

/** A file's own id is its path, seen from where the command runs: handed in again, it is the same item. */
async function fromFile(path: string, labels: Labels): Promise<Parcel> {
  const bytes = await unpackedFile(path);
  const refusal = labels.contentType === undefined ? refusalOf(path, bytes) : undefined;
  if (refusal) return { name: path, refusal };
  const own = relative(process.cwd(), resolve(path)).split(sep).join('/');
  return {
    name: path,
    submission: submissionOf(bytes, { externalId: own, contentType: contentTypeOf(path) }, labels),
  };
}

/** The reader of messages is loaded where there are any. */
async function* fromMail(path: string, labels: Labels): AsyncGenerator<Parcel> {
  const { messagesOf, messageOf } = await import('./messages.js');
  const messages = MAILBOX.test(path) ? messagesOf(path, streamOf(path)) : [messageOf(path, await unpackedFile(path))];
  for await (const message of messages) {
    const { name } = message;
    yield 'refusal' in message ? message : { name, submission: submissionOf(message.bytes, message.known, labels) };
  }
}

function streamOf(path: string): AsyncIterable<Buffer> {
  const stored = createReadStream(path);
  // What fails on the way destroys the unpacked stream with its error, which the reader meets.
  return isPacked(path) ? pipeline(stored, createGunzip(), () => undefined) : stored;
}

async function unpackedFile(path: string): Promise<Buffer> {
  const stored = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CliError(EXIT.failed, `${path} can't be read (${cause.code})`, { cause });
  });
  return isPacked(path) ? unpacked(path, stored) : stored;
}

function isPacked(path: string): boolean {
  return /\.gz$/i.test(path);
}

async function unpacked(path: string, stored: Buffer): Promise<Buffer> {
  return unpack(stored, { maxOutputLength: MAX_ORIGINAL_BYTES }).catch((cause: unknown) => {
    throw new CliError(EXIT.failed, `${path} can't be unpacked`, { cause });
  });
}

async function fromUrl(url: string, labels: Labels): Promise<Parcel> {
  const { bytes, contentType } = await fetchPage(url);
  const type = contentType?.split(';')[0]!.trim().toLowerCase();
  const refusal = labels.contentType === undefined ? refusalOf(new URL(url).pathname, bytes, type) : undefined;
  if (refusal) return { name: url, refusal };
  return { name: url, submission: submissionOf(bytes, { url, contentType }, labels) };
}

async function fromStdin(labels: Labels): Promise<Parcel> {
  const bytes = await readBounded(process.stdin, MAX_ORIGINAL_BYTES, 'stdin');
  const own =
    labels.url === undefined
      ? { externalId: `stdin-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}` }
      : {};
  const guess = /<(!doctype|html|body|article|p)\b/i.test(bytes.subarray(0, 4096).toString('latin1'));
  const contentType = guess ? 'text/html' : 'text/plain';
  return { name: 'stdin', submission: submissionOf(bytes, { ...own, contentType }, labels) };
}

async function* fromLines(path: string): AsyncGenerator<Parcel> {
  let lines: Buffer[] = [];
  let bytes = 0;
  let firstLine = 1;
  for await (const line of readLines(createReadStream(path), MAX_LINE_BYTES)) {
    if (!line.whole) throw new CliError(EXIT.failed, `${path} has a line longer than ${MAX_LINE_BYTES} bytes`);
    if (lines.length > 0 && (lines.length === PARCEL_LINES || bytes + line.bytes.length > PARCEL_BYTES)) {
      yield { name: path, firstLine, lines };
      firstLine += lines.length;
      lines = [];
      bytes = 0;
    }
    lines.push(line.bytes);
    bytes += line.bytes.length;
  }
  if (lines.length > 0) yield { name: path, firstLine, lines };
}

/** What the command line says wins over what is known of the input. */
function submissionOf(bytes: Buffer, known: Partial<ContentSubmittedData>, labels: Labels): ContentSubmittedData {
  return {
    ...withoutAbsent(known),
    ...withoutAbsent(labels),
    bodyBase64: bytes.toString('base64'),
  } as ContentSubmittedData;
}

function withoutAbsent<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
