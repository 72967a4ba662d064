import { describe, expect, it } from '@jest/globals';
import type { ContractViolation } from '@wireroom/contracts';
import { Fetcher } from '@wireroom/fetching';
import { IngestEnv } from '../ingest.env.js';
import { SourceRegistry } from './source-registry.js';
import type { SourceStore } from './source.store.js';

async function reasonAgainst(address: string): Promise<string | undefined> {
  const fetcher = new Fetcher();
  try {
    await new SourceRegistry({} as SourceStore, new IngestEnv(), fetcher).check({
      name: 'desk',
      kind: 'page',
      address,
    });
    return undefined;
  } catch (error) {
    return (error as ContractViolation).faults[0]?.reason;
  } finally {
    await fetcher.close();
  }
}

describe('what is said against an address', () => {
  it('names the setting that opens a private one', async () => {
    expect(await reasonAgainst('http://127.0.0.1/a')).toMatch(/not public \(loopback\); private .* FETCH_ALLOW/);
  });

  it('names it for a port, too', async () => {
    expect(await reasonAgainst('https://news.example:8443/a')).toMatch(/FETCH_ALLOW/);
  });

  it('is nothing against a public one', async () => {
    expect(await reasonAgainst('https://news.example/a')).toBeUndefined();
  });
});
