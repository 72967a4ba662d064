import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  AddSourceRequest,
  type FetchPage,
  INGEST_ROUTES,
  ListFetchesRequest,
  ListSourcesRequest,
  PauseSourceRequest,
  type RemovedSourceAnswer,
  type SourcePage,
  SourceSpec,
  type SourceView,
  type TestSourceAnswer,
} from '@wireroom/contracts';
import { ContractPipe, OpsGuard } from '@wireroom/pipeline';
import { FetchLedger } from './fetch-ledger.js';
import { placeOf, readPlace } from './ledger-place.js';
import { SourceRegistry } from './source-registry.js';
import { SourceStore } from './source.store.js';
import { SourceTester } from './source-tester.js';
import { fetchViewOf, viewOf } from './source-views.js';

const USUAL_LIMIT = 100;

/** What ingest answers to operators about its sources. */
@Controller()
@UseGuards(OpsGuard)
export class SourcesController {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly store: SourceStore,
    private readonly ledger: FetchLedger,
    private readonly tester: SourceTester,
  ) {}

  @Post(INGEST_ROUTES.addSource.path)
  @HttpCode(INGEST_ROUTES.addSource.status)
  async add(@Body(new ContractPipe(AddSourceRequest)) request: AddSourceRequest): Promise<SourceView> {
    const { replace = false, ...spec } = request;
    return viewOf(await this.registry.add(spec, { replace }), new Date());
  }

  @Get(INGEST_ROUTES.listSources.path)
  async list(@Query(new ContractPipe(ListSourcesRequest)) request: ListSourcesRequest): Promise<SourcePage> {
    const { kind, state, limit = USUAL_LIMIT, cursor } = request;
    const { items, total } = await this.store.list({ kind, state, after: cursor }, limit);
    const now = new Date();
    const nextCursor = items.length === limit ? items.at(-1)?._id : undefined;
    return { items: items.map((source) => viewOf(source, now)), total, nextCursor };
  }

  @Post(INGEST_ROUTES.testSource.path)
  @HttpCode(INGEST_ROUTES.testSource.status)
  async test(@Body(new ContractPipe(SourceSpec)) spec: SourceSpec): Promise<TestSourceAnswer> {
    await this.registry.check(spec);
    return this.tester.test(spec);
  }

  @Get(INGEST_ROUTES.showSource.path)
  async show(@Param('source') name: string): Promise<SourceView> {
    return viewOf(await this.registry.find(name), new Date());
  }

  @Delete(INGEST_ROUTES.removeSource.path)
  async remove(@Param('source') name: string): Promise<RemovedSourceAnswer> {
    await this.registry.remove(name);
    return { name };
  }

  @Post(INGEST_ROUTES.pauseSource.path)
  @HttpCode(INGEST_ROUTES.pauseSource.status)
  async pause(
    @Param('source') name: string,
    @Body(new ContractPipe(PauseSourceRequest)) { reason }: PauseSourceRequest,
  ): Promise<SourceView> {
    return viewOf(await this.registry.pause(name, reason), new Date());
  }

  @Post(INGEST_ROUTES.resumeSource.path)
  @HttpCode(INGEST_ROUTES.resumeSource.status)
  async resume(@Param('source') name: string): Promise<SourceView> {
    return viewOf(await this.registry.resume(name), new Date());
  }

  @Get(INGEST_ROUTES.listFetches.path)
  async fetches(
    @Param('source') name: string,
    @Query(new ContractPipe(ListFetchesRequest)) request: ListFetchesRequest,
  ): Promise<FetchPage> {
    const { purpose, limit = USUAL_LIMIT, cursor } = request;
    await this.registry.find(name);
    const after = cursor === undefined ? undefined : readPlace(cursor);
    const rows = await this.ledger.list(name, { purpose, limit, after });
    const last = rows.at(-1);
    return {
      source: name,
      items: rows.map(fetchViewOf),
      nextCursor: last && rows.length === limit ? placeOf({ at: last.at, id: last._id }) : undefined,
    };
  }
}
