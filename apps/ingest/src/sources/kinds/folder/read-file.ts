import { ContentSubmittedData, ContractViolation, validate } from '@wireroom/contracts';
import { IntakeError, readPageFacts } from '@wireroom/intake';
import { createReadStream } from 'node:fs';
import { readFile as readBytes } from 'node:fs/promises';
import { extname } from 'node:path';
import { splitLines } from '../../../split-lines.js';
import { bytesDigestOf } from '../../digests.js';
import { agencyFindings } from '../agency-findings.js';
import { mailboxFindings, mailFinding } from '../mail-findings.js';
import type { Finding, FoundItem, Reading } from '../kind.js';
import { archiveFindings } from '../warc-findings.js';
import type { FoundFile } from './list-files.js';

const PAGES: Record<string, string> = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.xhtml': 'application/xhtml+xml',
  '.txt': 'text/plain',
  '.md': 'text/markdown',
};
const DOCUMENTS = /\.(xml|json|newsml|nitf)$/i;
const LINES = /\.(ndjson|jsonl)$/i;
const ARCHIVES = /\.warc(\.gz)?$/i;
const MESSAGES = /\.eml$/i;
const MAILBOXES = /\.mbox$/i;

/** Files of a folder that something is made of; others are left alone. */
export const READABLE_FILES = /\.(html?|xhtml|txt|md|xml|json|newsml|nitf|ndjson|jsonl|warc|warc\.gz|eml|mbox)$/i;

/** Larger files are no single item; archives, mailboxes and lists of lines may have any size. */
const MAX_BYTES = 64 * 1024 * 1024;
/** A line holds an original of the largest size in base64. */
const MAX_LINE_BYTES = 24 * 1024 * 1024;

/** What a file holds, by the ending of its name. */
export async function* readFile(file: FoundFile, reading: Reading): AsyncGenerator<Finding> {
  const { path, name, bytes } = file;
  if (LINES.test(name)) yield* lineFindings(file, reading);
  else if (ARCHIVES.test(name)) yield* archiveFile(file);
  else if (MAILBOXES.test(name)) yield* mailboxFindings(name, createReadStream(path));
  else if (bytes > MAX_BYTES) {
    yield { type: 'reject', label: name, code: 'too-large', reason: `the file has ${bytes} bytes` };
  } else if (DOCUMENTS.test(name)) yield* agencyFindings({ name, bytes: await readBytes(path) }, reading.now);
  else if (MESSAGES.test(name)) yield await mailFinding(name, await readBytes(path));
  else yield { type: 'item', item: pageItem(name, await readBytes(path)) };
}

async function* archiveFile({ path, name }: FoundFile): AsyncGenerator<Finding> {
  try {
    yield* archiveFindings(createReadStream(path));
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    yield { type: 'reject', label: name, code: error.code, reason: error.message };
  }
}

function pageItem(name: string, bytes: Buffer): FoundItem {
  const contentType = PAGES[extname(name).toLowerCase()]!;
  const { canonical, textDigest } = readPageFacts(bytes, { contentType });
  return {
    label: name,
    ownId: name,
    addresses: canonical === undefined ? [] : [canonical],
    digest: bytesDigestOf(bytes),
    load: async () => ({ outcome: 'loaded', bytes, contentType, addresses: [], textDigest, isWholePage: true }),
  };
}

/** One submission a line; where it names no source it is the folder's own. */
async function* lineFindings({ path, name }: FoundFile, { spec }: Reading): AsyncGenerator<Finding> {
  for await (const line of splitLines(createReadStream(path), MAX_LINE_BYTES)) {
    const label = `${name}, line ${line.number}`;
    if (line.bytes === undefined) {
      yield { type: 'reject', label, code: 'too-large', reason: `the line has more than ${MAX_LINE_BYTES} bytes` };
      continue;
    }
    yield submissionOf(label, line.bytes, spec.publisher ?? spec.name);
  }
}

function submissionOf(label: string, bytes: Buffer, publisher: string): Finding {
  try {
    const submission = validate(ContentSubmittedData, { source: publisher, ...parseObject(bytes) });
    return { type: 'submission', label, submission };
  } catch (error) {
    if (!(error instanceof ContractViolation)) throw error;
    return { type: 'reject', label, code: error.code, reason: error.message };
  }
}

/** @throws ContractViolation for what is no JSON object */
function parseObject(bytes: Buffer): object {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, as what is JSON and no object is.
  }
  throw new ContractViolation([{ field: '(root)', reason: 'must be a JSON object' }]);
}
