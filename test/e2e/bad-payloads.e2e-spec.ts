import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { CONTENT_KINDS, type ErrorAnswer } from '@wireroom/contracts';
import { badPayloads } from './bad-payloads.js';
import { Wire, story } from './wire.js';

jest.setTimeout(180_000);

const payloads = badPayloads();
let wire: Wire;

beforeAll(async () => {
  wire = await Wire.start();
  await wire.startAll();
});
afterAll(async () => {
  await wire.stop();
});

it('has two hundred of them', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200);
  expect(CONTENT_KINDS).toContain('retraction');
});

it('by HTTP: each is answered 400 with the field at fault, and nothing is stored', async () => {
  const wrong: string[] = [];
  for (const { what, bytes, field } of payloads) {
    const response = await fetch(`${wire.urlOf('ingest')}/v1/content`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bytes,
    });
    const { code, faults = [] } = (await response.json()) as ErrorAnswer;
    const named = faults.some((fault) => fault.field.split(/[.[]/).includes(field) || fault.field === field);
    if (response.status !== 400 || code !== 'contract-violation' || !named) {
      wrong.push(`${what}: ${response.status} ${code} ${JSON.stringify(faults)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(await (await wire.database('ingest')).collection('raw_items').countDocuments()).toBe(0);
});

it('by topic: each becomes a dead letter with its bytes, and what stands beside it goes through', async () => {
  const before = await wire.publish(story('before-the-bad'));
  for (const { bytes } of payloads) await wire.publishRaw(bytes);
  const after = await wire.publish(story('after-the-bad'));
  await expect(wire.waitForPublished([before, after])).resolves.toEqual([]);
  expect(await wire.waitForQuiet()).toBe(true);

  const database = await wire.database('ingest');
  const letters = await database.collection('dead_letters').find().toArray();
  const kept = letters
    .map(({ value }) => (value as { buffer: Uint8Array }).buffer)
    .map((bytes) => Buffer.from(bytes).toString('base64'));
  expect(kept.sort()).toEqual(payloads.map(({ bytes }) => bytes.toString('base64')).sort());
  expect(new Set(letters.map(({ code }) => code as string))).toEqual(new Set(['contract-violation']));
  expect(await database.collection('raw_items').countDocuments()).toBe(2);
});

it('a message without a value is a dead letter too', async () => {
  await wire.publishRaw(null, 'some-key');
  expect(await wire.waitForQuiet()).toBe(true);
  const { total } = await wire.ingest.listDeadLetters({});
  expect(total).toBe(payloads.length + 1);
});

it('no request or query reaches for an operator', async () => {
  for (const query of [
    '?status[$ne]=x',
    '?source[$gt]=',
    '?limit=0',
    '?limit=abc',
    '?cursor=zzz',
    '?since=yesterday',
    '?populate[match][$where]=1',
  ]) {
    const response = await fetch(`${wire.urlOf('publishing')}/v1/articles${query}`);
    expect({ query, status: response.status }).toEqual({ query, status: 400 });
  }
  for (const id of ['x', '%00', '..%2f..%2fetc', '{"$ne":null}']) {
    const response = await fetch(`${wire.urlOf('publishing')}/v1/articles/${encodeURIComponent(id)}`);
    expect({ id, status: response.status }).toEqual({ id, status: 400 });
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
