import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CallFailed, STAGES, type StageName, type StageStatusAnswer } from '@wireroom/contracts';
import { BackgroundLoop } from '@wireroom/pipeline';
import { StageClients } from './stage-clients.js';

/** What a stage said of itself last, or why it said nothing. */
export type StageWord = { status: StageStatusAnswer } | { failure: string };

const ASK_EVERY_MS = 2000;

/** Asks the stages how they are, again and again. */
@Injectable()
export class StageWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly words = new Map<StageName, StageWord>();
  private readonly answered = new Map<StageName, Date>();
  private readonly loops = STAGES.map(
    (stage) =>
      new BackgroundLoop({
        turn: () => this.ask(stage),
        everyMs: ASK_EVERY_MS,
        onError: (error) => void this.words.set(stage, { failure: failureOf(error) }),
      }),
  );

  constructor(private readonly clients: StageClients) {}

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** The last word of a stage, at most a few seconds old. */
  wordOf(stage: StageName): StageWord {
    return this.words.get(stage) ?? { failure: 'was not asked yet' };
  }

  /** When a stage answered last; undefined where it has not since the console started. */
  answeredAt(stage: StageName): Date | undefined {
    return this.answered.get(stage);
  }

  private async ask(stage: StageName): Promise<void> {
    this.words.set(stage, { status: await this.clients.of(stage).status() });
    this.answered.set(stage, new Date());
  }
}

function failureOf(error: unknown): string {
  return error instanceof CallFailed ? error.message : String(error);
}
