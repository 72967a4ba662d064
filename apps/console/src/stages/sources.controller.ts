import { Body, Controller, Param, Query } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  DeclareSourceRequest,
  type FetchPage,
  type IngestClient,
  ListFetchesRequest,
  ListSourcesRequest,
  ReasonedAction,
  type RemovedSourceAnswer,
  type SourcePage,
  SourceSpec,
  type SourceView,
  type TestSourceAnswer,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { StageClients } from './stage-clients.js';
import { asHttpFailure } from './stage-failure.js';

/** Sources, as ingest tells of them and changes them. */
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

  @ConsoleRoute(CONSOLE_ROUTES.declareSource)
  declare(
    @Body(new ContractPipe(DeclareSourceRequest)) request: DeclareSourceRequest,
    @Caller() caller: Principal,
  ): Promise<SourceView> {
    const { reason: _reason, requestId: _requestId, ...spec } = request;
    return this.change('source.declare', spec.name, request, caller, (ingest) => ingest.addSource(spec));
  }

  /** Changes nothing, so it is in no audit; it makes ingest ask an address of the caller's, so it needs the role. */
  @ConsoleRoute(CONSOLE_ROUTES.testSource)
  test(@Body(new ContractPipe(SourceSpec)) spec: SourceSpec): Promise<TestSourceAnswer> {
    return asHttpFailure(this.stages.patientIngest.testSource(spec));
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
    const { reason } = request;
    return this.change('source.pause', source, request, caller, (ingest) => ingest.pauseSource(source, { reason }));
  }

  @ConsoleRoute(CONSOLE_ROUTES.resumeSource)
  resume(
    @Param('source') source: string,
    @Body(new ContractPipe(ReasonedAction)) request: ReasonedAction,
    @Caller() caller: Principal,
  ): Promise<SourceView> {
    return this.change('source.resume', source, request, caller, (ingest) => ingest.resumeSource(source));
  }

  @ConsoleRoute(CONSOLE_ROUTES.removeSource)
  remove(
    @Param('source') source: string,
    @Body(new ContractPipe(ReasonedAction)) request: ReasonedAction,
    @Caller() caller: Principal,
  ): Promise<RemovedSourceAnswer> {
    return this.change('source.remove', source, request, caller, (ingest) => ingest.removeSource(source));
  }

  private change<TAnswer extends object>(
    action: string,
    target: string,
    request: ReasonedAction,
    caller: Principal,
    change: (ingest: IngestClient) => Promise<TAnswer>,
  ): Promise<TAnswer> {
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action, target, reason, requestId, request }, () =>
      asHttpFailure(change(this.stages.ingest)),
    );
  }
}
