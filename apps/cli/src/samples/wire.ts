import type { ContentSubmittedData, StageName } from '@wireroom/contracts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What must become of a sample. */
export type Expectation =
  | { outcome: 'published'; headline: string; revision: number; language: string }
  | { outcome: 'duplicate' | 'retracted'; revision: number }
  | { outcome: 'dead-letter'; stage: StageName; code: string }
  | { outcome: 'rejected'; code: string };

/** An entry of the sample wire; `samples/README.md` describes it. */
export interface WireEntry extends Partial<Omit<ContentSubmittedData, 'body' | 'bodyBase64'>> {
  name: string;
  door: 'http' | 'topic';
  file?: string;
  expect: Expectation;
}

/** A sample ready to be sent: as a submission, or as the bytes of a message. */
export interface Sample {
  entry: WireEntry;
  bytes: Buffer;
}

const SAMPLES = fileURLToPath(new URL('../../../../samples/', import.meta.url));

/** Reads the sample wire, in its running order. */
export async function readWire(dir = SAMPLES): Promise<Sample[]> {
  const entries = JSON.parse(await readFile(join(dir, 'wire.json'), 'utf8')) as WireEntry[];
  return Promise.all(
    entries.map(async (entry) => ({
      entry,
      bytes: entry.file === undefined ? Buffer.alloc(0) : await readFile(join(dir, entry.file)),
    })),
  );
}

/** The submission of a sample that goes through the HTTP door. */
export function submissionOf({ entry, bytes }: Sample): ContentSubmittedData {
  const { name: _name, door: _door, file, expect: _expect, ...fields } = entry;
  return {
    ...fields,
    ...(file === undefined ? {} : { bodyBase64: bytes.toString('base64') }),
  } as ContentSubmittedData;
}

/**
 * Idempotency-Key of a sample: the same at every start, so that sending the wire again changes nothing, and
 * another one as soon as the sample itself is changed.
 */
export function keyOf(sample: Sample): string {
  const hash = createHash('sha256').update(JSON.stringify(submissionOf(sample))).digest('hex');
  return `sample-${sample.entry.name}-${hash.slice(0, 16)}`;
}
