import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BASELINE, GENERATED, artefacts, eventSchemas } from './artefacts.js';
import { incompatibilities } from './compatibility.js';
import type { JsonSchema } from './json-schema.js';

/** What in `generated/` is not what the contracts say now, one sentence each. */
export async function outdated(generated = GENERATED): Promise<string[]> {
  const expected = await artefacts();
  const present = (await filesIn(generated)).filter((file) => !file.startsWith('baseline/'));
  const strays = present.filter((file) => !expected.has(file));
  const changed: string[] = [];
  for (const [file, text] of expected) {
    const committed = present.includes(file) ? await readFile(join(generated, file), 'utf8') : undefined;
    if (committed !== text) changed.push(file);
  }
  return [
    ...changed.map((file) => `generated/${file} is not what the contracts say now`),
    ...strays.map((file) => `generated/${file} belongs to no contract`),
  ];
}

/** Where the contracts as they are now could not read what was written by the released ones. */
export async function breaks(baseline = BASELINE): Promise<string[]> {
  const current = eventSchemas();
  const released = await filesIn(baseline);
  const found = released.map(async (file) => {
    const type = file.replace('.schema.json', '');
    const schema = current.get(type);
    if (!schema) return [`${type}: the event was removed`];
    const before = JSON.parse(await readFile(join(baseline, file), 'utf8')) as JsonSchema;
    return incompatibilities(before, schema).map(({ path, reason }) => `${type} ${path}: ${reason}`);
  });
  return (await Promise.all(found)).flat();
}

async function filesIn(directory: string): Promise<string[]> {
  const files = await readdir(directory, { recursive: true });
  return files.filter((file) => file.endsWith('.json')).sort();
}
