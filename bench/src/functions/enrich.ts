import { bodyOf } from '@wireroom/contracts';
import { type EnrichmentInput, type EnrichmentStep, STEPS, enrichArticle } from '@wireroom/enrichment';
import { extractArticle } from '@wireroom/extraction';
import { figure, tableOf } from '../report.js';
import { findPageSets } from './pages.js';
import { ratePerSecond } from './rate.js';

export interface EnrichReport {
  articles: number;
  /** Articles a second of CPU, all steps. */
  rate: number;
  steps: { step: string; microseconds: number; share: number }[];
}

/** The enrichment of every article that the extraction finds, and the time each step has of it. */
export async function benchEnrich(milliseconds: number): Promise<EnrichReport> {
  const inputs = (await findPageSets()).flatMap(({ pages }) => pages.flatMap(articleOf));
  const rate = ratePerSecond(inputs, (input) => enrichArticle(input), milliseconds);

  const spent = new Map<string, number>();
  const timed = STEPS.map((step) => withTimer(step, spent));
  for (const input of inputs) enrichArticle(input, {}, timed);
  const total = [...spent.values()].reduce((sum, time) => sum + time, 0);
  const steps = [...spent].map(([step, time]) => ({
    step,
    share: time / total,
    microseconds: (time / total) * (1e6 / rate),
  }));
  return { articles: inputs.length, rate, steps };
}

function withTimer(step: EnrichmentStep, spent: Map<string, number>): EnrichmentStep {
  return {
    ...step,
    run: (context) => {
      const began = performance.now();
      const result = step.run(context);
      spent.set(step.name, (spent.get(step.name) ?? 0) + performance.now() - began);
      return result;
    },
  };
}

export function printEnrich({ articles, rate, steps }: EnrichReport): string {
  const rows = steps.map(({ step, microseconds, share }) => [step, figure(microseconds), `${figure(share * 100)} %`]);
  return [
    `${articles} articles, ${figure(rate)} a second of CPU`,
    tableOf(['step', 'µs an article', 'share'], rows),
  ].join('\n\n');
}

function articleOf(page: Parameters<typeof extractArticle>[0]): EnrichmentInput[] {
  try {
    const extraction = extractArticle(page);
    if (extraction.kind === 'not-article') return [];
    const { article } = extraction;
    return [
      {
        title: article.title,
        body: bodyOf(article),
        publishedAt: article.publishedAt,
        declaredLanguage: article.declaredLanguage,
        dateline: article.dateline,
        authors: article.authors.map(({ name }) => name),
      },
    ];
  } catch {
    return [];
  }
}
