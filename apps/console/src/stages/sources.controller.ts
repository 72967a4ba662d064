import { Body, Controller, Param, Query } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  type FetchPage,
  ListFetchesRequest,
  ListSourcesRequest,
  ReasonedAction,
  type SourcePage,
  type SourceView,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { StageClients } from './stage-clients.js';
import { asHttpFailure } from './stage-failure.js';

/** Sources, as ingest tells of them. */
@Controller()
export class SourcesController {
  constructor(
    private readonly stages: StageClients,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.sources)
  list(@Query(new ContractPipe(ListSourcesRequest)) request: ListSourcesRequest): Promise<SourcePage> {
    return asHttpFailure(this.stages.ingest.listSources(request));
  }

  @ConsoleRoute(CONSOLE_ROUTES.source)
  one(@Param('source') source: string): Promise<SourceView> {
    return asHttpFailure(this.stages.ingest.showSource(source));
  }

  @ConsoleRoute(CONSOLE_ROUTES.sourceFetches)
  fetches(
    @Param('source') source: string,
    @Query(new ContractPipe(ListFetchesRequest)) request: ListFetchesRequest,
  ): Promise<FetchPage> {
    return asHttpFailure(this.stages.ingest.listFetches(source, request));
  }

  @ConsoleRoute(CONSOLE_ROUTES.pauseSource)
  pause(
    @Param('source') source: string,
    @Body(new ContractPipe(ReasonedAction)) request: ReasonedAction,
    @Caller() caller: Principal,
  ): Promise<SourceView> {
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action: 'source.pause', target: source, reason, requestId, request }, () =>
      asHttpFailure(this.stages.ingest.pauseSource(source, { reason })),
    );
  }

  @ConsoleRoute(CONSOLE_ROUTES.resumeSource)
  resume(
    @Param('source') source: string,
    @Body(new ContractPipe(ReasonedAction)) request: ReasonedAction,
    @Caller() caller: Principal,
  ): Promise<SourceView> {
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action: 'source.resume', target: source, reason, requestId, request }, () =>
      asHttpFailure(this.stages.ingest.resumeSource(source)),
    );
  }
}
