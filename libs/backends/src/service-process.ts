import { ManagedProcess, waitUntilReady, type ProcessExit } from './managed-process.js';

/** How to run one of our services. */
export interface ServiceSpec {
  name: string;
  /** The JavaScript file that `node` runs. */
  script: string;
  args?: string[];
  nodeArgs?: string[];
  /** The whole environment of the service; nothing is added to it. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  pidFile?: string;
  /** Answers 200 once the service does its work. */
  readyUrl: string;
  /** How long it may take to become ready: 30 s by default. */
  readyTimeoutMs?: number;
  /** How long it may take to finish after SIGTERM before it gets SIGKILL: 15 s by default. */
  graceMs?: number;
}

/**
 * How `node` runs a service. A batch under way is some megabytes of young objects; in the 16 MB that V8 gives them they
 * are copied several times over before they are done with.
 */
export const SERVICE_NODE_ARGS = ['--max-semi-space-size=64'];

const READY_TIMEOUT_MS = 30_000;
const GRACE_MS = 15_000;
const ANSWER_TIMEOUT_MS = 2_000;

/** A service as a child process, of which every signal goes to exactly that child. Doesn't restart it. */
export class ServiceProcess {
  private readonly process: ManagedProcess;

  /** @param onUnexpectedExit called when it ends although nobody here asked it to, also while it starts */
  constructor(
    readonly spec: ServiceSpec,
    onUnexpectedExit?: (exit: ProcessExit) => void,
  ) {
    const { name, script, args = [], nodeArgs = [], env, cwd, logFile, pidFile } = spec;
    const commandLine = { command: process.execPath, args: [...nodeArgs, script, ...args] };
    this.process = new ManagedProcess({ name, ...commandLine, env, cwd, logFile, pidFile }, onUnexpectedExit);
  }

  get name(): string {
    return this.spec.name;
  }

  /** Undefined while it is down. */
  get pid(): number | undefined {
    return this.process.pid;
  }

  get isRunning(): boolean {
    return this.process.isRunning;
  }

  /** Settles when the present run ends; undefined before the first start. */
  get exit(): Promise<ProcessExit> | undefined {
    return this.process.exit;
  }

  /**
   * Starts it, and returns when it is ready.
   *
   * @throws BackendError `server-died` or `server-not-ready`; then it isn't running
   */
  async start(): Promise<void> {
    await this.process.start();
    try {
      await waitUntilReady(this.process, () => this.isReady(), this.spec.readyTimeoutMs ?? READY_TIMEOUT_MS);
    } catch (error) {
      await this.process.kill();
      throw error;
    }
  }

  /** Whether its readiness URL answers 200 at this moment. */
  async isReady(): Promise<boolean> {
    const response = await fetch(this.spec.readyUrl, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.status === 200;
  }

  /** SIGTERM, and SIGKILL after the grace time. Safe to call twice. Returns how it ended. */
  async stop(): Promise<ProcessExit | undefined> {
    return this.process.stop(this.spec.graceMs ?? GRACE_MS);
  }

  /** SIGKILL; returns when it is gone. */
  async kill(): Promise<ProcessExit | undefined> {
    return this.process.kill();
  }

  /** SIGSTOP. */
  pause(): void {
    this.process.pause();
  }

  /** SIGCONT. */
  resume(): void {
    this.process.resume();
  }
}
