import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FetchFacts } from '../../fetch-facts.js';
import { type Finding, type Reading, SourceError } from '../kind.js';
import { type FoundFile, listFiles } from './list-files.js';
import { readFile } from './read-file.js';

/** Files taken in one poll at most; the next one follows soon. */
const MAX_FILES = 500;
const TAKEN = '.taken';

/**
 * Reads the files of a folder that were not taken yet, each once: those that were are moved to `.taken`, or remembered
 * by size and time where they are to stay. A file with an item that has to wait (an embargo) stays until it was taken.
 *
 * @throws SourceError when the folder can't be read.
 */
export async function* readFolder(reading: Reading, names: RegExp): AsyncGenerator<Finding> {
  const files = await list(reading, names);
  for (const file of files.slice(0, MAX_FILES)) {
    if (reading.signal.aborted) return;
    yield { type: 'fetch', facts: factsOf(file, reading.now) };
    yield* readFile(file, reading);
    yield afterwards(file, reading);
  }
}

async function list(reading: Reading, names: RegExp): Promise<FoundFile[]> {
  const { address, now, spec } = reading;
  const files = await listFiles(address, names, now).catch((cause: NodeJS.ErrnoException) => {
    throw new SourceError('folder-unreadable', `the folder can't be read (${cause.code})`, { cause });
  });
  if (spec.takenFiles !== 'keep') return files;
  const known = await reading.recall(files.map(keyOf));
  return files.filter((file) => known.get(keyOf(file)) !== stateOf(file));
}

function afterwards(file: FoundFile, { spec, address }: Reading): Finding {
  if (spec.takenFiles === 'keep') return { type: 'mark', marks: new Map([[keyOf(file), stateOf(file)]]) };
  return { type: 'done', run: () => moveAway(file, address) };
}

async function moveAway({ path, name }: FoundFile, folder: string): Promise<void> {
  const target = join(folder, TAKEN, name);
  await mkdir(dirname(target), { recursive: true });
  const isTaken = await stat(target).then(
    () => true,
    () => false,
  );
  await rename(path, isTaken ? `${target}.${Date.now()}` : target);
}

function factsOf({ path, bytes }: FoundFile, at: Date): FetchFacts {
  return { at, purpose: 'poll', url: path, outcome: 'fetched', bytes, tookMs: 0 };
}

function keyOf({ name }: FoundFile): string {
  return `file ${name}`;
}

function stateOf({ bytes, modifiedAt }: FoundFile): string {
  return `${bytes} ${modifiedAt.getTime()}`;
}
