import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { StageName } from '@wireroom/contracts';
import { Wire, breachesOf, story } from './wire.js';

jest.setTimeout(240_000);

const ITEMS = 24;

/** The tests of crashes would be worth nothing if a line with a bug passed them. */
describe('a planted bug is caught', () => {
  let wire: Wire;

  beforeAll(async () => {
    wire = await Wire.start();
    await wire.startAll();
  });
  afterAll(async () => {
    await wire.stop();
  });

  const bugs: [string, StageName, string][] = [
    ['commit-before-persist', 'enrichment', 'before-persist'],
    ['commit-before-persist', 'publishing', 'before-persist'],
    ['mark-before-ack', 'enrichment', 'after-persist'],
    ['mark-before-ack', 'publishing', 'after-persist'],
  ];

  it.each(bugs)('%s at %s, killed %s: items are found to be lost', async (bug, stage, point) => {
    await wire.services.get(stage)!.stop();
    const stories = Array.from({ length: ITEMS }, (_, index) => story(`${bug}-${stage}-${index}`));
    const accepted = await Promise.all(stories.map((one) => wire.ingest.submit(one)));
    const dead = wire.crashes(stage, { WIREROOM_CRASH_AT: point, WIREROOM_PLANT_BUG: bug });
    await expect(dead).resolves.toBe('SIGKILL');
    await wire.startService(stage);

    await expect(wire.waitForQuiet()).resolves.toBe(true);
    const breaches = breachesOf(accepted, await wire.releases());
    expect(breaches.filter((breach) => breach.startsWith('lost'))).not.toEqual([]);
  });
});
