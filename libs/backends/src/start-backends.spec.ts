import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunTool } from './run-tool.js';
import { pickPort } from './ports.js';
import { originsFrom, startBackends } from './start-backends.js';

const nothingInstalled: RunTool = async () => ({ code: undefined, output: '', errors: '' });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wireroom-backends-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

function start(env: NodeJS.ProcessEnv, run = nothingInstalled) {
  return startBackends({ dir, cacheDir: join(dir, 'cache'), env, run });
}

describe('startBackends', () => {
  it('says which variable is wrong when its servers do not answer', async () => {
    const KAFKA_BROKERS = `127.0.0.1:${await pickPort()}`;
    await expect(start({ KAFKA_BROKERS })).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: expect.stringContaining(KAFKA_BROKERS),
    });
  });

  it('keeps the password of MONGODB_URI to itself', async () => {
    const MONGODB_URI = 'mongodb:/reader:s3cret@nowhere';
    const failure = await start({ MONGODB_URI }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'mongo-unreachable' });
    expect(String(failure)).not.toContain('s3cret');
  });

  it('asks for Java on a machine that has nothing', async () => {
    await expect(start({})).rejects.toMatchObject({ code: 'java-missing' });
  });

  it('names what is missing when local processes are not wanted', async () => {
    const starting = startBackends({ dir, env: {}, origins: ['env'], run: nothingInstalled });
    await expect(starting).rejects.toMatchObject({ code: 'no-source' });
  });
});

describe('WIREROOM_BACKENDS', () => {
  it.each([
    [undefined, ['env', 'docker', 'local']],
    ['local', ['local']],
    ['local, env', ['env', 'local']],
  ])('as %s allows %j', (WIREROOM_BACKENDS, origins) => {
    expect(originsFrom({ WIREROOM_BACKENDS })).toEqual(origins);
  });
});
