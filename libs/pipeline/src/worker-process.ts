import { Worker } from 'node:worker_threads';

/** What a process tells the pool. An error crosses as plain data, since a clone of it would lose its code. */
export type WorkerMessage<TResult> =
  | { type: 'ready' }
  | { type: 'result'; result: TResult }
  /** The task failed; the process goes on. */
  | { type: 'error'; error: PlainError }
  /** The process can't start, or threw outside of a task's own course, and ends. */
  | { type: 'broken'; error: PlainError };

export interface PlainError {
  code?: string;
  message: string;
  stack?: string;
}

type Work = (task: unknown) => unknown;

/** What a worker's module exports. */
interface WorkerModule {
  default: Work;
  /** Loads what the first task would have to wait for; no deadline runs yet. */
  warmUp?: () => unknown;
}

const OUR_CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Entry of every process of a `WorkerPool`: loads the work, then answers one task after the other.
 *
 * @param module file URL of the module that does the work
 */
async function serve(module: string): Promise<void> {
  endWithThePool();
  process.on('uncaughtException', (error) => say({ type: 'broken', error: plainError(error) }, () => process.exit(1)));
  const { default: work, warmUp } = (await import(module)) as WorkerModule;
  await warmUp?.();

  process.on('message', (task) => {
    void answer(work, task).then((message) => {
      try {
        say(message);
      } catch (error) {
        say({ type: 'error', error: plainError(error) });
      }
    });
  });
  say({ type: 'ready' });
}

/** The pool alone decides when to stop: Ctrl-C in a terminal reaches its processes too, with work still to finish. */
function endWithThePool(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  new Worker(new URL('./orphan-watch.js', import.meta.url), { workerData: process.ppid }).unref();
}

function say(message: WorkerMessage<unknown>, said = nobodyIsLeft): void {
  process.send!(message, undefined, undefined, said);
}

/** Takes the error of an answer whose pool has just gone, which would else be thrown. */
function nobodyIsLeft(): void {}

async function answer(work: Work, task: unknown): Promise<WorkerMessage<unknown>> {
  try {
    return { type: 'result', result: await work(task) };
  } catch (error) {
    return { type: 'error', error: plainError(error) };
  }
}

function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' && OUR_CODE.test(error.code) ? error.code : undefined;
  return { code, message: error.message, stack: error.stack };
}

void serve(process.argv[2]!);
