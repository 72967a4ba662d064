import { Body, Controller, Param, Query, Res } from '@nestjs/common';
import {
  type ActionAnswer,
  CONSOLE_ROUTES,
  type CheckMessageAnswer,
  CheckMessageRequest,
  type ConsoleDeadLetterAnswer,
  type DeadLetterPage,
  type DeadLettersActionAnswer,
  type DeadLettersActionRequest,
  DiscardDeadLettersRequest,
  DownloadDeadLetterRequest,
  type EditAndReplayAnswer,
  EditAndReplayRequest,
  type FailuresAnswer,
  ListConsoleDeadLettersRequest,
  ListFailuresRequest,
  ReplayDeadLettersRequest,
} from '@wireroom/contracts';
import { ContractPipe, HttpFailure } from '@wireroom/pipeline';
import type { Response } from 'express';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { stageParam } from '../params.js';
import { StageClients } from '../stages/stage-clients.js';
import { asHttpFailure } from '../stages/stage-failure.js';
import { DeadLetterChoices } from './dead-letter-choices.js';
import { DeadLetterPages } from './dead-letter-pages.js';
import { FailureGroups } from './failure-groups.js';

/** Dead letters: seeing what they have in common, and doing something about them. */
@Controller()
export class FailuresController {
  constructor(
    private readonly groups: FailureGroups,
    private readonly pages: DeadLetterPages,
    private readonly choices: DeadLetterChoices,
    private readonly stages: StageClients,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.failures)
  failures(@Query(new ContractPipe(ListFailuresRequest)) request: ListFailuresRequest): Promise<FailuresAnswer> {
    return this.groups.list(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.deadLetters)
  list(
    @Query(new ContractPipe(ListConsoleDeadLettersRequest)) request: ListConsoleDeadLettersRequest,
  ): Promise<DeadLetterPage> {
    return this.pages.list(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.deadLetter)
  one(@Param('stage') stage: string, @Param('id') id: string): Promise<ConsoleDeadLetterAnswer> {
    return asHttpFailure(this.pages.one(stageParam(stage), id));
  }

  @ConsoleRoute(CONSOLE_ROUTES.downloadDeadLetter)
  async download(
    @Param('stage') stage: string,
    @Param('id') id: string,
    @Query(new ContractPipe(DownloadDeadLetterRequest)) { edit = 0 }: DownloadDeadLetterRequest,
    @Res() response: Response,
  ): Promise<void> {
    const value = await asHttpFailure(this.pages.valueOf(stageParam(stage), id, edit));
    if (!value) throw new HttpFailure(404, 'not-found', `dead letter ${id} has no version ${edit}`);
    const name = `${id.replace(/[^\w.-]+/g, '-').slice(0, 200)}${edit === 0 ? '' : `-edit-${edit}`}.bin`;
    response
      .status(CONSOLE_ROUTES.downloadDeadLetter.status)
      .set({ 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="${name}"` })
      .send(value);
  }

  @ConsoleRoute(CONSOLE_ROUTES.checkMessage)
  check(
    @Param('stage') stage: string,
    @Body(new ContractPipe(CheckMessageRequest)) { valueBase64 }: CheckMessageRequest,
  ): CheckMessageAnswer {
    return this.pages.check(stageParam(stage), Buffer.from(valueBase64, 'base64'));
  }

  @ConsoleRoute(CONSOLE_ROUTES.replayDeadLetters)
  replay(
    @Body(new ContractPipe(ReplayDeadLettersRequest)) request: ReplayDeadLettersRequest,
    @Caller() caller: Principal,
  ): Promise<DeadLettersActionAnswer> {
    return this.act('dead-letters.replay', request, caller, (ids) =>
      this.stages.of(request.stage).replayDeadLetters({ ids }),
    );
  }

  @ConsoleRoute(CONSOLE_ROUTES.discardDeadLetters)
  discard(
    @Body(new ContractPipe(DiscardDeadLettersRequest)) request: DiscardDeadLettersRequest,
    @Caller() caller: Principal,
  ): Promise<DeadLettersActionAnswer> {
    return this.act('dead-letters.discard', request, caller, (ids) =>
      this.stages.of(request.stage).discardDeadLetters({ ids, reason: request.reason }),
    );
  }

  @ConsoleRoute(CONSOLE_ROUTES.editAndReplay)
  editAndReplay(
    @Param('stage') name: string,
    @Param('id') id: string,
    @Body(new ContractPipe(EditAndReplayRequest)) request: EditAndReplayRequest,
    @Caller() caller: Principal,
  ): Promise<EditAndReplayAnswer> {
    const stage = stageParam(name);
    const { reason, requestId } = request;
    const target = `${stage}/${id}`;
    const asked = { caller, action: 'dead-letters.edit-and-replay', target, reason, requestId, request };
    return this.audit.perform(asked, async () => {
      const { edit } = await asHttpFailure(this.stages.of(stage).editDeadLetter(id, { ...request, by: caller.actor }));
      return { requestId, id, edit };
    });
  }

  /** Chooses, and acts on what was chosen; a dry run ends with the choice. */
  private async act(
    action: string,
    request: DeadLettersActionRequest & { reason?: string },
    caller: Principal,
    run: (ids: string[]) => Promise<ActionAnswer>,
  ): Promise<DeadLettersActionAnswer> {
    const { requestId, reason, stage } = request;
    if (request.dryRun) {
      const ids = await this.choices.waiting(request);
      return { requestId, dryRun: true, affected: ids.length, ids };
    }
    return this.audit.perform({ caller, action, target: stage, reason, requestId, request }, async () => {
      const ids = await this.choices.waiting(request);
      const done = ids.length === 0 ? { affected: 0, ids: [] } : await asHttpFailure(run(ids));
      return { requestId, dryRun: false, ...done };
    });
  }
}
