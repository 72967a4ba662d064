import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hasDockerCompose, startDocker } from './docker-backends.js';
import type { RunTool, ToolResult } from './run-tool.js';

const DONE: ToolResult = { code: 0, output: '', errors: '' };
const FAILED: ToolResult = { code: 1, output: '', errors: 'Error: pull access denied' };

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wireroom-docker-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

/** Answers by the compose command, such as `up`, and keeps every call. */
function docker(answers: Record<string, ToolResult>) {
  const calls: { args: string[]; env: NodeJS.ProcessEnv }[] = [];
  const run: RunTool = async (_command, args, options) => {
    calls.push({ args, env: options?.env ?? {} });
    return answers[args.find((arg) => arg in answers) ?? ''] ?? DONE;
  };
  return { calls, run };
}

function start(run: RunTool, fresh = false) {
  const context = { dir, cacheDir: dir, env: {}, run, onProgress: () => {}, onServerExit: () => {} };
  return startDocker(context, '/project/docker-compose.yml', ['kafka', 'mongo'], fresh);
}

describe('hasDockerCompose', () => {
  it.each([
    ['both answer', {}, true],
    ['compose is not installed', { compose: FAILED }, false],
    ['no engine answers', { info: FAILED }, false],
  ])('when %s', async (_case, answers, expected) => {
    expect(await hasDockerCompose({ env: {}, run: docker(answers).run })).toBe(expected);
  });
});

describe('startDocker', () => {
  it('brings up only the two servers, under a project of its own, on ports that are free here', async () => {
    const { calls, run } = docker({ up: FAILED });
    await expect(start(run)).rejects.toMatchObject({
      code: 'docker-failed',
      message: expect.stringMatching(/pull access denied.*WIREROOM_BACKENDS=local/),
    });
    const up = calls.at(-1);
    expect(up?.args).toEqual([
      ...['compose', '--project-name', expect.stringMatching(/^wireroom-[0-9a-f]{8}$/)],
      ...['--file', '/project/docker-compose.yml', 'up', '--detach', 'kafka', 'mongo'],
    ]);
    expect(up?.env).toEqual({
      KAFKA_HOST_PORT: expect.stringMatching(/^\d+$/),
      MONGO_HOST_PORT: expect.stringMatching(/^\d+$/),
    });
  });

  it('keeps the ports of containers that an earlier run left up', async () => {
    const { calls, run } = docker({ port: { ...DONE, output: '127.0.0.1:23456' }, up: FAILED });
    await start(run).catch(() => {});
    expect(calls.at(-1)?.env['KAFKA_HOST_PORT']).toBe('23456');
  });

  it('drops the volumes first when it is to begin anew', async () => {
    const { calls, run } = docker({ up: FAILED });
    await start(run, true).catch(() => {});
    expect(calls[0]?.args).toEqual(expect.arrayContaining(['down', '--volumes']));
  });
});
