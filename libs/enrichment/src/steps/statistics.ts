import type { TextStatisticsData } from '@wireroom/contracts';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';
import type { Token } from '../text/tokens.js';

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
  version: '1.1.0',
  run(context: StepContext): StepResult {
    const { words } = context.text;
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

const VOWELS = new Set(Array.from('aeiouyäöüáàâéèêëíîïóôúùûœæ', (letter) => letter.charCodeAt(0)));

/** Groups of vowels, without a silent e at the end; at least one. */
function syllablesIn(word: string, language: string): number {
  const lower = word.toLowerCase();
  const end = language === 'en' || language === 'fr' ? beforeSilentEnd(lower) : lower.length;
  let groups = 0;
  let isInGroup = false;
  for (let at = 0; at < end; at++) {
    const isVowel = VOWELS.has(lower.charCodeAt(at));
    if (isVowel && !isInGroup) groups++;
    isInGroup = isVowel;
  }
  return Math.max(1, groups);
}

/** Where -e, -es or -ed begins that at least two letters stand before; the word's length without one. */
function beforeSilentEnd(word: string): number {
  const at = word.length - (/[sd]$/.test(word) ? 2 : 1);
  return word[at] === 'e' && /\p{L}{2}$/u.test(word.slice(0, at)) ? at : word.length;
}
