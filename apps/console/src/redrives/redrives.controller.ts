import { Body, Controller, Param, Query } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  ChangeRedriveRequest,
  ListRedriveItemsRequest,
  ListRedrivesRequest,
  PreviewRedriveRequest,
  type Redrive,
  type RedriveItemPage,
  type RedrivePage,
  type RedrivePreviewAnswer,
  StartRedriveRequest,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Caller, type Principal } from '../access/principal.js';
import { Audit } from '../audit/audit.js';
import { RedriveStore } from './redrive-store.js';
import { Redrives } from './redrives.js';

@Controller()
export class RedrivesController {
  constructor(
    private readonly redrives: Redrives,
    private readonly store: RedriveStore,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.previewRedrive)
  preview(
    @Body(new ContractPipe(PreviewRedriveRequest)) { filter }: PreviewRedriveRequest,
  ): Promise<RedrivePreviewAnswer> {
    return this.redrives.preview(filter);
  }

  @ConsoleRoute(CONSOLE_ROUTES.startRedrive)
  start(
    @Body(new ContractPipe(StartRedriveRequest)) request: StartRedriveRequest,
    @Caller() caller: Principal,
  ): Promise<Redrive> {
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action: 'redrive.start', target: requestId, reason, requestId, request }, () =>
      this.redrives.start(request, caller.actor),
    );
  }

  @ConsoleRoute(CONSOLE_ROUTES.redrives)
  list(@Query(new ContractPipe(ListRedrivesRequest)) request: ListRedrivesRequest): Promise<RedrivePage> {
    return this.store.list(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.redrive)
  one(@Param('id') id: string): Promise<Redrive> {
    return this.redrives.view(id);
  }

  @ConsoleRoute(CONSOLE_ROUTES.redriveItems)
  async items(
    @Param('id') id: string,
    @Query(new ContractPipe(ListRedriveItemsRequest)) request: ListRedriveItemsRequest,
  ): Promise<RedriveItemPage> {
    await this.redrives.existing(id);
    return this.store.listItems(id, request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.pauseRedrive)
  pause(
    @Param('id') id: string,
    @Body(new ContractPipe(ChangeRedriveRequest)) request: ChangeRedriveRequest,
    @Caller() caller: Principal,
  ): Promise<Redrive> {
    return this.change('pause', id, request, caller);
  }

  @ConsoleRoute(CONSOLE_ROUTES.resumeRedrive)
  resume(
    @Param('id') id: string,
    @Body(new ContractPipe(ChangeRedriveRequest)) request: ChangeRedriveRequest,
    @Caller() caller: Principal,
  ): Promise<Redrive> {
    return this.change('resume', id, request, caller);
  }

  @ConsoleRoute(CONSOLE_ROUTES.stopRedrive)
  stop(
    @Param('id') id: string,
    @Body(new ContractPipe(ChangeRedriveRequest)) request: ChangeRedriveRequest,
    @Caller() caller: Principal,
  ): Promise<Redrive> {
    return this.change('stop', id, request, caller);
  }

  private change(
    verb: 'pause' | 'resume' | 'stop',
    id: string,
    request: ChangeRedriveRequest,
    caller: Principal,
  ): Promise<Redrive> {
    const { reason, requestId } = request;
    return this.audit.perform({ caller, action: `redrive.${verb}`, target: id, reason, requestId, request }, () =>
      this.redrives.change(id, verb),
    );
  }
}
