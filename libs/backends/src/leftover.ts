import { BackendError, systemCode } from './backend-error.js';
import { isAlive, readRecord, removeRecord } from './process-record.js';
import { waitUntil } from './wait.js';

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
