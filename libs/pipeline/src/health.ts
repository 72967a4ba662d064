import { Injectable } from '@nestjs/common';
import { ServiceEnv } from '@wireroom/platform';
import { LagWatch } from './lag-watch.js';
import { StageControl } from './stage-control.js';
import { StageTransport } from './stage-transport.js';

/** `ok` or the reasons why not, for a person to read. */
export interface HealthReport {
  ok: boolean;
  reasons: string[];
}

const STUCK_BATCH_MS = 5 * 60_000;

/**
 * Live: the process can do its work, or waits for something that a restart won't bring back. Not live: its
 * consumer gets no answers although the broker gives them, or a batch is stuck. Ready: everything it needs
 * is there and its consumer is a member of the group, unless an operator paused it.
 */
@Injectable()
export class Health {
  constructor(
    private readonly transport: StageTransport,
    private readonly watch: LagWatch,
    private readonly control: StageControl,
    private readonly env: ServiceEnv,
  ) {}

  live(): HealthReport {
    const { joined, sinceFetchMs, busyMs, unavailableSince } = this.transport.health;
    const silentMs = this.env.KAFKA_SESSION_TIMEOUT_MS * 2;
    const reasons: string[] = [];
    const mayBeSilent = busyMs > 0 || !this.watch.kafkaAnswers || unavailableSince !== undefined;
    if (joined && !mayBeSilent && sinceFetchMs !== undefined && sinceFetchMs > silentMs) {
      reasons.push(`the consumer has fetched nothing for ${Math.round(sinceFetchMs / 1000)} s although kafka answers`);
    }
    if (busyMs > STUCK_BATCH_MS && unavailableSince === undefined) {
      reasons.push(`a batch has been under way for ${Math.round(busyMs / 1000)} s`);
    }
    return { ok: reasons.length === 0, reasons };
  }

  ready(): HealthReport {
    const { joined, unavailableSince } = this.transport.health;
    const reasons = this.live().reasons;
    if (!this.watch.kafkaAnswers) reasons.push('kafka does not answer');
    if (!this.watch.mongoAnswers) reasons.push('mongodb does not answer');
    if (!joined && !this.control.paused) reasons.push('the consumer is not a member of its group yet');
    if (unavailableSince) reasons.push(`waiting for a server since ${unavailableSince.toISOString()}`);
    return { ok: reasons.length === 0, reasons };
  }
}
