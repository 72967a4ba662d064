import type { ArticleData } from '@wireroom/contracts';
import { CLUSTER_STEP, type Enriched } from '@wireroom/enrichment';
import { BUILT_IN, type ConfiguredSteps, findConfig, stepsOf } from '@wireroom/enrichment/custom-steps';
import { RemoteStep } from './remote-step.js';
import { type StepWatch, askRemoteSteps } from './remote-steps.js';

/** The steps of this service as they are configured. */
export class EnrichmentSteps {
  private readonly remote: RemoteStep[];

  /** @throws ConfigError: better no start than articles without the steps they should have. */
  static async read(named: string | undefined, dir: string): Promise<EnrichmentSteps> {
    const config = findConfig(named, dir);
    return new EnrichmentSteps(await stepsOf(config), config);
  }

  private constructor(
    private readonly steps: ConfiguredSteps,
    /** Path of the configuration, for the workers. */
    readonly config: string | undefined,
  ) {
    this.remote = steps.http.map((one) => new RemoteStep(one));
  }

  /** Names of the steps that the team has added and that run in the workers. */
  get own(): string[] {
    return this.steps.own;
  }

  /** Names of built-in steps that the configuration switches off, and that no step of the team's has taken. */
  get off(): string[] {
    const { names } = this;
    return BUILT_IN.filter((name) => !names.includes(name));
  }

  /** Names of all steps that run, in their order. */
  get names(): string[] {
    const { chain, clusters } = this.steps;
    return [...[...chain, ...this.remote].map(({ name }) => name), ...(clusters ? [CLUSTER_STEP.name] : [])];
  }

  /** For each HTTP step, whether its server is left alone for now. */
  get resting(): [step: string, isResting: boolean][] {
    return this.remote.map(({ name, isResting }) => [name, isResting]);
  }

  /** What the HTTP steps say of an article, beside what the workers found; those named in `only`, all by default. */
  ask(
    article: ArticleData,
    publishedAt: string | undefined,
    before: Enriched,
    watch: StepWatch,
    only: readonly string[] = this.names,
  ): Promise<Enriched> {
    const steps = this.remote.filter(({ name }) => only.includes(name));
    return askRemoteSteps(steps, article, publishedAt, before, watch);
  }
}
