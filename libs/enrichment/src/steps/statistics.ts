import type { TextStatisticsData } from '@wireroom/contracts';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';
import { wordsOf, type Token } from '../text/tokens.js';

// Silent reading of non-fiction: 238 words a minute (Brysbaert 2019).
const WORDS_PER_SECOND = 238 / 60;

/** Flesch reading ease by language: base, weight of words per sentence, weight of syllables per word. */
const READING_EASE: Record<string, readonly [number, number, number]> = {
  en: [206.835, 1.015, 84.6], // Flesch 1948
  de: [180, 1, 58.5], // Amstad 1978
  fr: [207, 1.015, 73.6], // Kandel and Moles 1958
  es: [206.84, 1.02, 60], // Fernández Huerta 1959
  it: [217, 1.3, 60], // Flesch-Vacca 1972
};

/** Words, sentences, reading time and, for languages with a published formula, Flesch reading ease. */
export const countText: EnrichmentStep = {
  name: 'statistics',
  version: '1.0.0',
  run(context: StepContext): StepResult {
    const words = wordsOf(context.input.body);
    const sentences = context.text.sentences.length;
    const statistics: TextStatisticsData = {
      words: words.length,
      sentences,
      readingSeconds: Math.round(words.length / WORDS_PER_SECOND),
      ...readability(workingLanguage(context), words, sentences),
    };
    return { fields: { statistics }, evidence: [] };
  },
};

function readability(language: string, words: readonly Token[], sentences: number): { readability?: number } {
  const formula = READING_EASE[language];
  if (!formula || !words.length || !sentences) return {};
  const [base, perSentence, perWord] = formula;
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word.text, language), 0);
  const ease = base - perSentence * (words.length / sentences) - perWord * (syllables / words.length);
  return { readability: Math.round(ease * 10) / 10 };
}

function syllablesIn(word: string, language: string): number {
  const silentEnd = language === 'en' || language === 'fr' ? word.replace(/(?<=\p{L}{2})e(?:s|d)?$/iu, '') : word;
  return Math.max(1, silentEnd.match(/[aeiouyäöüáàâéèêëíîïóôúùûœæ]+/giu)?.length ?? 1);
}
