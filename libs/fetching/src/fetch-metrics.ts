import { Counter, Histogram, type Registry } from 'prom-client';
import type { FetchEnding } from './fetch-request.js';

/**
 * Figures of a fetcher for Prometheus, in a registry of the caller's.
 *
 * @example
 * const figures = new FetchMetrics(metrics.registry);
 * const fetcher = new Fetcher({ observe: figures.observe });
 */
export class FetchMetrics {
  private readonly fetches: Counter<'purpose' | 'outcome' | 'code'>;
  private readonly bytes: Counter<'purpose'>;
  private readonly seconds: Histogram<'purpose'>;

  constructor(registry: Registry) {
    this.fetches = new Counter({
      name: 'wireroom_fetches_total',
      help: 'Requests to addresses of others by how they ended',
      labelNames: ['purpose', 'outcome', 'code'] as const,
      registers: [registry],
    });
    this.bytes = new Counter({
      name: 'wireroom_fetched_bytes_total',
      help: 'Bytes of bodies as they came over the wire',
      labelNames: ['purpose'] as const,
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'wireroom_fetch_seconds',
      help: 'From the first request to the last byte, redirects included, waiting for a turn left out',
      labelNames: ['purpose'] as const,
      buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60],
      registers: [registry],
    });
  }

  /** Counts one ending. */
  readonly observe = ({ purpose, outcome, code = '', wireBytes, tookMs }: FetchEnding): void => {
    this.fetches.inc({ purpose, outcome, code });
    this.bytes.inc({ purpose }, wireBytes);
    if (outcome !== 'refused') this.seconds.observe({ purpose }, tookMs / 1000);
  };
}
