import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { PermanentError, TransientError } from './errors.js';
import type { PlainError, WorkerMessage } from './worker-process.js';

export interface WorkerPoolOptions {
  /**
   * Compiled module whose default export is the work: `(task) => result`, plain or async. An export `warmUp` is run at
   * a process's start.
   */
  worker: URL;
  /** Processes, and so tasks under way at once; the number of cores by default. */
  workers?: number;
  /** How long one task may take once a process has it, milliseconds. Waiting and a process's start don't count. */
  deadlineMs?: number;
  /** Heap of one process, MB. What lies outside the V8 heap (buffers) isn't counted. */
  maxOldSpaceMb?: number;
}

const DEFAULT_DEADLINE_MS = 10_000;
const DEFAULT_OLD_SPACE_MB = 512;

/**
 * Runs tasks in processes of their own, each with a time and a memory limit. A task that breaks one costs its process,
 * which is replaced, and nothing else: its neighbours go on and the queue keeps its order. Processes start when there is
 * work for them. The queue has no bound of its own; a caller that streams limits what it has under way.
 *
 * Not threads: one that runs out of memory, or is stopped in native code, can take the whole process with it (ADR 22).
 */
export class WorkerPool<TTask, TResult> {
  readonly workers: number;
  private readonly deadlineMs: number;
  private readonly crew = new Set<Worker<TTask, TResult>>();
  private readonly queue: Job<TTask, TResult>[] = [];
  private readonly underWay = new Set<Promise<unknown>>();
  private closed = false;

  /** `entry` is what a process boots with; tests, which run from source, hand in a compiled one. */
  constructor(
    private readonly options: WorkerPoolOptions,
    private readonly entry: URL = new URL('./worker-process.js', import.meta.url),
  ) {
    this.workers = options.workers ?? availableParallelism();
    this.deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  }

  /**
   * Runs one task; task and result cross by structured clone.
   *
   * @throws PermanentError `timeout` or `out-of-memory` for a task that broke its limit, and with the code of
   *   the worker's own error where that has one (kebab case).
   * @throws TransientError `worker-died` when the process ended for no reason of the task's that is known.
   * @throws Error, with the worker's stack, for an error without code: a bug.
   */
  async run(task: TTask, { deadlineMs = this.deadlineMs }: { deadlineMs?: number } = {}): Promise<TResult> {
    if (this.closed) throw new Error('the worker pool is closed');
    const answer = new Promise<TResult>((resolve, reject) => {
      this.queue.push({ task, deadlineMs, resolve, reject });
    });
    this.underWay.add(answer);
    this.assign();
    try {
      return await answer;
    } finally {
      this.underWay.delete(answer);
    }
  }

  /** Whether any task is waiting or under way. */
  get isBusy(): boolean {
    return this.underWay.size > 0;
  }

  /** Finishes what was handed in, then stops all processes. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
    await Promise.all([...this.crew].map((worker) => worker.stop()));
    this.crew.clear();
  }

  private assign(): void {
    for (const worker of this.crew) {
      if (!worker.isIdle) continue;
      const job = this.queue.shift();
      if (!job) return;
      worker.take(job);
    }
    const starting = [...this.crew].filter((worker) => worker.isStarting).length;
    const wanted = Math.min(this.queue.length - starting, this.workers - this.crew.size);
    for (let count = 0; count < wanted; count++) this.hire();
  }

  private hire(): void {
    const child = fork(this.entry, [this.options.worker.href], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--enable-source-maps', `--max-old-space-size=${this.options.maxOldSpaceMb ?? DEFAULT_OLD_SPACE_MB}`],
    });
    const worker = new Worker<TTask, TResult>(child, {
      free: () => this.assign(),
      // A worker that can't even start would be hired again for ever: one waiting task answers for each.
      failedToStart: (error) => this.queue.shift()?.reject(error),
      gone: (gone) => {
        this.crew.delete(gone);
        this.assign();
      },
    });
    this.crew.add(worker);
  }
}

interface Job<TTask, TResult> {
  task: TTask;
  deadlineMs: number;
  resolve: (result: TResult) => void;
  reject: (error: Error) => void;
}

interface Employer<TTask, TResult> {
  free: () => void;
  failedToStart: (error: Error) => void;
  gone: (worker: Worker<TTask, TResult>) => void;
}

/** One process and the task it is at. */
class Worker<TTask, TResult> {
  private state: 'starting' | 'idle' | 'busy' | 'gone' = 'starting';
  private job?: Job<TTask, TResult>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly child: ChildProcess,
    private readonly employer: Employer<TTask, TResult>,
  ) {
    this.child.on('message', (message) => this.hear(message as WorkerMessage<TResult>));
    this.child.on('error', (cause) => this.leave(new TransientError('worker-died', { message: cause.message, cause })));
    // Not `exit`, which may come before the last of what it said.
    this.child.on('close', (code, signal) => this.leave(reasonOfDeath(code, signal)));
  }

  get isIdle(): boolean {
    return this.state === 'idle';
  }

  get isStarting(): boolean {
    return this.state === 'starting';
  }

  take(job: Job<TTask, TResult>): void {
    this.state = 'busy';
    this.job = job;
    this.timer = setTimeout(() => {
      this.leave(new PermanentError('timeout', `not done within ${job.deadlineMs} ms`));
    }, job.deadlineMs);
    try {
      this.child.send(job.task as object, seenAtItsEnd);
    } catch (error) {
      this.finish((done) => done.reject(error as Error));
    }
  }

  async stop(): Promise<void> {
    this.state = 'gone';
    clearTimeout(this.timer);
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
  }

  private hear(message: WorkerMessage<TResult>): void {
    if (this.state === 'gone') return;
    switch (message.type) {
      case 'ready':
        this.state = 'idle';
        return this.employer.free();
      case 'broken':
        return this.leave(errorOf(message.error));
      case 'result':
        return this.finish((job) => job.resolve(message.result));
      case 'error':
        return this.finish((job) => job.reject(errorOf(message.error)));
    }
  }

  private finish(settle: (job: Job<TTask, TResult>) => void): void {
    clearTimeout(this.timer);
    const job = this.job;
    this.job = undefined;
    this.state = 'idle';
    if (job) settle(job);
    this.employer.free();
  }

  /** The process is lost, and with it the task it was at. Called again when its end is reported, without effect. */
  private leave(reason: Error): void {
    if (this.state === 'gone') return;
    const started = this.state !== 'starting';
    this.state = 'gone';
    clearTimeout(this.timer);
    this.child.kill('SIGKILL');
    if (started) this.job?.reject(reason);
    else this.employer.failedToStart(reason);
    this.employer.gone(this);
  }
}

/** A task that can't be handed over had its process die, and that is told when it closes. */
function seenAtItsEnd(): void {}

/** How V8 ends a process that can't have the memory it asks for: at the limit of the heap, and at that of one object. */
const OUT_OF_MEMORY: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGTRAP'];

function reasonOfDeath(code: number | null, signal: NodeJS.Signals | null): Error {
  return OUT_OF_MEMORY.includes(signal)
    ? new PermanentError('out-of-memory', 'the memory limit of one item was reached')
    : new TransientError('worker-died', { message: signal ?? `exit code ${code}` });
}

function errorOf({ code, message, stack }: PlainError): Error {
  if (code !== undefined) return new PermanentError(code, message);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
