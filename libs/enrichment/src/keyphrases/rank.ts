import type { SpanData } from '@wireroom/contracts';
import { readData } from '../data.js';
import type { TextIndex } from '../text/text-index.js';
import { candidatesIn, type Candidate } from './candidates.js';

/** A weight for each feature, by language; `other` serves the languages without a set of their own. */
export type KeyphraseModel = Record<string, number[]>;

export interface RankedPhrase {
  text: string;
  score: number;
  spans: SpanData[];
}

// Phrases further down are never chosen, so the overlap check stays cheap.
const CONSIDERED = 120;

/** The most telling phrases of a text, best first, none of them inside another that is as good. */
export function rankPhrases(
  text: TextIndex,
  sentences: readonly SpanData[],
  language: string,
  most: number,
  names: readonly SpanData[] = [],
  model: KeyphraseModel = loadModel(),
): RankedPhrase[] {
  const weights = model[language] ?? model.other ?? [];
  const ranked = candidatesIn(text, sentences, language, names)
    .map((candidate) => ({ candidate, score: scoreOf(candidate, weights) }))
    .sort((a, b) => b.score - a.score || a.candidate.spans[0]!.start - b.candidate.spans[0]!.start)
    .slice(0, CONSIDERED);
  const chosen: { candidate: Candidate; score: number }[] = [];
  for (const one of ranked) {
    if (chosen.length === most) break;
    if (!chosen.some((other) => repeats(one.candidate, other.candidate))) chosen.push(one);
  }
  return chosen.map(({ candidate, score }) => ({
    text: candidate.text,
    score: logistic(score),
    spans: candidate.spans,
  }));
}

/** A phrase that only occurs inside a chosen one, or holds one and occurs as seldom as it, adds nothing. */
function repeats(candidate: Candidate, chosen: Candidate): boolean {
  const inside = ` ${chosen.key} `.includes(` ${candidate.key} `);
  if (inside) return candidate.spans.length <= chosen.spans.length;
  return (
    ` ${candidate.key} `.includes(` ${chosen.key} `) &&
    candidate.key.split(' ').length - chosen.key.split(' ').length === 1 &&
    candidate.spans.length === 1 &&
    chosen.spans.length > 2
  );
}

function scoreOf({ features }: Candidate, weights: readonly number[]): number {
  return features.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
}

function logistic(score: number): number {
  return Math.round(1000 / (1 + Math.exp(-score))) / 1000;
}

let loaded: KeyphraseModel | undefined;

function loadModel(): KeyphraseModel {
  return (loaded ??= readData<KeyphraseModel>('model/keyphrases.json'));
}
