import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CallFailed, type RedriveOutcome, STAGES, type StageName } from '@wireroom/contracts';
import { BackgroundLoop, LOGGER } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { randomUUID } from 'node:crypto';
import { LiveHub } from '../live/live-hub.js';
import { StageClients } from '../stages/stage-clients.js';
import { RedriveFates } from './redrive-fates.js';
import { GUARD_WINDOW, Pace, objectionTo, waveOf } from './redrive-guard.js';
import { RedriveStore } from './redrive-store.js';
import type { RedriveDocument, RedriveItemDocument } from './redrive.schema.js';

const UNENDED: RedriveOutcome[] = ['waiting', 'sent', 'under-way'];
const EVERY_MS = 250;
const TOLD_EVERY_MS = 1000;
/** Sent and not ended at most, so that a stage that stands still is not given more and more. */
const MAX_UNENDED = 500;
const FOLLOWED_AT_ONCE = 1000;
const SENT_AT_ONCE = 200;

/**
 * Runs redrives: sends what the ramp and the rate allow, follows what was sent to its end, and holds a redrive whose
 * items fail again. What is to be sent is marked before it is sent, so that a console that dies leaves nothing
 * unaccounted for; another takes over when the lease has run out.
 */
@Injectable()
export class RedriveRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly owner = randomUUID();
  private readonly paces = new Map<string, Pace>();
  private readonly toldAt = new Map<string, number>();
  private readonly loop = new BackgroundLoop({
    turn: () => this.runAll(),
    everyMs: EVERY_MS,
    onError: (error) => this.logger.warn({ err: error }, 'redrives stand still; trying again'),
  });

  constructor(
    private readonly store: RedriveStore,
    private readonly fates: RedriveFates,
    private readonly stages: StageClients,
    private readonly hub: LiveHub,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  private async runAll(): Promise<void> {
    const done: string[] = [];
    for (;;) {
      const redrive = await this.store.claim(this.owner, done);
      if (!redrive) return;
      done.push(redrive._id);
      await this.step(redrive);
    }
  }

  private async step(redrive: RedriveDocument): Promise<void> {
    await this.follow(redrive._id);
    if (redrive.state === 'stopped') await this.store.leaveWaiting(redrive._id);
    if (redrive.state === 'running' && (await this.mayGoOn(redrive))) await this.send(redrive);
    await this.finishIfEnded(redrive._id);
    await this.tell(redrive._id);
  }

  private async follow(redriveId: string): Promise<void> {
    const unended = await this.store.itemsOf(redriveId, ['sent', 'under-way'], FOLLOWED_AT_ONCE);
    await this.store.changeItems(await this.fates.changesOf(unended));
  }

  /** Looks at the wave, or at what ended last; takes the next wave when this one has ended well. */
  private async mayGoOn(redrive: RedriveDocument): Promise<boolean> {
    const { _id, ramp, wave, guardFrom, holdAtFailureShare } = redrive;
    if (wave >= ramp.length) {
      const ended = await this.store.lastEnded(_id, guardFrom, GUARD_WINDOW);
      const isEnough = ended.length === GUARD_WINDOW;
      return this.holdIf(_id, isEnough ? objectionTo(ended, holdAtFailureShare) : undefined);
    }
    const { from, to } = waveOf(redrive);
    const outcomes = await this.store.outcomesWithin(_id, from, to);
    if (outcomes.some((outcome) => UNENDED.includes(outcome))) return true;
    if (!(await this.holdIf(_id, objectionTo(outcomes, holdAtFailureShare)))) return false;
    await this.store.change(_id, ['running'], { $set: { wave: wave + 1 } });
    redrive.wave = wave + 1;
    return true;
  }

  private async holdIf(redriveId: string, objection: string | undefined): Promise<boolean> {
    if (objection === undefined) return true;
    await this.store.change(redriveId, ['running'], { $set: { state: 'held', note: objection } });
    this.logger.warn({ redrive: redriveId, objection }, 'a redrive holds itself');
    return false;
  }

  private async send(redrive: RedriveDocument): Promise<void> {
    const { _id, ratePerSecond } = redrive;
    const { to } = waveOf(redrive);
    const [waiting, unended] = await Promise.all([
      this.store.itemsOf(_id, ['waiting'], SENT_AT_ONCE),
      this.store.countOf(_id, ['sent']),
    ]);
    const open = waiting.filter(({ position }) => position < to).slice(0, Math.max(0, MAX_UNENDED - unended));
    const pace = this.paces.get(_id) ?? new Pace();
    this.paces.set(_id, pace);
    const due = open.slice(0, pace.take(performance.now(), ratePerSecond, open.length));
    for (const stage of STAGES)
      await this.sendTo(
        stage,
        due.filter((item) => item.stage === stage),
        _id,
      );
  }

  private async sendTo(stage: StageName, items: RedriveItemDocument[], redriveId: string): Promise<void> {
    if (items.length === 0) return;
    const sentAt = new Date();
    await this.store.changeItems(items.map((item) => [item, { outcome: 'sent', sentAt }]));
    const marked = items.map((item): RedriveItemDocument => ({ ...item, outcome: 'sent', sentAt }));
    try {
      const { ids } = await this.stages.of(stage).replayDeadLetters({ ids: items.map(({ letterId }) => letterId) });
      const gone = marked.filter(({ letterId }) => !ids.includes(letterId));
      await this.store.changeItems(
        gone.map((item) => [item, { outcome: 'gone', stageEndedAt: sentAt, endedAt: sentAt }]),
      );
      await this.store.change(redriveId, ['running'], { $unset: { note: 1 } });
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      // How much of it was sent shows in the dead letters: what was not waits again after a while.
      await this.store.change(redriveId, ['running'], { $set: { note: `${stage} did not take it: ${error.message}` } });
    }
  }

  private async finishIfEnded(redriveId: string): Promise<void> {
    if ((await this.store.countOf(redriveId, UNENDED)) > 0) return;
    const endedAt = new Date();
    await this.store.change(redriveId, ['running', 'paused', 'held'], {
      $set: { state: 'finished', endedAt },
      $unset: { note: 1 },
    });
    await this.store.change(redriveId, ['stopped'], { $set: { endedAt } });
    this.paces.delete(redriveId);
  }

  /** Tells who watches, at most once a second and always at the end. */
  private async tell(redriveId: string): Promise<void> {
    const redrive = await this.store.find(redriveId);
    const isTold = Date.now() - (this.toldAt.get(redriveId) ?? 0) < TOLD_EVERY_MS;
    if (!redrive || (isTold && !redrive.endedAt)) return;
    if (redrive.endedAt) this.toldAt.delete(redriveId);
    else this.toldAt.set(redriveId, Date.now());
    this.hub.say('redrive', await this.store.viewOf(redrive));
  }
}
