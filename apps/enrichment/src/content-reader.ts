import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { breaksTheProcess, withoutOwn } from '@wireroom/enrichment/custom-steps';
import { LOGGER, WorkerPool, codeOf } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { WatchedRules, rulesLog } from '@wireroom/site-rules';
import { EnrichmentEnv } from './enrichment.env.js';
import { EnrichmentSteps } from './steps/enrichment-steps.js';
import type { ReadAnswer, ReadTask } from './read-content.js';

/** Reads content in processes of their own, so that a hostile page stalls neither heartbeats nor its neighbours. */
@Injectable()
export class ContentReader implements OnModuleInit, OnApplicationShutdown {
  private readonly pool: WorkerPool<ReadTask, ReadAnswer>;
  private rules: WatchedRules | undefined;

  constructor(
    private readonly env: EnrichmentEnv,
    private readonly steps: EnrichmentSteps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.pool = new WorkerPool({
      worker: new URL('./read-content.worker.js', import.meta.url),
      workers: env.ENRICH_THREADS,
      deadlineMs: env.ENRICH_DEADLINE_MS,
      maxOldSpaceMb: env.ENRICH_MAX_HEAP_MB,
    });
  }

  /** @throws RulesFolderError when a site rule can't be used: better no start than pages read half by rules. */
  async onModuleInit(): Promise<void> {
    const dir = this.env.RULES_DIR;
    if (dir === undefined) return;
    this.rules = await WatchedRules.open(dir, rulesLog(dir, this.logger));
    this.logger.info({ dir, rules: this.rules.current.length }, 'site rules read');
  }

  /** @throws PermanentError with the extraction's code, `timeout` or `out-of-memory`. */
  async read(given: Omit<ReadTask, 'siteRule' | 'config' | 'without'>): Promise<ReadAnswer> {
    const task: ReadTask = { ...given, config: this.steps.config, siteRule: this.rules?.sourceFor(given.url) };
    try {
      return await this.pool.run(task);
    } catch (error) {
      if (this.steps.own.length === 0 || !breaksTheProcess(codeOf(error))) throw error;
      return this.readWithoutOwn(task, codeOf(error));
    }
  }

  /** Who broke the process is not known: should it be a step of the team's own, the item goes on without them. */
  private async readWithoutOwn(task: ReadTask, code: string): Promise<ReadAnswer> {
    const { own } = this.steps;
    const answer = await this.pool.run({ ...task, without: own });
    return answer.kind === 'article' ? withoutOwn(answer, own, code) : answer;
  }

  /** Whether a live item is waiting or being read. */
  get isBusy(): boolean {
    return this.pool.isBusy;
  }

  async onApplicationShutdown(): Promise<void> {
    this.rules?.close();
    await this.pool.close();
  }
}
