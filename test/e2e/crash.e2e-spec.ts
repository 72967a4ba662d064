import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import type { ContentPublishedData, StageName, SubmitAnswer } from '@wireroom/contracts';
import { openStream } from './open-stream.js';
import { Wire, breachesOf, story } from './wire.js';

jest.setTimeout(240_000);

const POINTS = ['before-persist', 'amid-persist', 'after-persist', 'after-produce', 'after-mark'] as const;
const STAGES = ['ingest', 'enrichment', 'publishing'] as const;
/** Enough for a stage to store them in batches that are marked as one. */
const ITEMS = 24;

/** A stage that kills itself at a named point of the straight line, and is started again without the wish. */
describe('a stage is killed -9', () => {
  let wire: Wire;
  const accepted: SubmitAnswer[] = [];
  let run = 0;

  beforeAll(async () => {
    wire = await Wire.start();
    await wire.startAll();
  });
  afterAll(async () => {
    await wire.stop();
  });

  const cases = STAGES.flatMap((stage) => POINTS.map((point): [StageName, (typeof POINTS)[number]] => [stage, point]));

  it.each(cases)('%s %s: nothing is lost, nothing is doubled, order is kept', async (stage, point) => {
    await wire.services.get(stage)!.stop();
    const ids = await handInOverTheTopic();
    const dead = wire.crashes(stage, { WIREROOM_CRASH_AT: point });
    await expect(dead).resolves.toBe('SIGKILL');
    await wire.startService(stage);

    await expect(wire.waitForPublished(ids)).resolves.toEqual([]);
    await expect(wire.waitForQuiet()).resolves.toBe(true);
    expect(breachesOf(accepted, await wire.releases())).toEqual([]);
  });

  it.each(['amid-persist', 'after-persist', 'after-produce'] as const)(
    'ingest %s, with submissions by HTTP: what was answered 202 is published',
    async (point) => {
      await wire.services.get('ingest')!.stop();
      await wire.startService('ingest', { WIREROOM_CRASH_AT: point });
      const gone = wire.services.get('ingest')!.exit;
      const prefix = `http-${++run}`;
      const answers = await Promise.all(
        Array.from({ length: ITEMS }, (_, index) =>
          wire.ingest.submit(story(`${prefix}-${index}`)).catch(() => undefined),
        ),
      );
      await expect(gone).resolves.toEqual({ code: null, signal: 'SIGKILL' });
      await wire.startService('ingest');

      const again = await Promise.all(
        Array.from({ length: ITEMS }, (_, index) => wire.ingest.submit(story(`${prefix}-${index}`))),
      );
      for (const [index, answer] of answers.entries()) {
        if (answer)
          expect(again[index]).toMatchObject({
            contentId: answer.contentId,
            revision: answer.revision,
            outcome: 'duplicate',
          });
      }
      accepted.push(...again);
      await expect(wire.waitForPublished(again.map(({ contentId }) => contentId))).resolves.toEqual([]);
      await expect(wire.waitForQuiet()).resolves.toBe(true);
      expect(breachesOf(accepted, await wire.releases())).toEqual([]);
    },
  );

  it('and all of it went through batches that are marked as one, in every stage', async () => {
    for (const stage of STAGES) {
      const batches = (await wire.database(stage)).collection('outbox_batches');
      expect(await batches.countDocuments({ saidAt: { $exists: true } })).toBeGreaterThan(0);
    }
  });

  it('and a reader that comes back to the very beginning of the stream gets every release, in order', async () => {
    await wire.services.get('publishing')!.stop();
    await wire.startService('publishing');
    const stream = await openStream(wire.urlOf('publishing'), '0.0.0.0.0.0');
    await waitUntil(() => stream.events.length >= accepted.length, 30_000);
    stream.close();
    const releases = stream.events.map(({ data }) => data as unknown as ContentPublishedData & { id: string });
    expect(
      breachesOf(
        accepted,
        releases.map((release) => ({ ...release, contentId: release.id })),
      ),
    ).toEqual([]);
  });

  /** Items in two revisions each, so that order can be seen. */
  async function handInOverTheTopic(): Promise<string[]> {
    const prefix = `run-${++run}`;
    const ids: string[] = [];
    for (let index = 0; index < ITEMS; index++) {
      const first = story(`${prefix}-${index}`);
      const contentId = await wire.publish(first);
      await wire.publish({
        ...first,
        kind: 'update',
        body: `${first.body}\n\nThe harbour office added that the ferry was repainted.`,
      });
      ids.push(contentId);
      for (const revision of [1, 2]) accepted.push({ contentId, revision, eventId: '', outcome: 'accepted' });
    }
    return ids;
  }
});
