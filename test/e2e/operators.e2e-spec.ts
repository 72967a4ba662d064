import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { type DeadLetterSummary, STAGES } from '@wireroom/contracts';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { queriesDuring } from './queries.js';
import { Wire, story } from './wire.js';

jest.setTimeout(180_000);

const SOON_MS = 30_000;

let wire: Wire;

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
});

afterAll(async () => {
  await wire?.stop();
});

/** Puts bytes that are no submission on the topic. @returns the dead letter they end as. */
async function poison(text: string, headers: Record<string, Buffer | string> = {}): Promise<DeadLetterSummary> {
  const before = new Set((await wire.ingest.listDeadLetters({ limit: 500 })).items.map(({ id }) => id));
  await wire.publishRaw(Buffer.from(text), 'a-key', headers);
  let letter: DeadLetterSummary | undefined;
  await waitUntil(async () => {
    letter = (await wire.ingest.listDeadLetters({ limit: 500 })).items.find(({ id }) => !before.has(id));
    return letter !== undefined;
  }, SOON_MS);
  return letter!;
}

async function stateOf(id: string): Promise<string> {
  return (await wire.ingest.showDeadLetter(id)).state;
}

describe('a stage that an operator paused', () => {
  it('takes nothing, says so, stays so over a restart, and goes on when it is resumed', async () => {
    await wire.enrichment.pause({ reason: 'a look at the group', by: 'marit' });
    await waitUntil(async () => (await membersOf('enrichment')) === 0, SOON_MS);
    const { contentId } = await wire.ingest.submit(story('while-paused'));
    await waitUntil(async () => (await wire.enrichment.status()).lag === 1, SOON_MS);
    await expect(wire.enrichment.status()).resolves.toMatchObject({
      health: 'degraded',
      reasons: [expect.stringMatching(/^paused since .* by marit: a look at the group$/)],
      paused: { by: 'marit', reason: 'a look at the group' },
      done: 0,
      lag: 1,
    });

    await wire.services.get('enrichment')!.stop();
    await wire.startService('enrichment');
    await expect(wire.enrichment.status()).resolves.toMatchObject({ paused: { by: 'marit' }, lag: 1 });
    await expect(wire.waitForPublished([contentId], 3000)).resolves.toEqual([contentId]);

    await expect(wire.enrichment.resume()).resolves.toEqual({ stage: 'enrichment' });
    await expect(wire.waitForPublished([contentId])).resolves.toEqual([]);
    expect((await wire.enrichment.status()).paused).toBeUndefined();
  });

  it('keeps its first reason when it is paused again', async () => {
    await wire.publishing.pause({ reason: 'the first reason' });
    await expect(wire.publishing.pause({ reason: 'the second reason' })).resolves.toMatchObject({
      paused: { reason: 'the first reason' },
    });
    await wire.publishing.resume();
  });
});

describe('an edited dead letter', () => {
  it('is sent as edited, ends as resolved, and keeps its original', async () => {
    const { id } = await poison('{"source":"e2e","externalId":"edited","contentType":"text/plain"');
    const value = Buffer.from(JSON.stringify(story('edited')));
    const request = { valueBase64: value.toString('base64'), reason: 'a brace was missing', requestId: randomUUID() };

    await expect(wire.ingest.editDeadLetter(id, request)).resolves.toEqual({ id, edit: 1 });
    await waitUntil(async () => (await stateOf(id)) === 'resolved', SOON_MS);
    const letter = await wire.ingest.showDeadLetter(id);
    expect(letter.resolution).toMatchObject({ outcome: 'done', revision: 1 });
    await expect(wire.waitForPublished([letter.resolution!.contentId!])).resolves.toEqual([]);
    expect(Buffer.from(letter.valueBase64!, 'base64').toString()).toMatch(/"text\/plain"$/);
    expect(letter.versions).toMatchObject([{ edit: 1, valueBase64: request.valueBase64, reason: request.reason }]);

    await expect(wire.ingest.editDeadLetter(id, request)).resolves.toEqual({ id, edit: 1 });
    await expect(wire.ingest.showDeadLetter(id)).resolves.toMatchObject({ replays: 1, edits: 1, state: 'resolved' });
    await expect(wire.ingest.editDeadLetter(id, { ...request, requestId: randomUUID() })).rejects.toMatchObject({
      status: 409,
      code: 'not-open',
    });
  });

  it('that fails otherwise than before opens again, with the original still there', async () => {
    const { id } = await poison('[');
    const value = Buffer.from(
      JSON.stringify({ ...story('edited-badly'), bodyBase64: 'aGk=', contentType: 'image/png' }),
    );
    const request = { valueBase64: value.toString('base64'), reason: 'try a picture', requestId: randomUUID() };
    await wire.ingest.editDeadLetter(id, request);
    await waitUntil(async () => (await wire.ingest.showDeadLetter(id)).replays === 1, SOON_MS);
    await waitUntil(async () => (await stateOf(id)) !== 'replayed', SOON_MS);
    const letter = await wire.ingest.showDeadLetter(id);
    expect(letter.state).toMatch(/^(open|parked)$/);
    expect(Buffer.from(letter.valueBase64!, 'base64').toString()).toBe('[');
  });

  it('must exist', async () => {
    const request = { reason: 'no such thing', requestId: randomUUID() };
    await expect(wire.ingest.editDeadLetter('content.submitted.v1/0/99', request)).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('a replay', () => {
  it('that a producer only claims touches nobody else’s dead letter', async () => {
    const { id } = await poison('{"mine"');
    const claimed = await poison('{"claimed"', { 'wireroom-dead-letter': `${randomUUID()} ${id}` });
    expect(claimed.id).not.toBe(id);
    await wire.publishRaw(Buffer.from(JSON.stringify(story('claims'))), 'a-key', {
      'wireroom-dead-letter': `${randomUUID()} ${id}`,
    });
    expect(await wire.waitForQuiet()).toBe(true);
    await expect(wire.ingest.showDeadLetter(id)).resolves.toMatchObject({ state: 'open', replays: 0 });
  });
});

it('leads whoever opens a service’s address in a browser to its documentation', async () => {
  const page = await fetch(wire.urlOf('publishing'));
  expect([page.status, new URL(page.url).pathname]).toEqual([200, '/docs']);
});

it('crashed no service', () => {
  expect(wire.unexpectedExits).toEqual([]);
});

async function membersOf(stage: string): Promise<number> {
  const admin = wire.kafka.admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([`wireroom-${stage}`]);
  await admin.disconnect();
  return groups[0]?.members.length ?? 0;
}

describe('a stage', () => {
  it.each(STAGES)('%s: its looks at itself and its sweeps read no whole collection', async (stage) => {
    const queries = await queriesDuring(wire, stage, async () => {
      const { contentId } = await wire.ingest.submit(story(`watched-${stage}`));
      await wire.waitForPublished([contentId]);
      await wire.clientOf(stage).status();
      // A sweep a second, and the figures for metrics and health every five.
      await sleep(6000);
    });
    const ofStage = queries.filter(({ namespace }) => namespace.startsWith(`wireroom_${stage}.`));
    expect(new Set(ofStage.map(({ namespace }) => namespace))).toContain(`wireroom_${stage}.outbox_batches`);
    expect(ofStage.filter(({ plan }) => plan.includes('COLLSCAN'))).toEqual([]);
  });
});
