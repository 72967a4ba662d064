import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CallFailed, STAGES, type StageName, type StageStatusAnswer } from '@wireroom/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { StageClients } from './stage-clients.js';

/** What a stage said of itself last, or why it said nothing. */
export type StageWord = { status: StageStatusAnswer } | { failure: string };

const ASK_EVERY_MS = 2000;

/** Asks the stages how they are, again and again. */
@Injectable()
export class StageWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly words = new Map<StageName, StageWord>();
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly clients: StageClients) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all(STAGES.map((stage) => this.keepAsking(stage)));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** The last word of a stage, at most a few seconds old. */
  wordOf(stage: StageName): StageWord {
    return this.words.get(stage) ?? { failure: 'was not asked yet' };
  }

  private async keepAsking(stage: StageName): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.words.set(stage, await this.ask(stage));
      await sleep(ASK_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async ask(stage: StageName): Promise<StageWord> {
    try {
      return { status: await this.clients.of(stage).status() };
    } catch (error) {
      return { failure: error instanceof CallFailed ? error.message : String(error) };
    }
  }
}
