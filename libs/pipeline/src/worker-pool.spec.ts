import { jest } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.js';

const WORK = `
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
  }
};
`;

describe('WorkerPool', () => {
  jest.setTimeout(30_000);

  let folder: string;
  let pool: WorkerPool<{ do: string; value?: number }, number>;

  const open = (options: Partial<WorkerPoolOptions> = {}): typeof pool => {
    pool = new WorkerPool(
      { worker: pathToFileURL(join(folder, 'work.mjs')), threads: 2, ...options },
      pathToFileURL(join(folder, 'entry.mjs')),
    );
    return pool;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'worker-pool-'));
    writeFileSync(join(folder, 'work.mjs'), WORK);
    const entry = transformFileSync(fileURLToPath(new URL('./worker-thread.ts', import.meta.url)), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    writeFileSync(join(folder, 'entry.mjs'), entry.code);
  });
  afterEach(() => pool.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('answers every task with its own result', async () => {
    open();
    const answers = await Promise.all([...Array(50).keys()].map((value) => pool.run({ do: 'double', value })));
    expect(answers).toEqual([...Array(50).keys()].map((value) => value * 2));
  });

  it('warms a thread up before its first task', async () => {
    await expect(open().run({ do: 'warmth' })).resolves.toBe(1);
  });

  it('stops a task at its deadline, replaces the thread and spares the neighbours', async () => {
    open();
    const stuck = pool.run({ do: 'spin' }, { deadlineMs: 200 });
    const neighbours = [1, 2, 3].map((value) => pool.run({ do: 'double', value }));
    await expect(stuck).rejects.toMatchObject({ name: 'PermanentError', code: 'timeout' });
    expect(await Promise.all(neighbours)).toEqual([2, 4, 6]);
    expect(await Promise.all([4, 5].map((value) => pool.run({ do: 'double', value })))).toEqual([8, 10]);
  });

  it('counts the deadline from the start of the task, not from the queue', async () => {
    open({ threads: 1, deadlineMs: 400 });
    const stuck = [1, 2, 3].map(() => pool.run({ do: 'spin' }, { deadlineMs: 300 }));
    const last = pool.run({ do: 'double', value: 4 });
    expect((await Promise.allSettled(stuck)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(await last).toBe(8);
  });

  it('names a task that takes more memory than it may', async () => {
    open({ maxOldSpaceMb: 32 });
    await expect(pool.run({ do: 'hoard', value: 1 })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'out-of-memory',
    });
    expect(await pool.run({ do: 'double', value: 1 })).toBe(2);
  });

  it('keeps the code of an error, and leaves a bug a plain error', async () => {
    open();
    await expect(pool.run({ do: 'refuse' })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'not-today',
      message: 'not today',
    });
    await expect(pool.run({ do: 'break' })).rejects.toMatchObject({ name: 'Error' });
  });

  it('calls a thread that ended by itself a passing trouble', async () => {
    open();
    await expect(pool.run({ do: 'quit' })).rejects.toMatchObject({ name: 'TransientError', code: 'worker-died' });
  });

  it('says what is wrong with a worker that cannot start', async () => {
    open({ worker: pathToFileURL(join(folder, 'missing.mjs')) });
    await expect(Promise.all([1, 2, 3].map((value) => pool.run({ do: 'double', value })))).rejects.toThrow(/missing/);
  });
});
