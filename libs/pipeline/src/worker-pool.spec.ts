import { jest } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.js';

const WORK = `
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const hold = [];
let isWarm = false;
export const warmUp = async () => { isWarm = true; };
export default async (task) => {
  switch (task.do) {
    case 'double': return task.value * 2;
    case 'spin': for (;;);
    case 'hoard': for (;;) hold.push(new Array(1e5).fill(task.value + hold.length));
    case 'refuse': throw Object.assign(new Error('not today'), { code: 'not-today' });
    case 'break': return undefined.field;
    case 'warmth': return Number(isWarm);
    case 'quit': process.exit(3);
    case 'wait for': while (!existsSync(task.file)) await sleep(20); return task.value;
    case 'fill': for (const map = new Map(); ; ) map.set(map.size, map.size);
    case 'overgrow': return 'ab'.repeat(2 ** 27).split('').length;
    case 'throw later': setImmediate(() => { throw new Error('too late'); }); return new Promise(() => {});
    case 'interrupt': process.kill(process.pid, 'SIGINT'); return sleep(100, task.value);
    case 'call and spin': process.stdout.write('spinning'); for (;;);
  }
};
`;

describe('WorkerPool', () => {
  jest.setTimeout(30_000);

  let folder: string;
  let pool: WorkerPool<{ do: string; value?: number }, number>;
  const opened: (typeof pool)[] = [];

  const open = (options: Partial<WorkerPoolOptions> = {}): typeof pool => {
    pool = new WorkerPool(
      { worker: pathToFileURL(join(folder, 'work.mjs')), workers: 2, ...options },
      pathToFileURL(join(folder, 'worker-process.js')),
    );
    opened.push(pool);
    return pool;
  };

  /**
   * A pool in a process of its own, with the program that uses it. V8's report of a process out of memory stays there:
   * Jest takes one on the standard error of its own processes for theirs.
   */
  const own = (program: string): ChildProcessByStdio<null, Readable, null> => {
    const source = `import { WorkerPool } from './worker-pool.js';
      const worker = new URL('work.mjs', 'file://${folder}/');
      ${program}`;
    return spawn(process.execPath, ['--input-type=module', '--eval', source], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'worker-pool-'));
    writeFileSync(join(folder, 'work.mjs'), WORK);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const name of ['worker-process', 'orphan-watch', 'worker-pool', 'errors']) {
      const { code } = transformFileSync(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      });
      writeFileSync(join(folder, `${name}.js`), code);
    }
  });
  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('answers every task with its own result', async () => {
    open();
    const answers = await Promise.all([...Array(50).keys()].map((value) => pool.run({ do: 'double', value })));
    expect(answers).toEqual([...Array(50).keys()].map((value) => value * 2));
  });

  it('warms a process up before its first task', async () => {
    await expect(open().run({ do: 'warmth' })).resolves.toBe(1);
  });

  it('stops a task at its deadline, replaces the process and spares the neighbours', async () => {
    open();
    const stuck = pool.run({ do: 'spin' }, { deadlineMs: 200 });
    const neighbours = [1, 2, 3].map((value) => pool.run({ do: 'double', value }));
    await expect(stuck).rejects.toMatchObject({ name: 'PermanentError', code: 'timeout' });
    expect(await Promise.all(neighbours)).toEqual([2, 4, 6]);
    expect(await Promise.all([4, 5].map((value) => pool.run({ do: 'double', value })))).toEqual([8, 10]);
  });

  it('counts the deadline from the start of the task, not from the queue', async () => {
    open({ workers: 1, deadlineMs: 400 });
    const stuck = [1, 2, 3].map(() => pool.run({ do: 'spin' }, { deadlineMs: 300 }));
    const last = pool.run({ do: 'double', value: 4 });
    expect((await Promise.allSettled(stuck)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(await last).toBe(8);
  });

  it.each(['hoard', 'fill', 'overgrow'])(
    'outlives a task that takes more memory than it may (%s), with its neighbour',
    async (task) => {
      const owner = own(`
        import { writeFileSync } from 'node:fs';
        const pool = new WorkerPool({ worker, workers: 2, maxOldSpaceMb: 32 });
        const neighbour = pool.run({ do: 'wait for', file: 'after ${task}', value: 7 });
        const failure = await pool.run({ do: '${task}', value: 1 }).catch(({ name, code }) => [name, code]);
        writeFileSync('after ${task}', '');
        console.log(JSON.stringify([failure, await neighbour, await pool.run({ do: 'double', value: 1 })]));
        await pool.close();`);
      const [said] = (await once(owner.stdout, 'data')) as [Buffer];
      expect(JSON.parse(said.toString())).toEqual([['PermanentError', 'out-of-memory'], 7, 2]);
      await once(owner, 'close');
    },
  );

  it('keeps the code of an error, and leaves a bug a plain error', async () => {
    open();
    await expect(pool.run({ do: 'refuse' })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'not-today',
      message: 'not today',
    });
    await expect(pool.run({ do: 'break' })).rejects.toMatchObject({ name: 'Error' });
  });

  it('calls a process that ended by itself a passing trouble', async () => {
    open();
    await expect(pool.run({ do: 'quit' })).rejects.toMatchObject({ name: 'TransientError', code: 'worker-died' });
  });

  it('tells an error that was thrown outside of the course of a task', async () => {
    open();
    await expect(pool.run({ do: 'throw later' })).rejects.toThrow('too late');
    expect(await pool.run({ do: 'double', value: 1 })).toBe(2);
  });

  it('finishes its work although the Ctrl-C of a terminal reaches its processes', async () => {
    await expect(open().run({ do: 'interrupt', value: 5 })).resolves.toBe(5);
  });

  it('leaves no process behind when its own is killed, whatever that is at', async () => {
    const owner = own(`await new WorkerPool({ worker, workers: 1 }).run({ do: 'call and spin' });`);
    await once(owner.stdout, 'data');
    owner.kill('SIGKILL');
    // The worker holds the other end of this pipe as long as it lives.
    await once(owner, 'close');
  });

  it('says what is wrong with a worker that cannot start', async () => {
    open({ worker: pathToFileURL(join(folder, 'missing.mjs')) });
    await expect(Promise.all([1, 2, 3].map((value) => pool.run({ do: 'double', value })))).rejects.toThrow(/missing/);
  });
});
