import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';

/**
 * What is wrong with a path that a source is to read. It must lie in one of the folders open to sources, with links
 * followed, so that whoever may add a source can't read the rest of the machine.
 */
export async function localPathFaults(
  path: string,
  folders: string[],
): Promise<{ field: 'address'; reason: string }[]> {
  if (folders.length === 0) return fault('no folder is open to sources: set SOURCES_FOLDERS');
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return fault('there is no such file or folder where the service runs');
  const open = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  if (open.some((folder) => real === folder || real.startsWith(`${folder}${sep}`))) return [];
  return fault('lies outside of SOURCES_FOLDERS');
}

function fault(reason: string): { field: 'address'; reason: string }[] {
  return [{ field: 'address', reason }];
}
