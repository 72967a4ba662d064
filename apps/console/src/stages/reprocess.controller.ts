import { Body, Controller, Param } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  ConsoleAction,
  type ReprocessAnswer,
  type ReprocessList,
  type ReprocessPreviewAnswer,
  ReprocessPreviewRequest,
  StartReprocessRequest,
  type StepsAnswer,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { StageClients } from './stage-clients.js';
import { asHttpFailure } from './stage-failure.js';

/** Running steps again over what is stored, as enrichment does it. */
@Controller()
export class ReprocessController {
  constructor(
    private readonly stages: StageClients,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.reprocessings)
  list(): Promise<ReprocessList> {
    return asHttpFailure(this.stages.enrichment.listReprocess());
  }

  /** Before the route of one reprocessing, whose path takes any word for an id. */
  @ConsoleRoute(CONSOLE_ROUTES.reprocessSteps)
  steps(): Promise<StepsAnswer> {
    return asHttpFailure(this.stages.enrichment.reprocessSteps());
  }

  @ConsoleRoute(CONSOLE_ROUTES.reprocessing)
  one(@Param('id') id: string): Promise<ReprocessAnswer> {
    return asHttpFailure(this.stages.enrichment.showReprocess(id));
  }

  @ConsoleRoute(CONSOLE_ROUTES.previewReprocess)
  preview(
    @Body(new ContractPipe(ReprocessPreviewRequest)) request: ReprocessPreviewRequest,
  ): Promise<ReprocessPreviewAnswer> {
    return asHttpFailure(this.stages.enrichment.previewReprocess(request));
  }

  @ConsoleRoute(CONSOLE_ROUTES.startReprocess)
  start(
    @Body(new ContractPipe(StartReprocessRequest)) request: StartReprocessRequest,
    @Caller() caller: Principal,
  ): Promise<ReprocessAnswer> {
    const { reason, requestId, ...wanted } = request;
    return this.audit.perform({ caller, action: 'reprocess.start', reason, requestId, request }, () =>
      asHttpFailure(this.stages.enrichment.startReprocess(wanted)),
    );
  }

  @ConsoleRoute(CONSOLE_ROUTES.stopReprocess)
  stop(
    @Param('id') id: string,
    @Body(new ContractPipe(ConsoleAction)) request: ConsoleAction,
    @Caller() caller: Principal,
  ): Promise<ReprocessAnswer> {
    const { requestId } = request;
    return this.audit.perform({ caller, action: 'reprocess.stop', target: id, requestId, request }, () =>
      asHttpFailure(this.stages.enrichment.stopReprocess(id)),
    );
  }
}
