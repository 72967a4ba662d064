import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { PermanentError, TransientError } from './errors.js';
import type { ThreadData, ThreadMessage } from './worker-thread.js';

export interface WorkerPoolOptions {
  /**
   * Compiled module whose default export is the work: `(task) => result`, plain or async. An export `warmUp` is run at
   * a thread's start.
   */
  worker: URL;
  /** Tasks under way at once; the number of cores by default. */
  threads?: number;
  /** How long one task may take once a thread has it, milliseconds. Waiting and a thread's start don't count. */
  deadlineMs?: number;
  /** Heap of one thread, MB. What lies outside the V8 heap (buffers) isn't counted. */
  maxOldSpaceMb?: number;
}

const DEFAULT_DEADLINE_MS = 10_000;
const DEFAULT_OLD_SPACE_MB = 512;

/**
 * Runs tasks in worker threads, each with a time and a memory limit. A task that breaks one costs its thread,
 * which is replaced, and nothing else: its neighbours go on and the queue keeps its order. Threads start when
 * there is work for them. The queue has no bound of its own; a caller that streams limits what it has under way.
 */
export class WorkerPool<TTask, TResult> {
  readonly threads: number;
  private readonly deadlineMs: number;
  private readonly crew = new Set<Thread<TTask, TResult>>();
  private readonly queue: Job<TTask, TResult>[] = [];
  private readonly underWay = new Set<Promise<unknown>>();
  private closed = false;

  /** `entry` is what a thread boots with; tests, which run from source, hand in a compiled one. */
  constructor(
    private readonly options: WorkerPoolOptions,
    private readonly entry: URL = new URL('./worker-thread.js', import.meta.url),
  ) {
    this.threads = options.threads ?? availableParallelism();
    this.deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  }

  /**
   * Runs one task; task and result cross by structured clone, by which a view of a buffer takes the whole buffer along.
   *
   * @throws PermanentError `timeout` or `out-of-memory` for a task that broke its limit, and with the code of
   *   the worker's own error where that has one (kebab case).
   * @throws TransientError `worker-died` when the thread ended for no reason of the task's that is known.
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

  /** Finishes what was handed in, then stops all threads. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
    await Promise.all([...this.crew].map((thread) => thread.stop()));
  }

  private assign(): void {
    for (const thread of this.crew) {
      if (!thread.isIdle) continue;
      const job = this.queue.shift();
      if (!job) return;
      thread.take(job);
    }
    const starting = [...this.crew].filter((thread) => thread.isStarting).length;
    const wanted = Math.min(this.queue.length - starting, this.threads - this.crew.size);
    for (let count = 0; count < wanted; count++) this.hire();
  }

  private hire(): void {
    const worker = new Worker(this.entry, {
      workerData: { module: this.options.worker.href } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: this.options.maxOldSpaceMb ?? DEFAULT_OLD_SPACE_MB },
    });
    const thread = new Thread<TTask, TResult>(worker, {
      free: () => this.assign(),
      // A worker that can't even start would be hired again for ever: one waiting task answers for each.
      failedToStart: (error) => this.queue.shift()?.reject(error),
      gone: (gone) => {
        this.crew.delete(gone);
        this.assign();
      },
    });
    this.crew.add(thread);
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
  gone: (thread: Thread<TTask, TResult>) => void;
}

/** One worker thread and the task it is at. */
class Thread<TTask, TResult> {
  private state: 'starting' | 'idle' | 'busy' | 'gone' = 'starting';
  private job?: Job<TTask, TResult>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly worker: Worker,
    private readonly employer: Employer<TTask, TResult>,
  ) {
    this.worker.on('message', (message: ThreadMessage<TResult>) => this.hear(message));
    this.worker.on('error', (error: Error) => this.leave(reasonOfDeath(error)));
    this.worker.on('exit', (code) => this.leave(new TransientError('worker-died', { message: `exit code ${code}` })));
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
      this.worker.postMessage(job.task);
    } catch (error) {
      this.finish((done) => done.reject(error as Error));
    }
  }

  async stop(): Promise<void> {
    this.state = 'gone';
    clearTimeout(this.timer);
    await this.worker.terminate();
  }

  private hear(message: ThreadMessage<TResult>): void {
    if (this.state === 'gone') return;
    if (message.type === 'ready') {
      this.state = 'idle';
      this.employer.free();
      return;
    }
    this.finish((job) =>
      message.type === 'result' ? job.resolve(message.result) : job.reject(errorOf(message.error)),
    );
  }

  private finish(settle: (job: Job<TTask, TResult>) => void): void {
    clearTimeout(this.timer);
    const job = this.job;
    this.job = undefined;
    this.state = 'idle';
    if (job) settle(job);
    this.employer.free();
  }

  /** The thread is lost, and with it the task it was at. Called again when its end is reported, without effect. */
  private leave(reason: Error): void {
    if (this.state === 'gone') return;
    const started = this.state !== 'starting';
    this.state = 'gone';
    clearTimeout(this.timer);
    void this.worker.terminate();
    if (started) this.job?.reject(reason);
    else this.employer.failedToStart(reason);
    this.employer.gone(this);
  }
}

function reasonOfDeath(error: Error & { code?: unknown }): Error {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new PermanentError('out-of-memory', 'the memory limit of one item was reached', { cause: error })
    : error;
}

function errorOf({ code, message, stack }: Extract<ThreadMessage<never>, { type: 'error' }>['error']): Error {
  if (code !== undefined) return new PermanentError(code, message);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
