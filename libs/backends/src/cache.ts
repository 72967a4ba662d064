import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './backend-error.js';

const ABANDONED_AFTER_MS = 3_600_000;

/**
 * A folder of the cache, filled on first use. It appears under its name only when it is complete, so a download that
 * was cut off is never taken for a good one, and several first runs at once each fill their own and keep the first.
 *
 * @param fill writes the content into the folder it is given
 * @returns the path of the complete folder
 */
export async function cachedFolder(
  cacheDir: string,
  name: string,
  fill: (dir: string) => Promise<void>,
): Promise<string> {
  const complete = join(cacheDir, name);
  if (await exists(complete)) return complete;
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir, partialPrefix(name));
  const partial = await mkdtemp(join(cacheDir, partialPrefix(name)));
  try {
    await fill(partial);
    await keepFirst(partial, complete);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return complete;
}

/** Whether a file or folder is there. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function partialPrefix(name: string): string {
  return `.${name}-`;
}

/** Removes what downloads left that were killed; one younger than an hour may still be at work. */
async function removeAbandoned(cacheDir: string, prefix: string): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    const path = join(cacheDir, entry);
    const isOld = async () => Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MS;
    if (entry.startsWith(prefix) && (await isOld().catch(() => false)))
      await rm(path, { recursive: true, force: true });
  }
}

async function keepFirst(partial: string, complete: string): Promise<void> {
  try {
    await rename(partial, complete);
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
