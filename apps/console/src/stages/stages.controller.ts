import { Body, Controller, Param } from '@nestjs/common';
import { CONSOLE_ROUTES, ChangeStageRequest, type StageClient, type StageControlAnswer } from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { stageParam } from '../params.js';
import { StageClients } from './stage-clients.js';
import { asHttpFailure } from './stage-failure.js';

/** Pausing and resuming stages. */
@Controller()
export class StagesController {
  constructor(
    private readonly stages: StageClients,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.pauseStage)
  pause(
    @Param('stage') name: string,
    @Body(new ContractPipe(ChangeStageRequest)) request: ChangeStageRequest,
    @Caller() caller: Principal,
  ): Promise<StageControlAnswer> {
    const { reason } = request;
    return this.change('stage.pause', name, request, caller, (stage) => stage.pause({ reason, by: caller.actor }));
  }

  @ConsoleRoute(CONSOLE_ROUTES.resumeStage)
  resume(
    @Param('stage') name: string,
    @Body(new ContractPipe(ChangeStageRequest)) request: ChangeStageRequest,
    @Caller() caller: Principal,
  ): Promise<StageControlAnswer> {
    return this.change('stage.resume', name, request, caller, (stage) => stage.resume({ by: caller.actor }));
  }

  private change(
    action: string,
    name: string,
    request: ChangeStageRequest,
    caller: Principal,
    change: (stage: StageClient) => Promise<StageControlAnswer>,
  ): Promise<StageControlAnswer> {
    const target = stageParam(name);
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action, target, reason, requestId, request }, () =>
      asHttpFailure(change(this.stages.of(target))),
    );
  }
}
