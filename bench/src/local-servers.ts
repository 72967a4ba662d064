import { type Backends, startBackends } from '@wireroom/backends';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progress } from './report.js';

/** What a benchmark runs on. */
export interface LocalServers {
  backends: Backends;
  /** A folder for its files, gone at its end. */
  dir: string;
  /** Has something stopped before the servers are, last come first gone. */
  stopFirst: (stop: () => Promise<unknown>) => void;
}

/** Runs a benchmark on a Kafka and a MongoDB of its own, which are stopped at its end, also when it is interrupted. */
export async function onLocalServers<T>(run: (servers: LocalServers) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'wireroom-bench-'));
  const backends = await startBackends({ dir, origins: ['local'], onProgress: progress });
  const stops: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true }), () => backends.stop()];
  const stopAll = async (): Promise<void> => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  };
  const stopEarly = (): void => void stopAll().finally(() => process.exit(130));
  process.once('SIGINT', stopEarly).once('SIGTERM', stopEarly);
  try {
    return await run({ backends, dir, stopFirst: (stop) => stops.push(stop) });
  } finally {
    await stopAll();
    process.off('SIGINT', stopEarly).off('SIGTERM', stopEarly);
  }
}
