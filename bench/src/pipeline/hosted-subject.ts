import { SERVICE_NODE_ARGS } from '@wireroom/backends';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Order, SubjectName } from './host.js';
import type { SubjectSettings } from './subject.js';

const STOP_MS = 15_000;

/** A pipeline in a process of its own, so that its CPU is its own and every round begins with a fresh heap. */
export class HostedSubject {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string | undefined,
  ) {}

  /** @param profileDir where V8 leaves a CPU profile of the process; none without. */
  static async start(subject: SubjectName, settings: SubjectSettings, profileDir?: string): Promise<HostedSubject> {
    const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
    const child = fork(fileURLToPath(new URL('./host.js', import.meta.url)), {
      execArgv: [...SERVICE_NODE_ARGS, ...profiling],
      stdio: ['ignore', 2, 2, 'ipc'],
      env: { ...process.env, KAFKAJS_NO_PARTITIONER_WARNING: '1' },
    });
    const running = await ask(child, { type: 'start', subject, settings }, 'running');
    return new HostedSubject(child, running.url);
  }

  /** CPU time the process has used so far, user and system, all threads. */
  async cpuMilliseconds(): Promise<number> {
    return (await ask(this.child, { type: 'cpu' }, 'cpu')).milliseconds;
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    const exit = once(this.child, 'exit');
    this.child.send({ type: 'stop' } satisfies Order);
    await exit;
    clearTimeout(timer);
  }
}

/** @throws Error when the process ends instead of answering. */
function ask<TType extends Answer['type']>(
  child: ChildProcess,
  order: Order,
  awaited: TType,
): Promise<Extract<Answer, { type: TType }>> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', hear).off('exit', end);
    };
    const hear = (answer: Answer): void => {
      if (answer.type !== awaited) return;
      settle();
      resolve(answer as Extract<Answer, { type: TType }>);
    };
    const end = (code: number | null): void => {
      settle();
      reject(new Error(`the process under test ended with code ${code}`));
    };
    child.on('message', hear).on('exit', end);
    child.send(order);
  });
}
