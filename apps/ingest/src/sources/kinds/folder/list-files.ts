import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file of a folder that is whole. */
export interface FoundFile {
  path: string;
  /** From the folder on, with `/`. */
  name: string;
  bytes: number;
  modifiedAt: Date;
}

/** Names under which programs write what is not whole yet. */
const UNFINISHED = /^\.|~$|\.(tmp|temp|part|partial|filepart|crdownload|swp|lock)$/i;
/** A file that was written to this recently may be written to still; one renamed into place is older than that. */
const SETTLE_MS = 2000;

/**
 * Files below a folder whose names match, the oldest first, so that versions take effect in the order they were
 * written. What is still being written is left for later, and folders and files whose names begin with a dot are
 * nobody's business.
 */
export async function listFiles(folder: string, names: RegExp, now: Date): Promise<FoundFile[]> {
  const files = await walk(folder, folder, names);
  return files
    .filter(({ modifiedAt }) => now.getTime() - modifiedAt.getTime() >= SETTLE_MS)
    .sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.name < b.name ? -1 : 1));
}

async function walk(root: string, folder: string, names: RegExp): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (UNFINISHED.test(entry.name)) continue;
    if (entry.isDirectory()) files.push(...(await walk(root, path, names)));
    else if (entry.isFile() && names.test(entry.name)) files.push(...(await found(root, path)));
  }
  return files;
}

/** None where it was moved away meanwhile. */
async function found(root: string, path: string): Promise<FoundFile[]> {
  const known = await stat(path).catch(() => undefined);
  if (!known) return [];
  const name = relative(root, path).split(sep).join('/');
  return [{ path, name, bytes: known.size, modifiedAt: known.mtime }];
}
