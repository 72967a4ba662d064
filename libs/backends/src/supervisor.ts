import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessExit } from './managed-process.js';
import { ServiceProcess, type ServiceSpec } from './service-process.js';

/** When to try again, and when to stop trying. */
export interface RestartPolicy {
  /** Pause before the first restart in milliseconds; doubles with each further one. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** This many restarts, none followed by {@link healthyAfterMs} of life, are the end of it. */
  maxRestarts: number;
  /** A run of this length forgives the restarts before it. */
  healthyAfterMs: number;
}

/** Told what happens to the service, for the screen and for the launcher's decision to give up. */
export interface SupervisorEvents {
  onExit?: (exit: ProcessExit) => void;
  onRestart?: (attempt: number) => void;
  /** It kept dying, and stays down. */
  onGiveUp?: (lastError: unknown) => void;
}

const DEFAULT_POLICY: RestartPolicy = {
  firstPauseMs: 500,
  longestPauseMs: 10_000,
  maxRestarts: 5,
  healthyAfterMs: 60_000,
};

/**
 * Keeps a service alive: one that ends by itself is started again after a growing pause, up to a limit. A first start
 * that fails is not repeated but thrown, since it nearly always needs a person.
 */
export class Supervisor {
  readonly service: ServiceProcess;
  private readonly policy: RestartPolicy;
  private readonly halt = new AbortController();
  private restarts = 0;
  private startedAt = 0;
  private isUp = false;
  private restarting: Promise<void> | undefined;

  constructor(
    spec: ServiceSpec,
    private readonly events: SupervisorEvents = {},
    policy: Partial<RestartPolicy> = {},
  ) {
    this.policy = { ...DEFAULT_POLICY, ...policy };
    this.service = new ServiceProcess(spec, (exit) => this.onUnexpectedExit(exit));
  }

  /** Starts the service and returns when it is ready. Throws what {@link ServiceProcess.start} throws. */
  async start(): Promise<void> {
    await this.startOnce();
  }

  /** Ends the supervision and the service. Safe to call at any moment, also during a restart. */
  async stop(): Promise<ProcessExit | undefined> {
    this.halt.abort();
    await this.service.stop();
    await this.restarting; // a restart that was past its last look at the signal brings the service up once more
    return this.service.stop();
  }

  private async startOnce(): Promise<void> {
    this.startedAt = performance.now();
    await this.service.start();
    this.isUp = true;
  }

  private onUnexpectedExit(exit: ProcessExit): void {
    this.events.onExit?.(exit);
    if (!this.isUp) return; // whoever started it gets the reason as an error
    this.isUp = false;
    this.restarting = this.restart();
  }

  private async restart(): Promise<void> {
    if (performance.now() - this.startedAt >= this.policy.healthyAfterMs) this.restarts = 0;
    let lastError: unknown;
    while (this.restarts < this.policy.maxRestarts) {
      this.restarts++;
      await sleep(pauseBefore(this.restarts, this.policy), undefined, { signal: this.halt.signal }).catch(() => {});
      if (this.halt.signal.aborted) return;
      this.events.onRestart?.(this.restarts);
      try {
        return await this.startOnce();
      } catch (error) {
        lastError = error;
      }
    }
    if (!this.halt.signal.aborted) this.events.onGiveUp?.(lastError);
  }
}

/** Pause before the given restart, counted from 1, in milliseconds. */
export function pauseBefore(restart: number, { firstPauseMs, longestPauseMs }: RestartPolicy): number {
  return Math.min(firstPauseMs * 2 ** (restart - 1), longestPauseMs);
}
