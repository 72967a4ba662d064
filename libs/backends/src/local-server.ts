import { ManagedProcess, waitUntilReady, type ProcessSpec } from './managed-process.js';
import { reasonFromLogFile } from './log-reason.js';

/** A server of our own that tests may hurt: everything about it is done to exactly the process it started. */
export interface ServerHandle {
  readonly name: string;
  /** Undefined while it is down. */
  readonly pid: number | undefined;
  readonly port: number;
  readonly logFile: string;
  /** Starts it again on the same port and data, and returns when it is ready. Does nothing while it runs. */
  start(): Promise<void>;
  /** Lets it finish in order, for at most 20 s. Safe to call twice. */
  stop(): Promise<void>;
  /** SIGKILL; returns when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it keeps its connections and answers nothing. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
}

/** What a kind of server has to say about itself to be run by {@link LocalServer}. */
export interface ServerPlan {
  port: number;
  process: ProcessSpec;
  /** Asked until it says yes; may also finish the set-up, as long as asking twice is safe. */
  isReady(): Promise<boolean>;
}

/** Told when a server ended although nobody here asked it to. */
export type OnServerExit = (name: string, reason: string) => void;

const START_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 20_000;

/** A Kafka or MongoDB process under our own data folder. */
export class LocalServer implements ServerHandle {
  private readonly process: ManagedProcess;
  private isStarting = false;

  constructor(
    private readonly plan: ServerPlan,
    private readonly onExit: OnServerExit,
  ) {
    this.process = new ManagedProcess(plan.process, () => void this.reportExit());
  }

  get name(): string {
    return this.plan.process.name;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get port(): number {
    return this.plan.port;
  }

  get logFile(): string {
    return this.plan.process.logFile;
  }

  async start(): Promise<void> {
    this.isStarting = true;
    try {
      await this.process.start();
      await waitUntilReady(this.process, () => this.plan.isReady(), START_TIMEOUT_MS);
    } catch (error) {
      await this.process.kill();
      throw error;
    } finally {
      this.isStarting = false;
    }
  }

  async stop(): Promise<void> {
    await this.process.stop(STOP_GRACE_MS);
  }

  async kill(): Promise<void> {
    await this.process.kill();
  }

  pause(): void {
    this.process.pause();
  }

  resume(): void {
    this.process.resume();
  }

  private async reportExit(): Promise<void> {
    if (this.isStarting) return; // the caller of start() gets the reason as an error
    this.onExit(this.name, await reasonFromLogFile(this.logFile));
  }
}
