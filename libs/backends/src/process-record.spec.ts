import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { identify, isAlive, parseProcStat, readRecord, writeRecord } from './process-record.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wireroom-pid-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

describe('process records', () => {
  it('recognise the process they were written for', async () => {
    const file = join(dir, 'self.pid');
    await writeRecord(file, process.pid);
    const record = await readRecord(file);
    expect(record && (await isAlive(record.process))).toBe(true);
  });

  it('do not take a later process for it', async () => {
    const self = await identify(process.pid);
    expect(self && (await isAlive({ ...self, startedAt: '1' }))).toBe(false);
    expect(self && (await isAlive({ ...self, command: 'another program' }))).toBe(false);
  });

  it('are no record when half written or of another shape', async () => {
    const file = join(dir, 'broken.pid');
    for (const content of ['{"process":', '4711', '{"process":{"pid":"1"},"owner":{}}']) {
      await writeFile(file, content);
      expect(await readRecord(file)).toBeUndefined();
    }
  });
});

describe('parseProcStat', () => {
  it('is not misled by brackets and spaces in the name', () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 4).join(' ');
    expect(parseProcStat(`99 (odd) name) S ${numbers}`)).toEqual({ state: 'S', startedAt: '22' });
  });
});
