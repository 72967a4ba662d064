import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stopLeftovers } from './leftover.js';
import { pickPort } from './ports.js';
import { identify, isAlive, readRecord } from './process-record.js';
import { ServiceProcess, type ServiceSpec } from './service-process.js';
import { pauseBefore, Supervisor } from './supervisor.js';
import { waitUntil } from './wait.js';

/** A service that answers on PORT; MODE makes it misbehave. */
const SERVICE = `
  const { createServer } = require('node:http');
  const { MODE, PORT } = process.env;
  if (MODE === 'dies') { console.error('Error: no configuration'); process.exit(3); }
  if (MODE === 'stubborn') process.on('SIGTERM', () => {});
  else process.on('SIGTERM', () => process.exit(0));
  createServer((request, response) => {
    response.statusCode = MODE === 'never-ready' ? 503 : 200;
    response.end(() => { if (request.url === '/crash') process.exit(9); });
  }).listen(Number(PORT), '127.0.0.1');
`;

let dir: string;
let port: number;
let running: { stop(): Promise<unknown> }[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wireroom-service-'));
  port = await pickPort();
  running = [];
  await writeFile(join(dir, 'service.cjs'), SERVICE);
});
afterEach(async () => {
  for (const each of running) await each.stop();
  await rm(dir, { recursive: true });
});

function spec(mode: string, overrides: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    name: 'desk',
    script: join(dir, 'service.cjs'),
    env: { PORT: String(port), MODE: mode },
    logFile: join(dir, 'logs', 'desk.log'),
    pidFile: join(dir, 'desk.pid'),
    readyUrl: `http://127.0.0.1:${port}/`,
    readyTimeoutMs: 10_000,
    ...overrides,
  };
}

function service(mode: string, overrides?: Partial<ServiceSpec>): ServiceProcess {
  const made = new ServiceProcess(spec(mode, overrides));
  running.push(made);
  return made;
}

async function crash(): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/crash`).catch(() => {});
}

describe('ServiceProcess', () => {
  it('is ready after start and reports a clean exit after stop', async () => {
    const desk = service('good');
    await desk.start();
    expect(await desk.isReady()).toBe(true);
    expect(await desk.stop()).toEqual({ code: 0, signal: null });
    expect(desk.pid).toBeUndefined();
  });

  it('stops twice without complaint', async () => {
    const desk = service('good');
    await desk.start();
    const [first, second] = await Promise.all([desk.stop(), desk.stop()]);
    expect(first).toEqual(second);
  });

  it('kills what ignores SIGTERM once the grace is over', async () => {
    const desk = service('stubborn', { graceMs: 100 });
    await desk.start();
    expect(await desk.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('stops a paused one in order', async () => {
    const desk = service('good');
    await desk.start();
    desk.pause();
    expect(await desk.stop()).toEqual({ code: 0, signal: null });
  });

  it("gives the log's reason when it dies while starting", async () => {
    await expect(service('dies').start()).rejects.toMatchObject({
      code: 'server-died',
      message: 'desk died while starting (Error: no configuration).',
    });
  });

  it('does not leave one running that never became ready', async () => {
    const desk = service('never-ready', { readyTimeoutMs: 500 });
    await expect(desk.start()).rejects.toMatchObject({ code: 'server-not-ready' });
    expect(desk.isRunning).toBe(false);
  });

  it('keeps what it prints, over one restart', async () => {
    const desk = service('dies');
    await desk.start().catch(() => {});
    await desk.start().catch(() => {});
    for (const log of [desk.spec.logFile, `${desk.spec.logFile}.1`]) {
      expect(await readFile(log, 'utf8')).toBe('Error: no configuration\n');
    }
  });
});

describe('pid file', () => {
  it('refuses a second launcher while the first lives', async () => {
    await service('good').start();
    await expect(service('good').start()).rejects.toMatchObject({ code: 'already-running' });
  });

  it('lets the next run stop exactly what a crashed one left', async () => {
    const leftover = spawn(process.execPath, [join(dir, 'service.cjs')], { env: { PORT: String(port) } });
    await once(leftover, 'spawn');
    const pidFile = join(dir, 'desk.pid');
    await writeLeftoverRecord(pidFile, leftover.pid ?? 0);
    const record = await readRecord(pidFile);

    await stopLeftovers(dir);

    expect(record && (await isAlive(record.process))).toBe(false);
    expect(await readRecord(pidFile)).toBeUndefined();
  });

  it('leaves alone a process that only has the same pid', async () => {
    const stranger = spawn(process.execPath, [join(dir, 'service.cjs')], { env: { PORT: String(await pickPort()) } });
    await once(stranger, 'spawn');
    const pidFile = join(dir, 'desk.pid');
    await writeLeftoverRecord(pidFile, stranger.pid ?? 0, { startedAt: 'earlier' });

    await service('good').start();

    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill('SIGKILL');
    await once(stranger, 'exit');
  });

  async function writeLeftoverRecord(file: string, pid: number, changes = {}): Promise<void> {
    const owner = { pid: 1, startedAt: 'long ago', command: 'a launcher that crashed' };
    await writeFile(file, JSON.stringify({ process: { ...(await identify(pid)), ...changes }, owner }));
  }
});

describe('Supervisor', () => {
  it('brings back a service that ended by itself', async () => {
    const restarts: number[] = [];
    const supervisor = new Supervisor(spec('good'), { onRestart: (n) => restarts.push(n) }, { firstPauseMs: 10 });
    running.push(supervisor);
    await supervisor.start();
    const before = supervisor.service.pid;
    await crash();
    await waitUntil(() => supervisor.service.pid !== before && supervisor.service.isReady().catch(() => false), 10_000);
    expect(supervisor.service.isRunning).toBe(true);
    expect(restarts).toEqual([1]);
  });

  it('gives up on one that keeps dying', async () => {
    let gaveUp = false;
    const events = { onGiveUp: () => void (gaveUp = true) };
    const supervisor = new Supervisor(spec('good'), events, { firstPauseMs: 10, maxRestarts: 2 });
    running.push(supervisor);
    await supervisor.start();
    await writeFile(join(dir, 'service.cjs'), 'process.exit(1)');
    await crash();
    expect(await waitUntil(() => gaveUp, 10_000)).toBe(true);
    expect(supervisor.service.isRunning).toBe(false);
  });

  it('does not bring back what was stopped', async () => {
    const exits: unknown[] = [];
    const supervisor = new Supervisor(spec('good'), { onExit: (exit) => exits.push(exit) }, { firstPauseMs: 10 });
    await supervisor.start();
    expect(await supervisor.stop()).toEqual({ code: 0, signal: null });
    expect(exits).toEqual([]);
  });

  it('waits longer each time, up to a limit', () => {
    const policy = { firstPauseMs: 500, longestPauseMs: 3000, maxRestarts: 9, healthyAfterMs: 1 };
    expect([1, 2, 3, 4].map((restart) => pauseBefore(restart, policy))).toEqual([500, 1000, 2000, 3000]);
  });
});
