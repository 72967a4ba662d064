import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BASELINE, GENERATED, artefacts } from './artefacts.js';
import { breaks, outdated } from './check.js';

const HELP = `Generates JSON Schemas, AsyncAPI and OpenAPI documents from the contracts.

  (no option)   write libs/contracts/generated
  --check       fail if what is committed is not what would be written, or if the contracts
                could not read what was written by the released ones
  --release     make the schemas as they are now the released ones
`;

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, release: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (options.help) process.stdout.write(HELP);
else if (options.check) await check();
else if (options.release) await release();
else await write();

async function write(): Promise<void> {
  await rm(join(GENERATED, 'schemas'), { recursive: true, force: true });
  for (const [file, text] of await artefacts()) await save(join(GENERATED, file), text);
}

async function check(): Promise<void> {
  report(await outdated(), 'Run npm run contracts:generate and commit what it writes.');
  report(await breaks(), 'A breaking change is a new event version on a topic of its own (docs/adr).');
}

async function release(): Promise<void> {
  report(await breaks(), 'A breaking change is a new event version on a topic of its own (docs/adr).');
  if (process.exitCode) return;
  for (const [file, text] of await artefacts()) {
    if (file.startsWith('schemas/')) await save(join(BASELINE, file.slice('schemas/'.length)), text);
  }
}

function report(faults: string[], advice: string): void {
  if (faults.length === 0) return;
  process.stderr.write(`${faults.join('\n')}\n${advice}\n`);
  process.exitCode = 1;
}

async function save(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
