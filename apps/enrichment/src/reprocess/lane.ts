import { Inject, Injectable } from '@nestjs/common';
import { CLUSTER_STEP, type Enriched, type TextSignature, replaceSteps } from '@wireroom/enrichment';
import { LOGGER, WorkerPool, codeOf } from '@wireroom/pipeline';
import { type Logger, UnavailableError } from '@wireroom/platform';
import { isDeepStrictEqual } from 'node:util';
import { ClusterIndex } from '../clusters/cluster-index.js';
import { withCluster } from '../clusters/with-cluster.js';
import type { EnrichedItem } from '../enriched-item.schema.js';
import { EnrichmentEnv } from '../enrichment.env.js';
import { EnrichmentSteps } from '../steps/enrichment-steps.js';
import { StepMetrics } from '../steps/step-metrics.js';
import type { RunAgainAnswer, RunAgainTask } from './run-again.js';

/** What came of running steps again over one item; `failures` are `step: code`, and then `after` is not to be kept. */
export interface LaneResult {
  item: EnrichedItem;
  after: Enriched;
  failures: string[];
}

/** With what its story cluster is told by; absent where it could not be read again. */
interface ReadAgain extends LaneResult {
  signature?: TextSignature;
}

/** A process beside those of live items, so that these never queue behind items that are processed again. */
export type LaneWorker = WorkerPool<RunAgainTask, RunAgainAnswer>;

/** Runs steps again over stored items; stores nothing but what the cluster index files. */
@Injectable()
export class Lane {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly env: EnrichmentEnv,
    private readonly clusters: ClusterIndex,
    private readonly steps: EnrichmentSteps,
    private readonly metrics: StepMetrics,
  ) {}

  open(): LaneWorker {
    return new WorkerPool({
      worker: new URL('./run-again.worker.js', import.meta.url),
      workers: 1,
      deadlineMs: this.env.ENRICH_DEADLINE_MS,
      maxOldSpaceMb: this.env.ENRICH_MAX_HEAP_MB,
    });
  }

  /** @throws UnavailableError */
  async run(worker: LaneWorker, items: EnrichedItem[], steps: string[]): Promise<LaneResult[]> {
    const results: ReadAgain[] = [];
    for (const item of items) results.push(await this.runOne(worker, item, steps));
    return steps.includes(CLUSTER_STEP.name) ? this.cluster(results) : results;
  }

  private async cluster(results: ReadAgain[]): Promise<LaneResult[]> {
    const texts = results.flatMap(({ item: { contentId, revision, source, receivedAt }, signature }) => {
      return signature === undefined ? [] : [{ contentId, revision, source, receivedAt, signature }];
    });
    const answers = (await this.clusters.assign(texts)).values();
    return results.map((result) => {
      if (result.signature === undefined) return result;
      const clustered = withCluster({ ...result.after, provenance: [] }, answers.next().value!);
      return { ...result, after: replaceSteps(result.after, clustered, [CLUSTER_STEP.name]) };
    });
  }

  private async runOne(worker: LaneWorker, item: EnrichedItem, steps: string[]): Promise<ReadAgain> {
    const { article, publishedAt, provenance } = item;
    const before: Enriched = { enrichment: item.enrichment ?? {}, provenance };
    try {
      const { config } = this.steps;
      const { signature, reasons, ...again } = await worker.run({
        article: article!,
        publishedAt,
        steps,
        config,
        ...before,
      });
      this.metrics.record(
        { failedSteps: again.enrichment.failedSteps?.filter(({ step }) => step in reasons) },
        {},
        reasons,
      );
      const after = await this.steps.ask(article!, publishedAt, again, this.metrics.watch, steps);
      return { item, after, failures: failuresOf(after, steps), signature };
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      this.logger.warn({ err: error, contentId: item.contentId, code: codeOf(error) }, 'could not be processed again');
      return { item, after: before, failures: [codeOf(error)] };
    }
  }
}

/** Whether an item says something else than before. The evidence alone, such as a step's version, is no change. */
export function isChanged({ item, after }: LaneResult): boolean {
  return !isDeepStrictEqual(plain(item.enrichment ?? {}), plain(after.enrichment));
}

/** As it is stored: without what is undefined. */
export function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function failuresOf({ enrichment }: Enriched, steps: string[]): string[] {
  const failed = (enrichment.failedSteps ?? []).filter(({ step }) => steps.includes(step));
  return failed.map(({ step, code }) => `${step}: ${code}`);
}
