import type { SpanData } from '@wireroom/contracts';
import { stem } from '../keyphrases/stem.js';
import { stopwords } from '../text/stopwords.js';
import type { Token } from '../text/tokens.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

const SENTENCES = 3;
const FEWEST_WORDS = 6;
// A sentence whose words the summary has already said costs this share of its score.
const REPEAT_COST = 0.7;

// A stop with the marks that close a quotation behind it, in French after a blank, in German “ or «.
const SENTENCE_END = /[.!?。！？…][^\S\n]?["'”’»“‘«」』)\]]*$/u;

/** The sentences that say most of the text, quoted in their order; news says it first, so early ones weigh more. */
export const summarize: EnrichmentStep = {
  name: 'summary',
  version: '1.2.0',
  run(context: StepContext): StepResult {
    const spans = chooseSentences(context);
    if (!spans.length) return { fields: {}, evidence: [] };
    const text = spans.map((span) => context.text.slice(span)).join(' ');
    return {
      fields: { summary: { text, spans } },
      evidence: [{ field: '/enrichment/summary', rule: 'central-sentences', spans }],
    };
  },
};

function chooseSentences(context: StepContext): SpanData[] {
  const stops = stopwords(workingLanguage(context));
  const sentences = trustedSentences(context)
    .map((span, order) => ({ span, order, stems: stemsOf(context.text.wordsIn(span), stops) }))
    .filter(({ span, stems }) => stems.length >= FEWEST_WORDS && SENTENCE_END.test(context.text.slice(span)));
  const counts = new Map<string, number>();
  for (const { stems } of sentences) for (const word of new Set(stems)) counts.set(word, (counts.get(word) ?? 0) + 1);

  const said = new Set<string>();
  const chosen: { span: SpanData; order: number }[] = [];
  while (chosen.length < SENTENCES && chosen.length < sentences.length) {
    const scored = sentences
      .filter((sentence) => !chosen.some(({ order }) => order === sentence.order))
      .map((sentence) => ({ sentence, score: scoreOf(sentence, counts, said) }));
    const best = scored.reduce((a, b) => (b.score > a.score ? b : a)).sentence;
    chosen.push(best);
    for (const word of best.stems) said.add(word);
  }
  return chosen.sort((a, b) => a.order - b.order).map(({ span }) => span);
}

/** Sentences without those that speak to models or that the page hides: a summary must not pass them on. */
function trustedSentences({ text, found }: StepContext): readonly SpanData[] {
  const shunned = (found.trust?.marks ?? []).filter(
    ({ kind, basis }) => basis === 'body' && (kind === 'model-instruction' || kind === 'hidden-text'),
  );
  return text.sentences.filter(({ start, end }) => !shunned.some((mark) => mark.start < end && mark.end > start));
}

function scoreOf(
  sentence: { order: number; stems: string[] },
  counts: ReadonlyMap<string, number>,
  said: ReadonlySet<string>,
): number {
  const words = [...new Set(sentence.stems)];
  const weight = words.reduce(
    (sum, word) => sum + ((counts.get(word) ?? 1) - 1) * (said.has(word) ? 1 - REPEAT_COST : 1),
    0,
  );
  return (1 + weight / Math.sqrt(words.length)) * (1 / (1 + sentence.order * 0.15) + 0.2);
}

function stemsOf(words: readonly Token[], stops: ReadonlySet<string>): string[] {
  return words
    .map(({ text }) => text.toLowerCase())
    .filter((word) => word.length > 2 && !stops.has(word))
    .map(stem);
}
