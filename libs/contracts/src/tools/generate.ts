import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PACKAGE, artefacts } from './artefacts.js';

const GENERATED = join(PACKAGE, 'generated');
for (const [file, text] of await artefacts()) {
  await mkdir(dirname(join(GENERATED, file)), { recursive: true });
  await writeFile(join(GENERATED, file), text);
}
