import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { CallFailed, ContentEnriched, ContentPublished, type ReprocessAnswer } from '@wireroom/contracts';
import type { Collection } from 'mongodb';
import { Wire, idOf, story } from './wire.js';

jest.setTimeout(300_000);

const ITEMS = 12;

/** What an earlier version of the topics step would have said; the stored articles are made to say it. */
const OLD_TOPICS = [{ code: 'medtop:00000001', label: 'bygone', top: 'bygone', score: 1 }];

let wire: Wire;
let items: Collection;
const ids = Array.from({ length: ITEMS }, (_, at) => idOf(story(`again-${at}`)));

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
  for (let at = 0; at < ITEMS; at++) await wire.publish(story(`again-${at}`));
  await wire.waitForPublished(ids);
  await wire.waitForQuiet();
  items = (await wire.database('enrichment')).collection('enriched_items');
  await ageTopics(ids);
});
afterAll(async () => {
  await wire.stop();
});

describe('reprocessing', () => {
  it('shows what it would change before it is done, and stores nothing', async () => {
    const before = await items.find().sort({ _id: 1 }).toArray();
    const { items: shown } = await wire.enrichment.previewReprocess({ steps: ['topics'], sample: 5 });
    expect(shown).toHaveLength(5);
    for (const { changes, failures } of shown) {
      expect(failures).toEqual([]);
      expect(changes.some(({ before: old }) => old?.includes('bygone'))).toBe(true);
    }
    const dry = await done(await wire.enrichment.startReprocess({ steps: ['topics'], dryRun: true, rate: 500 }));
    expect(dry).toMatchObject({ state: 'done', seen: ITEMS, changed: ITEMS, unchanged: 0, failed: 0 });
    expect(await items.find().sort({ _id: 1 }).toArray()).toEqual(before);
  });

  it('sends what changed on to readers as a new processing of the same revision, nothing fetched', async () => {
    const before = await Promise.all(ids.map((id) => wire.publishing.getArticle(id)));
    await wire.services.get('ingest')!.stop();
    const job = await done(await wire.enrichment.startReprocess({ steps: ['topics'], rate: 500 }));
    expect(job).toMatchObject({ state: 'done', changed: ITEMS, failed: 0 });
    await waitUntil(async () => (await processingOf(ids[0]!)) === 2 && (await processingOf(ids.at(-1)!)) === 2, 30_000);
    await wire.startService('ingest');
    await wire.waitForQuiet();

    for (const [at, id] of ids.entries()) {
      const article = await wire.publishing.getArticle(id, { explain: 'true' });
      expect(article).toMatchObject({ revision: 1, processingVersion: 2, releasedAt: before[at]!.releasedAt });
      expect(article.enrichment!.topics![0]!.label).not.toBe('bygone');
      expect({ ...article.enrichment, topics: [] }).toEqual({ ...before[at]!.enrichment, topics: [] });
      expect(article.provenance!.filter(({ extractor }) => extractor === 'topics').length).toBeGreaterThan(0);
    }
    expect(await countOf(ContentPublished.topic)).toBe(2 * ITEMS);
  });

  it('says nothing of what is the same', async () => {
    const said = await countOf(ContentEnriched.topic);
    const job = await done(await wire.enrichment.startReprocess({ steps: ['topics', 'language'], rate: 500 }));
    expect(job).toMatchObject({ state: 'done', changed: 0, unchanged: ITEMS, failed: 0 });
    expect(await countOf(ContentEnriched.topic)).toBe(said);
  });

  it('gives the same clusters again', async () => {
    const job = await done(await wire.enrichment.startReprocess({ steps: ['cluster'], rate: 500 }));
    expect(job).toMatchObject({ state: 'done', failed: 0 });
    await wire.waitForQuiet();
    const clusters = await Promise.all(ids.map(async (id) => (await wire.publishing.getArticle(id)).cluster!));
    expect(new Set(clusters.map(({ id }) => id)).size).toBe(1);
    expect(clusters[0]!.total).toBe(ITEMS);
  });

  it('goes on after a kill where it was, each item once', async () => {
    const versions = new Map(await Promise.all(ids.map(async (id) => [id, await processingOf(id)] as const)));
    await ageTopics(ids);
    const { id: job } = await wire.enrichment.startReprocess({ steps: ['topics'], rate: 3 });
    await waitUntil(async () => (await wire.enrichment.showReprocess(job)).changed > 0, 30_000);
    await wire.services.get('enrichment')!.kill();
    await makeLeasesRunOut();
    await wire.startService('enrichment');
    expect(await done(await wire.enrichment.showReprocess(job))).toMatchObject({ state: 'done', changed: ITEMS });
    await wire.waitForQuiet();
    for (const id of ids) expect(await processingOf(id)).toBe(versions.get(id)! + 1);
  });

  it('narrows by source, time and processing version, and can be stopped', async () => {
    const none = await done(await wire.enrichment.startReprocess({ steps: ['topics'], filter: { source: 'nobody' } }));
    expect(none).toMatchObject({ seen: ITEMS, changed: 0, unchanged: 0 });
    const future = { since: '2100-01-01T00:00:00Z' };
    const later = await done(await wire.enrichment.startReprocess({ steps: ['topics'], filter: future }));
    expect(later).toMatchObject({ unchanged: 0 });

    const slow = await wire.enrichment.startReprocess({ steps: ['topics'], rate: 1 });
    await expect(wire.enrichment.startReprocess({ steps: ['topics'] })).rejects.toMatchObject({
      status: 409,
      code: 'reprocess-running',
    });
    expect(await wire.enrichment.stopReprocess(slow.id)).toMatchObject({ state: 'stopped' });
  });

  it('refuses a step there is none of, naming the field', async () => {
    const failure = await wire.enrichment.startReprocess({ steps: ['tealeaves'] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CallFailed);
    expect((failure as CallFailed).faults).toMatchObject([{ field: 'steps' }]);
  });
});

/** Makes the newest processing of each item say what an earlier version of the step would have said. */
async function ageTopics(contentIds: string[]): Promise<void> {
  for (const contentId of contentIds) {
    await items.findOneAndUpdate(
      { contentId },
      { $set: { 'enrichment.topics': OLD_TOPICS } },
      { sort: { revision: -1, processingVersion: -1 } },
    );
  }
}

/** Spares the test the minute for which a killed instance's claim stands. */
async function makeLeasesRunOut(): Promise<void> {
  const jobs = (await wire.database('enrichment')).collection('reprocess_jobs');
  await jobs.updateMany({ state: 'running' }, { $unset: { lease: '' } });
}

async function done(job: ReprocessAnswer): Promise<ReprocessAnswer> {
  let now = job;
  await waitUntil(async () => {
    now = await wire.enrichment.showReprocess(job.id);
    return now.state !== 'running';
  }, 120_000);
  return now;
}

async function processingOf(contentId: string): Promise<number> {
  return (await wire.publishing.getArticle(contentId)).processingVersion;
}

async function countOf(topic: string): Promise<number> {
  return (await wire.recordsOf(topic)).length;
}
