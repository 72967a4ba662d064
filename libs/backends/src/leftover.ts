import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BackendError, systemCode } from './backend-error.js';
import { kafkaDir, mongoDir } from './server-folders.js';
import { isAlive, readRecord, removeRecord } from './process-record.js';
import { waitUntil } from './wait.js';

/**
 * Stops all that a crashed launcher left running from a data folder, so that the folder may be deleted. Processes
 * that are not ours, or not there any more, are not touched.
 *
 * @throws BackendError `already-running` when the launcher is alive
 */
export async function stopLeftovers(dir: string): Promise<void> {
  for (const folder of [dir, kafkaDir(dir), mongoDir(dir)]) {
    const entries = await readdir(folder).catch((): string[] => []);
    const pidFiles = entries.filter((entry) => entry.endsWith('.pid'));
    await Promise.all(pidFiles.map((file) => stopLeftover(basename(file, '.pid'), join(folder, file))));
  }
}

const LEFTOVER_GRACE_MS = 20_000;

/**
 * Stops what a crashed launcher left running. The pid file says which process that was, and it is only touched while
 * its start time and command line still match.
 *
 * @throws BackendError `already-running` when the launcher that owns it is alive
 */
export async function stopLeftover(name: string, pidFile: string): Promise<void> {
  const record = await readRecord(pidFile);
  if (!record) return;
  const { process: leftover, owner } = record;
  const isGone = async () => !(await isAlive(leftover));
  if (!(await isGone())) {
    if (await isAlive(owner)) {
      throw new BackendError(
        'already-running',
        `${name} is already running for another Wireroom (pid ${owner.pid}): stop that one first, or give this one a data folder of its own by WIREROOM_DIR.`,
      );
    }
    signalQuietly(leftover.pid, 'SIGTERM');
    signalQuietly(leftover.pid, 'SIGCONT');
    if (!(await waitUntil(isGone, LEFTOVER_GRACE_MS))) signalQuietly(leftover.pid, 'SIGKILL');
    await waitUntil(isGone, LEFTOVER_GRACE_MS);
  }
  await removeRecord(pidFile);
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error; // it ended in the meantime
  }
}
