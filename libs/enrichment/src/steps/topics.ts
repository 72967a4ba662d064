import type { SpanData, TopicData } from '@wireroom/contracts';
import { hasTopicWords, scoreTopics, topLabel } from '../topics/evidence.js';
import { narrowerTopics, TOP_CODES, type NarrowerTopic } from '../topics/narrower.js';
import { workingLanguage, type Evidence, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

const MOST = 3;
const LEAST_SCORE = 0.1;
// Where a language has no word lists, all topics stand at about 0.13 before anything is known.
const LEAST_SCORE_OF_A_GUESS = 0.2;
// Below a top term that is believed in less nothing narrower is looked for.
const LEAST_SCORE_FOR_NARROWER = 0.2;

/** IPTC Media Topics of title and body: top terms first, then narrower ones that the text names; with the words that decided. */
export const classifyTopics: EnrichmentStep = {
  name: 'topics',
  version: '1.2.0',
  run(context: StepContext): StepResult {
    const { title, body } = context.input;
    const head = title ? `${title}\n\n` : '';
    const language = workingLanguage(context);
    const namedBelow = (codes: ReadonlySet<string>): NarrowerTopic[] =>
      narrowerTopics(head + body, head.length, language, codes);
    const named = hasTopicWords(language) ? undefined : namedBelow(TOP_CODES);
    const tops = named?.length ? topsAbove(named) : topsOf(head + body, language);
    const believed = new Map(
      tops.filter(({ score }) => score >= LEAST_SCORE_FOR_NARROWER).map((top) => [top.code, top]),
    );
    const narrower = (named ?? namedBelow(new Set(believed.keys())))
      .map((topic) => ({ topic: below(believed.get(topic.broader[0]!)!, topic), spans: topic.spans }))
      .filter(({ topic }) => topic.score >= LEAST_SCORE);
    return {
      fields: { topics: [...tops, ...narrower.map(({ topic }) => topic)] },
      evidence: [
        ...tops.map((top, index) => evidenceOf(top, index, 'word-evidence', [])),
        ...narrower.map(({ topic, spans }, index) =>
          evidenceOf(topic, tops.length + index, 'named-in-text', inBody(spans, head.length)),
        ),
      ],
    };
  },
};

function topsOf(text: string, language: string): TopicData[] {
  const least = hasTopicWords(language) ? 0 : LEAST_SCORE_OF_A_GUESS;
  return scoreTopics(text, language)
    .filter(({ score }, rank) => (rank === 0 ? score >= least : rank < MOST && score >= Math.max(least, LEAST_SCORE)))
    .map(({ code, label, score, words }) => ({ code, label, top: label, score, words }));
}

/** In a language whose words for the top terms aren't known, the narrower ones that are named speak for them. */
function topsAbove(named: readonly NarrowerTopic[]): TopicData[] {
  const tops = new Map<string, TopicData>();
  for (const { broader, strength, words } of named) {
    const [code] = broader as [string];
    const label = topLabel(code);
    if (!tops.has(code)) tops.set(code, { code, label, top: label, score: rounded(strength), words });
  }
  return [...tops.values()];
}

/** A narrower term is never surer than the top term it stands under. */
function below(top: TopicData, { code, label, broader, strength, words }: NarrowerTopic): TopicData {
  return { code, label, top: top.label, score: rounded(top.score * strength), words, broader };
}

function evidenceOf({ code, words }: TopicData, index: number, rule: string, spans: SpanData[]): Evidence {
  return { field: `/enrichment/topics/${index}`, rule, spans, value: code, reason: words?.join(', ') };
}

/** What of the spans lies in the body, with its offsets there: provenance knows no offsets in the title. */
function inBody(spans: readonly SpanData[], headLength: number): SpanData[] {
  return spans
    .filter(({ start }) => start >= headLength)
    .map(({ start, end }) => ({ start: start - headLength, end: end - headLength }));
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000;
}
