import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  type ActionAnswer,
  type DeadLetterAnswer,
  type DeadLetterPage,
  DiscardRequest,
  type EditDeadLetterAnswer,
  EditDeadLetterRequest,
  type JourneyAnswer,
  ListDeadLettersRequest,
  PauseStageRequest,
  ReplayRequest,
  STAGE_ROUTES,
  type StageControlAnswer,
  type StageName,
  type StagePause,
  type StageStatusAnswer,
} from '@wireroom/contracts';
import { hostname } from 'node:os';
import { DeadLetterActions } from './dead-letter-actions.js';
import { DeadLetters } from './dead-letters.js';
import { Health } from './health.js';
import { ContractPipe, HttpFailure } from './http-failure.js';
import { contentIdParam } from './params.js';
import { LagWatch } from './lag-watch.js';
import { OpsGuard } from './ops.guard.js';
import { StageControl } from './stage-control.js';
import type { StageDocument } from './stage-document.js';
import { StageStore } from './stage-store.js';
import { STAGE } from './tokens.js';

/** What every stage answers to operators. */
@Controller()
@UseGuards(OpsGuard)
export class StageOpsController {
  constructor(
    @Inject(STAGE) private readonly stage: StageName,
    private readonly store: StageStore<object, unknown, StageDocument>,
    private readonly deadLetters: DeadLetters,
    private readonly actions: DeadLetterActions,
    private readonly control: StageControl,
    private readonly watch: LagWatch,
    private readonly health: Health,
  ) {}

  @Get(STAGE_ROUTES.status.path)
  async status(): Promise<StageStatusAnswer> {
    await this.watch.look();
    const [{ done, skipped }, deadLettersOpen, unsaid, { paused }] = await Promise.all([
      this.store.countOutcomes(),
      this.deadLetters.countOpen(),
      this.store.unsaid(),
      this.control.read(),
    ]);
    const { ok, reasons } = this.health.ready();
    return {
      stage: this.stage,
      instance: `${hostname()}:${process.pid}`,
      health: this.health.live().ok ? (ok && !paused ? 'ok' : 'degraded') : 'down',
      reasons: paused ? [...reasons, sentenceOf(paused)] : reasons,
      done,
      skipped,
      deadLettersOpen,
      unsaid: unsaid.count,
      oldestUnsaidSeconds: unsaid.oldestSeconds,
      lag: this.watch.lag ?? -1,
      paused,
    };
  }

  @Get(STAGE_ROUTES.journey.path)
  async journey(@Param('contentId') contentId: string): Promise<JourneyAnswer> {
    const id = contentIdParam(contentId);
    const [steps, failures] = await Promise.all([this.store.journey(id), this.deadLetters.journey(id)]);
    return { contentId: id, steps: [...steps, ...failures] };
  }

  @Get(STAGE_ROUTES.listDeadLetters.path)
  listDeadLetters(
    @Query(new ContractPipe(ListDeadLettersRequest)) request: ListDeadLettersRequest,
  ): Promise<DeadLetterPage> {
    return this.deadLetters.list(request);
  }

  @Get(STAGE_ROUTES.showDeadLetter.path)
  async showDeadLetter(@Param('id') id: string): Promise<DeadLetterAnswer> {
    const letter = await this.deadLetters.find(id);
    if (!letter) throw new HttpFailure(404, 'not-found', `no dead letter ${id} at ${this.stage}`);
    return letter;
  }

  @Post(STAGE_ROUTES.replayDeadLetters.path)
  @HttpCode(STAGE_ROUTES.replayDeadLetters.status)
  replay(@Body(new ContractPipe(ReplayRequest)) request: ReplayRequest): Promise<ActionAnswer> {
    return this.actions.replay(request);
  }

  @Post(STAGE_ROUTES.discardDeadLetters.path)
  @HttpCode(STAGE_ROUTES.discardDeadLetters.status)
  discard(@Body(new ContractPipe(DiscardRequest)) request: DiscardRequest): Promise<ActionAnswer> {
    return this.actions.discard(request);
  }

  @Post(STAGE_ROUTES.editDeadLetter.path)
  @HttpCode(STAGE_ROUTES.editDeadLetter.status)
  edit(
    @Param('id') id: string,
    @Body(new ContractPipe(EditDeadLetterRequest)) request: EditDeadLetterRequest,
  ): Promise<EditDeadLetterAnswer> {
    return this.actions.edit(id, request);
  }

  @Post(STAGE_ROUTES.pause.path)
  @HttpCode(STAGE_ROUTES.pause.status)
  pause(@Body(new ContractPipe(PauseStageRequest)) request: PauseStageRequest): Promise<StageControlAnswer> {
    return this.control.pause(request);
  }

  @Post(STAGE_ROUTES.resume.path)
  @HttpCode(STAGE_ROUTES.resume.status)
  resume(): Promise<StageControlAnswer> {
    return this.control.resume();
  }
}

function sentenceOf({ since, by, reason }: StagePause): string {
  return `paused since ${since}${by === undefined ? '' : ` by ${by}`}: ${reason}`;
}
