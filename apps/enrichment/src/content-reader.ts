import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { WorkerPool } from '@wireroom/pipeline';
import { EnrichmentEnv } from './enrichment.env.js';
import type { ReadAnswer, ReadTask } from './read-content.js';

/** Reads content in worker threads, so that a hostile page stalls neither heartbeats nor its neighbours. */
@Injectable()
export class ContentReader implements OnApplicationShutdown {
  private readonly pool: WorkerPool<ReadTask, ReadAnswer>;

  constructor(env: EnrichmentEnv) {
    this.pool = new WorkerPool({
      worker: new URL('./read-content.worker.js', import.meta.url),
      threads: env.ENRICH_THREADS,
      deadlineMs: env.ENRICH_DEADLINE_MS,
      maxOldSpaceMb: env.ENRICH_MAX_HEAP_MB,
    });
  }

  /** @throws PermanentError with the extraction's code, `timeout` or `out-of-memory`. */
  read(task: ReadTask): Promise<ReadAnswer> {
    return this.pool.run(task);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
