import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import {
  type DeadLetterSummary,
  type NowAnswer,
  type Redrive,
  type RedriveItem,
  STAGES,
  contentIdOf,
} from '@wireroom/contracts';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { OPS_TOKEN, Wire, story } from './wire.js';

jest.setTimeout(240_000);

const SOON_MS = 60_000;
const WIREROOM = resolve(import.meta.dirname, '../../apps/cli/bin/wireroom.mjs');
/** More than a page, and more than a redrive of the ramp's first waves. */
const BROKEN = 60;
const MENDED = 40;

let wire: Wire;

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
  await wire.startService('console', { OPS_TOKEN });
  for (let n = 0; n < BROKEN; n++) await wire.publishRaw(Buffer.from(`{"source":"broken","n":${n}`), `key-${n}`);
  await waitUntil(async () => (await waiting()).length === BROKEN, SOON_MS);
});

afterAll(async () => {
  await wire?.stop();
});

async function waiting(): Promise<DeadLetterSummary[]> {
  return (await wire.ingest.listDeadLetters({ state: 'waiting', limit: 500 })).items;
}

async function redriveUntil(id: string, is: (redrive: Redrive) => boolean): Promise<Redrive> {
  let redrive = await wire.console.redrive(id);
  await waitUntil(async () => is((redrive = await wire.console.redrive(id))), SOON_MS, 100);
  return redrive;
}

function base64(value: object | string): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
}

describe('failures', () => {
  it('are grouped by stage, code and source, and every group leads to its dead letters', async () => {
    const { groups } = await wire.console.failures();
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      stage: 'ingest',
      code: 'contract-violation',
      counts: { open: BROKEN, parked: 0, replayed: 0, resolved: 0, discarded: 0 },
      total: BROKEN,
    });
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await wire.console.deadLetters({
        stage: 'ingest',
        code: 'contract-violation',
        source: '',
        limit: 25,
        cursor,
      });
      expect(page.total).toBe(BROKEN);
      page.items.forEach(({ id }) => seen.add(id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.size).toBe(BROKEN);
    await expect(wire.console.failures({ stage: 'enrichment' })).resolves.toMatchObject({ groups: [] });
  });

  it('show what the contract says against a message, and whether an edited one would be read', async () => {
    const [letter] = await waiting();
    await expect(wire.console.deadLetter('ingest', letter!.id)).resolves.toMatchObject({
      faults: [{ field: '(root)', reason: expect.stringMatching(/^is not JSON/) }],
    });
    await expect(wire.console.checkMessage('ingest', { valueBase64: base64(story('checked')) })).resolves.toEqual({
      readable: true,
      faults: [],
    });
    await expect(wire.console.checkMessage('ingest', { valueBase64: base64({ source: 'x' }) })).resolves.toMatchObject({
      readable: false,
    });
  });

  it('give the original bytes out as a download', async () => {
    const [letter] = await waiting();
    const { valueBase64 } = await wire.ingest.showDeadLetter(letter!.id);
    const path = `/v1/ops/dead-letters/ingest/${encodeURIComponent(letter!.id)}/download`;
    const response = await fetch(`${wire.urlOf('console')}${path}`, {
      headers: { authorization: `Bearer ${OPS_TOKEN}` },
    });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="content\.submitted/);
    expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(valueBase64);
  });
});

