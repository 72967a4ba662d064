import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '../../samples');

/** A committed sample: of an event's data, or of an HTTP contract class. */
export interface Sample {
  name: string;
  value: object;
}

/** The samples in one folder of `samples/` (an event type, or `http/` and a class), by name; none without folder. */
export function samplesOf(folder: string): Sample[] {
  const directory = join(SAMPLES, folder);
  return readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.slice(folder.length + 1, -'.json'.length),
      value: JSON.parse(readFileSync(join(directory, file.slice(folder.length + 1)), 'utf8')) as object,
    }));
}

/** The names of the folders of samples within another. */
export function samplesIn(folder: string): string[] {
  return readdirSync(join(SAMPLES, folder)).sort();
}
