import { workerData } from 'node:worker_threads';

const EVERY_MS = 1000;

/**
 * Thread of a process of a `WorkerPool`: ends the process when the pool's is gone, since a task that never ends keeps
 * its main thread from hearing of that.
 */
function watch(pool: number): void {
  setInterval(() => {
    if (process.ppid !== pool) process.kill(process.pid, 'SIGKILL');
  }, EVERY_MS);
}

watch(workerData as number);