describe('an edited dead letter', () => {
  it('is replayed as edited, published, and keeps its original; the same request again does nothing', async () => {
    const [letter] = await waiting();
    const request = { valueBase64: base64(story('mended')), reason: 'the end was cut off', requestId: randomUUID() };
    const answer = await wire.console.editAndReplay('ingest', letter!.id, request);
    expect(answer).toEqual({ requestId: request.requestId, id: letter!.id, edit: 1 });
    const contentId = contentIdOf(story('mended'));
    await expect(wire.waitForPublished([contentId])).resolves.toEqual([]);
    await expect(wire.console.editAndReplay('ingest', letter!.id, request)).resolves.toEqual(answer);

    const now = await wire.console.deadLetter('ingest', letter!.id);
    expect(now).toMatchObject({ state: 'resolved', replays: 1, edits: 1, resolution: { outcome: 'done', contentId } });
    expect(Buffer.from(now.valueBase64!, 'base64').toString()).toMatch(/^\{"source":"broken"/);
    const { entries } = await wire.console.listAudit({ action: 'dead-letters.edit-and-replay' });
    expect(entries).toMatchObject([{ id: request.requestId, result: 'done', reason: request.reason }]);
  });
});

describe('one action', () => {
  it('tells first what it would take, takes it once, and is refused without a choice', async () => {
    const ids = (await waiting()).slice(0, 2).map(({ id }) => id);
    const request = { stage: 'ingest' as const, ids, reason: 'a test of the producer', requestId: randomUUID() };
    await expect(wire.console.discardDeadLetters({ ...request, dryRun: true })).resolves.toMatchObject({ affected: 2 });
    const done = await wire.console.discardDeadLetters(request);
    expect([...done.ids].sort()).toEqual([...ids].sort());
    await expect(wire.console.discardDeadLetters(request)).resolves.toEqual(done);
    await expect(wire.console.discardDeadLetters({ ...request, requestId: randomUUID() })).resolves.toMatchObject({
      affected: 0,
    });
    await expect(wire.console.replayDeadLetters({ stage: 'ingest', requestId: randomUUID() })).rejects.toMatchObject({
      status: 400,
      faults: [{ field: 'ids' }],
    });
  });

  it('parks what fails again as before', async () => {
    const [letter] = await waiting();
    await wire.console.replayDeadLetters({ stage: 'ingest', ids: [letter!.id], requestId: randomUUID() });
    await waitUntil(async () => (await wire.ingest.showDeadLetter(letter!.id)).state === 'parked', SOON_MS);
    const { groups } = await wire.console.failures({ state: 'parked' });
    expect(groups).toMatchObject([{ counts: { parked: 1, open: 0 } }]);
  });
});

describe('the command line', () => {
  const ENDED = { code: 0, stderr: '' };

  it('shows the stages, an item and dead letters by the console’s API, with a viewer’s token', async () => {
    const { token } = await wire.console.createToken({ name: 'a screen', role: 'viewer', requestId: randomUUID() });
    const status = await wireroom(token, 'status', '--json');
    expect(status).toMatchObject(ENDED);
    expect((JSON.parse(status.stdout) as NowAnswer).stages.map(({ stage }) => stage)).toEqual([...STAGES]);

    const shown = await wireroom(token, 'show', contentIdOf(story('mended')));
    expect(shown).toMatchObject(ENDED);
    expect(shown.stdout).toMatch(/^revision 1 published$/m);

    const [letter] = await waiting();
    const listed = await wireroom(token, 'dead', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject({ total: (await waiting()).length });
    await expect(wireroom(token, 'dead', 'show', letter!.id, '--raw')).resolves.toMatchObject({
      ...ENDED,
      stdout: expect.stringMatching(/^\{"source":"broken","n":\d+$/),
    });

    const refused = await wireroom(token, 'dead', 'replay', letter!.id);
    expect(refused.stderr).toContain('may not do that: this needs the role operator; yours is viewer');
    expect(refused.code).toBe(1);
    await expect(wireroom('no.token', 'status')).resolves.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the console knows no such token'),
    });
  });

  it('replays what it is told, waits for the end and shows it', async () => {
    const open = (await waiting()).filter(({ state }) => state === 'open');
    const { id } = open[0]!;
    const parked = await wireroom(OPS_TOKEN, 'dead', 'replay', id, '--reason', 'a second look', '--json');
    expect(parked).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(parked.stdout)).toMatchObject({
      replayed: 1,
      items: [{ id, outcome: 'failed again, parked', code: 'contract-violation', isWell: false }],
    });

    const choice = ['dead', 'replay', '--stage', 'ingest', '--yes'];
    const unasked = await wireroom(OPS_TOKEN, ...choice.slice(0, -1));
    expect(unasked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`replay ${open.length - 1} dead letters`),
    });
    await expect(wireroom(OPS_TOKEN, ...choice)).resolves.toMatchObject({ code: 2 });
    const held = await wireroom(OPS_TOKEN, ...choice, '--reason', 'are they mended?');
    expect(held).toMatchObject({ code: 1, stdout: expect.stringMatching(/^redrive \S+ held: /) });
    const [redrive] = (await wire.console.redrives()).items;
    expect(redrive).toMatchObject({ state: 'held', total: open.length - 1, reason: 'are they mended?' });
    await wire.console.stopRedrive(redrive!.id, { requestId: randomUUID() });
    await redriveUntil(redrive!.id, ({ endedAt }) => endedAt !== undefined);
  });
});

