import { mkdir, statfs } from 'node:fs/promises';
import { BackendError, systemCode } from './backend-error.js';

/** Room for the journals, index files and first segments both servers lay out before the first item: MB. */
export const DATA_MB = 700;
/** Room for the downloads while they are unpacked, in MB. */
export const DOWNLOAD_MB = 500;

/** Free space of the disk a folder is on, in MB. Makes the folder if it is not there. */
export async function freeMegabytes(dir: string): Promise<number> {
  await mkdir(dir, { recursive: true });
  const { bavail, bsize } = await statfs(dir);
  return Math.floor((bavail * bsize) / 1024 ** 2);
}

/** @throws BackendError `disk-full` when the folder's disk has less room than that, in MB */
export async function requireSpace(dir: string, megabytes: number, purpose: string): Promise<void> {
  const free = await namingFullDisk(dir, () => freeMegabytes(dir));
  if (free < megabytes) {
    throw new BackendError(
      'disk-full',
      `${adviseSpace(dir)}: ${free} MB are left, and ${purpose} takes ${megabytes} MB.`,
    );
  }
}

/** Runs a step that writes into a folder and turns "no space left" into a {@link BackendError}. */
export async function namingFullDisk<T>(dir: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (systemCode(error) !== 'ENOSPC') throw error;
    throw new BackendError('disk-full', `${adviseSpace(dir)}: no space is left on it.`, { cause: error });
  }
}

function adviseSpace(dir: string): string {
  return `The disk of ${dir} is full, so free some or point WIREROOM_DIR and WIREROOM_CACHE at a larger one`;
}
