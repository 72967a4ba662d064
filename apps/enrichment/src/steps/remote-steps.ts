import type { ArticleData, EnrichmentData, ProvenanceData, StepCallAnswer } from '@wireroom/contracts';
import { type Enriched, inputOf, replaceSteps } from '@wireroom/enrichment';
import { type RemoteStep, StepFailed } from './remote-step.js';

/** How long a step took with one article, milliseconds, and how it failed, if it did. */
export type StepWatch = (step: string, ms: number, failure?: StepFailed) => void;

/**
 * Asks HTTP steps about an article, all at once; each sees what the built-in steps found. A step that fails costs the
 * article that step, and is named in `failedSteps`.
 *
 * @param before what is known of the article; what the same steps had found goes
 */
export async function askRemoteSteps(
  steps: readonly RemoteStep[],
  article: ArticleData,
  publishedAt: string | undefined,
  before: Enriched,
  watch: StepWatch,
): Promise<Enriched> {
  if (steps.length === 0) return before;
  const { title, body, publishedAt: published } = inputOf(article, publishedAt);
  const { custom: _own, failedSteps: _failed, ...enrichment } = before.enrichment;
  const answers = await Promise.all(
    steps.map((step) =>
      timed(step, watch, () => step.call({ step: step.name, title, body, publishedAt: published, enrichment })),
    ),
  );
  return replaceSteps(
    before,
    found(before.enrichment, answers),
    steps.map(({ name }) => name),
  );
}

type Answered = { step: RemoteStep; answer: StepCallAnswer } | { step: RemoteStep; code: string };

async function timed(step: RemoteStep, watch: StepWatch, call: () => Promise<StepCallAnswer>): Promise<Answered> {
  const began = performance.now();
  try {
    const answer = await call();
    watch(step.name, performance.now() - began);
    return { step, answer };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    watch(step.name, performance.now() - began, error);
    return { step, code: error.code };
  }
}

function found(enrichment: EnrichmentData, answers: Answered[]): Enriched {
  const failedSteps = answers.flatMap((one) => ('code' in one ? [{ step: one.step.name, code: one.code }] : []));
  const given = answers.flatMap((one) => ('answer' in one ? [one] : []));
  const custom = {
    ...enrichment.custom,
    ...Object.fromEntries(given.map(({ step, answer }) => [step.name, answer.value])),
  };
  return {
    enrichment: { ...enrichment, ...(Object.keys(custom).length === 0 ? {} : { custom }), failedSteps },
    provenance: given.map(({ step, answer }) => evidenceOf(step, answer)),
  };
}

function evidenceOf({ name, version }: RemoteStep, { reason }: StepCallAnswer): ProvenanceData {
  return {
    field: `/enrichment/custom/${name}`,
    extractor: name,
    version,
    rule: 'http-step',
    source: 'text',
    basis: 'body',
    spans: [],
    chosen: true,
    ...(reason === undefined ? {} : { reason }),
  };
}
