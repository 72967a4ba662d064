import { parentPort, workerData } from 'node:worker_threads';

/** What a thread of the pool is told at its start. */
export interface ThreadData {
  /** File URL of the module that does the work. */
  module: string;
}

/** What a thread tells the pool. An error crosses as plain data, since a clone of it would lose its code. */
export type ThreadMessage<TResult> =
  | { type: 'ready' }
  | { type: 'result'; result: TResult }
  | { type: 'error'; error: { code?: string; message: string; stack?: string } };

type Work = (task: unknown) => unknown;

/** What a worker's module exports. */
interface WorkerModule {
  default: Work;
  /** Loads what the first task would have to wait for; no deadline runs yet. */
  warmUp?: () => unknown;
}

const OUR_CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Entry of every thread of a `WorkerPool`: loads the work, then answers one task after the other. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('this module runs as a worker thread only');
  const { default: work, warmUp } = (await import((workerData as ThreadData).module)) as WorkerModule;
  await warmUp?.();
  const say = (message: ThreadMessage<unknown>): void => port.postMessage(message);

  port.on('message', (task: unknown) => {
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

async function answer(work: Work, task: unknown): Promise<ThreadMessage<unknown>> {
  try {
    return { type: 'result', result: await work(task) };
  } catch (error) {
    return { type: 'error', error: plainError(error) };
  }
}

function plainError(error: unknown): { code?: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' && OUR_CODE.test(error.code) ? error.code : undefined;
  return { code, message: error.message, stack: error.stack };
}

await serve();
