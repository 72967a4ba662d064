import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackendError, systemCode } from './backend-error.js';
import { stopLeftover } from './leftover.js';
import { reasonFromLogFile } from './log-reason.js';
import { removeRecord, writeRecord } from './process-record.js';
import { waitUntil } from './wait.js';

/** How to start a process, and where it leaves its traces. */
export interface ProcessSpec {
  /** What people call it, as in "Kafka died". */
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Takes standard output and error. Begins anew with every start; the log of the run before keeps the ending `.1`. */
  logFile: string;
  /** What to do when it doesn't start, as the rest of a sentence. */
  advice?: string;
  /** Lets a later run find what a crashed one left running. */
  pidFile?: string;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * One child process that may be started, paused, killed and started again. Only ever signals the process it started
 * itself: a pid is never used after its exit was seen.
 *
 * Children lead their own process group, so that Ctrl-C in a terminal reaches the launcher alone, which then stops
 * them in the right order. When this process ends without stopping them, they get SIGTERM on its way out.
 */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<ProcessExit> | undefined;
  private stopping = false;

  /** @param onUnexpectedExit called when it ends although nobody here asked it to */
  constructor(
    readonly spec: ProcessSpec,
    private readonly onUnexpectedExit: (exit: ProcessExit) => void = () => {},
  ) {}

  /** The pid while it runs, else undefined. */
  get pid(): number | undefined {
    return this.isRunning ? this.child?.pid : undefined;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Settles when the present run ends; undefined before the first start. */
  get exit(): Promise<ProcessExit> | undefined {
    return this.ended;
  }

  /**
   * Starts it and returns once it has a pid.
   *
   * @throws BackendError `already-running` when another living launcher owns the process in the pid file
   * @throws BackendError `server-died` when the command can't be run at all
   */
  async start(): Promise<void> {
    if (this.isRunning) return;
    if (this.spec.pidFile) await stopLeftover(this.spec.name, this.spec.pidFile);
    const child = await this.spawn();
    this.child = child;
    this.stopping = false;
    this.ended = this.watch(child);
    if (this.spec.pidFile && child.pid) await writeRecord(this.spec.pidFile, child.pid);
  }

  /** Sends SIGTERM, and SIGKILL when it is still there after the grace time. Safe to call twice or when not running. */
  async stop(graceMs: number): Promise<ProcessExit | undefined> {
    if (!this.isRunning) return this.ended;
    this.signal('SIGTERM');
    this.signal('SIGCONT'); // a paused process would only act on SIGTERM once continued
    const killer = setTimeout(() => this.signal('SIGKILL'), graceMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(killer);
    }
  }

  /** Ends it as a crash would, and returns when it is gone. */
  async kill(): Promise<ProcessExit | undefined> {
    this.signal('SIGKILL');
    return this.ended;
  }

  /** Freezes it: its sockets stay open and nothing answers. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  private signal(signal: NodeJS.Signals): void {
    if (signal === 'SIGTERM' || signal === 'SIGKILL') this.stopping = true;
    if (this.isRunning) this.child?.kill(signal);
  }

  private async spawn(): Promise<ChildProcess> {
    const { name, command, args, env, cwd, logFile, advice } = this.spec;
    await mkdir(dirname(logFile), { recursive: true });
    await keepFormerLog(logFile);
    const log = await open(logFile, 'w');
    try {
      const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', log.fd, log.fd] });
      await once(child, 'spawn');
      return child;
    } catch (error) {
      throw new BackendError('server-died', sentence(`${name} could not be started (${String(error)})`, advice), {
        cause: error,
      });
    } finally {
      await log.close();
    }
  }

  private async watch(child: ChildProcess): Promise<ProcessExit> {
    const terminate = () => child.kill('SIGTERM');
    process.once('exit', terminate);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    process.off('exit', terminate);
    if (this.spec.pidFile) await removeRecord(this.spec.pidFile);
    if (!this.stopping) this.onUnexpectedExit({ code, signal });
    return { code, signal };
  }
}

/** The log that tells why a process crashed must outlive the restart that follows. */
async function keepFormerLog(logFile: string): Promise<void> {
  await rename(logFile, `${logFile}.1`).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });
}

/**
 * Waits for a started process to be of use.
 *
 * @param isReady asked repeatedly; an error of its own counts as "not yet"
 * @throws BackendError `server-died` or `disk-full` with the log's reason when it ends first, `server-not-ready` at the
 *   deadline
 */
export async function waitUntilReady(
  managed: ManagedProcess,
  isReady: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const answersOrEnded = async () => !managed.isRunning || (await isReady().catch(() => false));
  const settled = await waitUntil(answersOrEnded, timeoutMs);
  if (!managed.isRunning) throw await diedWhileStarting(managed.spec);
  if (!settled) {
    const { name, logFile, advice } = managed.spec;
    const silence = `${name} gave no answer within ${Math.round(timeoutMs / 1000)} s (its log is ${logFile})`;
    throw new BackendError('server-not-ready', sentence(silence, advice));
  }
}

async function diedWhileStarting({ name, logFile, advice }: ProcessSpec): Promise<BackendError> {
  const reason = await reasonFromLogFile(logFile);
  const code = /no space left/i.test(reason) ? 'disk-full' : 'server-died';
  return new BackendError(code, sentence(`${name} died while starting (${reason})`, advice));
}

function sentence(fact: string, advice: string | undefined): string {
  return advice === undefined ? `${fact}.` : `${fact}: ${advice}.`;
}
