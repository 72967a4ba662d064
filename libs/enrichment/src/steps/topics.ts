import type { TopicData } from '@wireroom/contracts';
import { scoreTopics } from '../topics/evidence.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

const MOST = 3;
const LEAST_SCORE = 0.1;

/** IPTC Media Topics (top terms) of title and body with the words that decided. */
export const classifyTopics: EnrichmentStep = {
  name: 'topics',
  version: '1.0.0',
  run(context: StepContext): StepResult {
    const { title, body } = context.input;
    const scored = scoreTopics(title ? `${title}\n\n${body}` : body, workingLanguage(context));
    const kept = scored.filter(({ score }, rank) => rank === 0 || (rank < MOST && score >= LEAST_SCORE));
    const topics: TopicData[] = kept.map(({ code, label, score, words }) => ({
      code,
      label,
      top: label,
      score,
      words,
    }));
    const evidence = topics.map(({ code, words }, index) => ({
      field: `/enrichment/topics/${index}`,
      rule: 'word-evidence',
      spans: [],
      value: code,
      reason: words?.join(', '),
    }));
    return { fields: { topics }, evidence };
  },
};
