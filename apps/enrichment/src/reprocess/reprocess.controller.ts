import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  ENRICHMENT_ROUTES,
  type ReprocessAnswer,
  type ReprocessList,
  type ReprocessPreviewAnswer,
  ReprocessPreviewRequest,
  ReprocessRequest,
  type StepsAnswer,
} from '@wireroom/contracts';
import { ContractPipe, HttpFailure, OpsGuard } from '@wireroom/pipeline';
import { EnrichmentSteps } from '../steps/enrichment-steps.js';
import { canBeTried, checkSteps } from './check-steps.js';
import { ReprocessJobs } from './reprocess-jobs.js';
import { ReprocessPreview } from './reprocess-preview.js';

/** Runs steps again over what is stored, for operators. */
@Controller()
@UseGuards(OpsGuard)
export class ReprocessController {
  constructor(
    private readonly jobs: ReprocessJobs,
    private readonly previews: ReprocessPreview,
    private readonly steps: EnrichmentSteps,
  ) {}

  @Post(ENRICHMENT_ROUTES.startReprocess.path)
  @HttpCode(ENRICHMENT_ROUTES.startReprocess.status)
  start(@Body(new ContractPipe(ReprocessRequest)) request: ReprocessRequest): Promise<ReprocessAnswer> {
    checkSteps(request.steps, this.steps, { isTrial: request.dryRun === true });
    return this.jobs.start(request);
  }

  @Get(ENRICHMENT_ROUTES.listReprocess.path)
  async list(): Promise<ReprocessList> {
    return { jobs: await this.jobs.list() };
  }

  /** Before the route of one reprocessing, whose path takes any word for an id. */
  @Get(ENRICHMENT_ROUTES.reprocessSteps.path)
  listSteps(): StepsAnswer {
    return { steps: this.steps.names.map((name) => ({ name, canBeTried: canBeTried(name) })) };
  }

  @Post(ENRICHMENT_ROUTES.previewReprocess.path)
  @HttpCode(ENRICHMENT_ROUTES.previewReprocess.status)
  preview(
    @Body(new ContractPipe(ReprocessPreviewRequest)) request: ReprocessPreviewRequest,
  ): Promise<ReprocessPreviewAnswer> {
    checkSteps(request.steps, this.steps, { isTrial: true });
    return this.previews.preview(request);
  }

  @Get(ENRICHMENT_ROUTES.showReprocess.path)
  async show(@Param('id') id: string): Promise<ReprocessAnswer> {
    return found(id, await this.jobs.find(id));
  }

  @Post(ENRICHMENT_ROUTES.stopReprocess.path)
  @HttpCode(ENRICHMENT_ROUTES.stopReprocess.status)
  async stop(@Param('id') id: string): Promise<ReprocessAnswer> {
    return found(id, await this.jobs.stop(id));
  }
}

function found(id: string, job: ReprocessAnswer | undefined): ReprocessAnswer {
  if (!job) throw new HttpFailure(404, 'not-found', `no reprocessing ${id}`);
  return job;
}
