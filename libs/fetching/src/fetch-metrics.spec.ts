import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { FetchMetrics } from './fetch-metrics.js';

describe('FetchMetrics', () => {
  it('counts endings by code, bytes and time', async () => {
    const registry = new Registry();
    const { observe } = new FetchMetrics(registry);
    observe({
      purpose: 'feed',
      url: 'https://news.example/',
      outcome: 'fetched',
      status: 200,
      wireBytes: 700,
      tookMs: 40,
    });
    observe({
      purpose: 'feed',
      url: 'https://news.example/',
      outcome: 'failed',
      code: 'timeout',
      wireBytes: 5,
      tookMs: 15_000,
    });
    observe({
      purpose: 'page',
      url: 'http://10.0.0.1/',
      outcome: 'refused',
      code: 'fetch-blocked',
      wireBytes: 0,
      tookMs: 0,
    });
    const text = await registry.metrics();
    expect(text).toContain('wireroom_fetches_total{purpose="feed",outcome="fetched",code=""} 1');
    expect(text).toContain('wireroom_fetches_total{purpose="feed",outcome="failed",code="timeout"} 1');
    expect(text).toContain('wireroom_fetches_total{purpose="page",outcome="refused",code="fetch-blocked"} 1');
    expect(text).toContain('wireroom_fetched_bytes_total{purpose="feed"} 705');
    expect(text).toContain('wireroom_fetch_seconds_bucket{le="0.05",purpose="feed"} 1');
    expect(text).not.toContain('wireroom_fetch_seconds_count{purpose="page"}');
  });
});
