import { readFileSync } from 'node:fs';
import { THRESHOLD } from '../body/body.js';
import type { WordWeights } from '../body/tokens.js';
import { BoostedTrees, type BoostedTreesData, type FeatureParts } from '../model/boosted-trees.js';
import { reasonsOf, type Weighing } from '../model/reasons.js';
import { isBareDate } from '../fields/parse-date.js';
import { comparable, endsSentence } from '../text.js';
import {
  LINE_CONTEXT_FEATURES,
  lineContextFeatures,
  LINE_FEATURES,
  lineFeatures,
  longWords,
  type TextFacts,
} from './line-features.js';
import { TITLE_FEATURES, titleCandidates, titleFeatures } from './title-features.js';

interface FlatModelData {
  words: Record<string, number>;
  first: BoostedTreesData;
  second: BoostedTreesData;
  title: BoostedTreesData;
}

const LONGEST_HEADING = 90;
const LEAD_LINES = 3;

/** The probability of each line to be part of the article. */
export function lineProbabilities(facts: TextFacts): Float32Array {
  return flatModel().second.probabilities(facts.lines.length, measure(facts));
}

/** The same, and what moved the classifier for each line. */
export function weighLines(facts: TextFacts): Weighing {
  const { second } = flatModel();
  const parts = measure(facts);
  return {
    probabilities: second.probabilities(facts.lines.length, parts),
    reasonsFor: (i) => reasonsOf(second.features, second.effects(parts, i)),
  };
}

function measure(facts: TextFacts): FeatureParts {
  const { words, first } = flatModel();
  const own = { rows: lineFeatures(facts, words), width: LINE_FEATURES.length };
  const answer = first.probabilities(facts.lines.length, [own]);
  return [own, { rows: lineContextFeatures(facts.lines, answer), width: LINE_CONTEXT_FEATURES.length }];
}

/** Indices of the lines that make the body, in order, each text once. */
export function selectLines(facts: TextFacts, probabilities: Float32Array): number[] {
  const seen = new Set<string>();
  const selected = facts.lines.flatMap(({ text }, i) => {
    const key = comparable(text);
    if ((probabilities[i] ?? 0) < THRESHOLD || seen.has(key) || isBareDate(text)) return [];
    seen.add(key);
    return [i];
  });
  return withoutOpenEnd(facts, selected);
}

/** Where sentences are closed, a short last line that closes none is a heading of what comes next. */
function withoutOpenEnd(facts: TextFacts, selected: number[]): number[] {
  const isOpen = (line: number | undefined): boolean => {
    const text = facts.lines[line ?? -1]?.text ?? '';
    return text.length < LONGEST_HEADING && !endsSentence(text);
  };
  if (selected.filter(isOpen).length > selected.length / 3) return selected;
  let end = selected.length;
  while (end > 0 && isOpen(selected[end - 1])) end--;
  return selected.slice(0, end);
}

/** Where the article's text begins: its first line with others of it close behind. */
export function bodyStart(selected: number[]): number {
  return selected.find((line, at) => (selected[at + 2] ?? line) - line <= 12) ?? selected[0] ?? 0;
}

/** What {@link titleFeatures} needs, for the lines that may be the headline. */
export function titleRows(
  facts: TextFacts,
  selected: number[],
  probabilities: Float32Array,
  weights: WordWeights,
): { candidates: number[]; rows: Float32Array } {
  const start = bodyStart(selected);
  const candidates = titleCandidates(facts, start);
  const wordsOf = (some: number[]): Set<string> => new Set(some.flatMap((i) => longWords(facts.lines[i]?.text ?? '')));
  const body = wordsOf(selected);
  const lead = wordsOf(selected.filter((line) => line >= start).slice(0, LEAD_LINES));
  return {
    candidates,
    rows: titleFeatures(facts, candidates, { bodyStart: start, body, lead, probabilities, weights }),
  };
}

/** The line most likely to be the headline, if any is likely at all. */
export function findTitleLine(facts: TextFacts, selected: number[], probabilities: Float32Array): number | undefined {
  const { candidates, rows } = titleRows(facts, selected, probabilities, flatModel().words);
  const likely = flatModel().title.probabilities(candidates.length, [{ rows, width: TITLE_FEATURES.length }]);
  return headlineAmong(candidates, likely);
}

/** Candidates whose log odds are this close are about as likely: the first is in front, where headlines stand. */
const CLOSE = 0.5;
const LEAST_LIKELY = 0.1;

/** The first of the likeliest candidates; undefined where none is likely. */
export function headlineAmong(candidates: number[], likely: Float32Array): number | undefined {
  const best = Math.max(...likely);
  if (!(best > LEAST_LIKELY)) return undefined;
  const logOdds = (p: number): number => Math.log(p / (1 - p));
  return candidates.find((_line, i) => logOdds(likely[i] ?? 0) >= logOdds(best) - CLOSE);
}

let loaded: { words: WordWeights; first: BoostedTrees; second: BoostedTrees; title: BoostedTrees } | undefined;

function flatModel(): NonNullable<typeof loaded> {
  if (loaded) return loaded;
  const data = JSON.parse(readFileSync(new URL('../../model/flat.json', import.meta.url), 'utf8')) as FlatModelData;
  loaded = {
    words: new Map(Object.entries(data.words)),
    first: new BoostedTrees(data.first, LINE_FEATURES),
    second: new BoostedTrees(data.second, [...LINE_FEATURES, ...LINE_CONTEXT_FEATURES]),
    title: new BoostedTrees(data.title, TITLE_FEATURES),
  };
  return loaded;
}
