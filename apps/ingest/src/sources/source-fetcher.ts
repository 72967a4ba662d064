import { FetchMetrics, Fetcher } from '@wireroom/fetching';
import type { Metrics } from '@wireroom/pipeline';
import type { IngestEnv } from '../ingest.env.js';

/** The one way out, as far as sources use it. */
export type SourceFetcher = Pick<Fetcher, 'fetch' | 'stream'>;

/** Makes the process's fetcher of its environment. @throws TypeError naming a setting that can't be read. */
export function createFetcher(env: IngestEnv, { registry }: Metrics): Fetcher {
  return new Fetcher({
    allow: env.FETCH_ALLOW,
    contactUrl: env.FETCH_CONTACT,
    hostConcurrency: env.FETCH_HOST_CONCURRENCY,
    observe: new FetchMetrics(registry).observe,
  });
}