describe('a redrive', () => {
  it('counts first, sends the first wave, and holds itself when that fails again', async () => {
    const filter = { stage: 'ingest' as const, code: 'contract-violation' };
    const { count } = await wire.console.previewRedrive({ filter });
    expect(count).toBe((await wire.ingest.listDeadLetters({ state: 'open' })).total);

    const request = { filter, ratePerSecond: 50, reason: 'are they mended?', requestId: randomUUID() };
    const started = await wire.console.startRedrive(request);
    expect(started).toMatchObject({ id: request.requestId, total: count, state: 'running', wave: 1 });
    const held = await redriveUntil(started.id, ({ state }) => state === 'held');
    expect(held).toMatchObject({
      state: 'held',
      note: 'the first one failed again',
      counts: { parked: 1, waiting: count - 1 },
    });

    await wire.console.stopRedrive(started.id, { requestId: randomUUID() });
    const stopped = await redriveUntil(started.id, ({ endedAt }) => endedAt !== undefined);
    expect(stopped).toMatchObject({ state: 'stopped', counts: { parked: 1, left: count - 1, waiting: 0 } });
    await expect(wire.console.resumeRedrive(started.id, { requestId: randomUUID() })).rejects.toMatchObject({
      status: 409,
      code: 'wrong-state',
    });
    expect((await wire.ingest.listDeadLetters({ state: 'open' })).total).toBe(count - 1);
  });

  it('of mended items goes at its rate, pauses, resumes, and follows each to the reader', async () => {
    await failAndMend('first');
    const open = (await wire.enrichment.listDeadLetters({ state: 'open', limit: 500 })).total;
    expect(open).toBe(MENDED);
    const { id } = await wire.console.startRedrive({
      filter: { stage: 'enrichment' },
      ratePerSecond: 3,
      ramp: [1, 2],
      reason: 'the store is back',
      requestId: randomUUID(),
    });
    await redriveUntil(id, ({ wave, counts }) => wave === undefined && counts.waiting <= MENDED - 6);
    const paused = await wire.console.pauseRedrive(id, { requestId: randomUUID() });
    expect(paused.state).toBe('paused');
    const quiet = await redriveUntil(id, ({ counts }) => counts.sent === 0 && counts.underWay === 0);
    await expect(wire.console.redrive(id)).resolves.toMatchObject({ counts: quiet.counts });
    expect(quiet.counts.waiting).toBeGreaterThan(0);

    await wire.console.resumeRedrive(id, { requestId: randomUUID() });
    const finished = await redriveUntil(id, ({ endedAt }) => endedAt !== undefined);
    expect(finished).toMatchObject({
      state: 'finished',
      counts: { published: MENDED, waiting: 0, sent: 0, underWay: 0 },
    });
    const { items } = await wire.console.redriveItems(id, { limit: 500 });
    expect(items.every(({ outcome, outcomeStage }) => outcome === 'published' && outcomeStage === 'publishing')).toBe(
      true,
    );
    // What is saved up in a second at most, and the second’s own.
    expect(longestBurst(items)).toBeLessThanOrEqual(6);
    expect((await wire.console.redrives()).items.map((redrive) => redrive.id)[0]).toBe(id);
  });

  it('goes on where it was when the console was killed in the middle', async () => {
    await failAndMend('second');
    const { id } = await wire.console.startRedrive({
      filter: { stage: 'enrichment' },
      ratePerSecond: 3,
      ramp: [],
      reason: 'the store is back',
      requestId: randomUUID(),
    });
    await redriveUntil(id, ({ counts }) => counts.waiting <= MENDED - 6);
    await wire.services.get('console')!.kill();
    await wire.startService('console', { OPS_TOKEN });
    const finished = await redriveUntil(id, ({ endedAt }) => endedAt !== undefined);
    expect(finished).toMatchObject({ state: 'finished', counts: { published: MENDED } });
  });
});

/**
 * Hands in items that travel by reference while enrichment can't reach ingest, so that they become dead letters; then
 * lets it reach ingest again.
 */
async function failAndMend(name: string): Promise<void> {
  await wire.services.get('enrichment')!.stop();
  await wire.startService('enrichment', { INGEST_URL: 'http://127.0.0.1:9', STAGE_MAX_ATTEMPTS: '1' });
  const padding = `<!-- ${'x'.repeat(600_000)} -->`;
  for (let n = 0; n < MENDED; n++) {
    const id = `${name}-${n}`;
    const body = `<html><body><article><h1>${id}</h1><p>${story(id).body!}</p></article>${padding}</body></html>`;
    await wire.ingest.submit({ source: 'e2e', externalId: id, contentType: 'text/html', body });
  }
  await waitUntil(async () => (await wire.enrichment.listDeadLetters({ state: 'open' })).total === MENDED, SOON_MS);
  await wire.services.get('enrichment')!.stop();
  await wire.startService('enrichment');
}

/** Runs the command as a person would, who has this token and knows the console's address. */
async function wireroom(token: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env['PATH'],
    NO_COLOR: '1',
    WIREROOM_CONSOLE_URL: wire.urlOf('console'),
    WIREROOM_CONSOLE_TOKEN: token,
  };
  return new Promise((resolveRun) => {
    execFile(process.execPath, [WIREROOM, ...args], { env }, (error, stdout, stderr) =>
      resolveRun({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** Most items sent within one second. */
function longestBurst(items: RedriveItem[]): number {
  const times = items.map(({ sentAt }) => Date.parse(sentAt!)).sort((a, b) => a - b);
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + 1000).length));
}
