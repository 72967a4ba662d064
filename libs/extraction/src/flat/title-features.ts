import { parseDate } from '../fields/parse-date.js';
import { endsSentence } from '../text.js';
import { weighText, type WordWeights } from '../body/tokens.js';
import { isGluedLabels } from './labels.js';
import type { Line } from './lines.js';
import { isProse, longWords, shareIn, type TextFacts } from './line-features.js';

/** Names of what describes a line as a possible headline, in the order of {@link titleFeatures}. */
export const TITLE_FEATURES: readonly string[] = [
  'length', 'words', 'ends-sentence', 'title-case', 'capitals', 'digits', 'has-date', 'repeats', 'p',
  'to-body', 'chars-to-body', 'index', 'body-start', 'in-body-words', 'longest-near', 'title-like-between', 'date-between', 'longer-than-before', 'longer-than-after', 'has-separator', 'quotes',
  'length-before', 'length-after', 'length-after-2', 'date-after', 'prose-after', 'is-first-long',
  'text-sum', 'text-min', 'rare-in-body', 'rare-in-lead', 'less-rare-than-best', 'less-in-lead-than-best', 'inside-another', 'holds-another', 'p-after-3', 'like-others',
]; // prettier-ignore

const REACH = 60;
/** A shorter wording is found inside too many others by chance. */
const SHORTEST_HELD = 15;
const FULL_STOP = /[.。।۔]$/;

/** The lines that may hold the headline: those in front of the body and its first two. */
export function titleCandidates(facts: TextFacts, bodyStart: number): number[] {
  const candidates: number[] = [];
  for (let i = Math.max(0, bodyStart - REACH); i <= Math.min(facts.lines.length - 1, bodyStart + 1); i++) {
    const line = facts.lines[i] as Line;
    const { text } = line;
    if (text.length < 8 || text.length > 300 || (isProse(text) && FULL_STOP.test(text))) continue;
    if (!isGluedLabels(line)) candidates.push(i);
  }
  return candidates;
}

/** What candidates are compared with. */
export interface TitleContext {
  bodyStart: number;
  /** Words of the article, and of its first lines. */
  body: Set<string>;
  lead: Set<string>;
  /** The likelihood of each line to be body. */
  probabilities: Float32Array;
  /** What words say of a line. */
  weights: WordWeights;
}

/** One row of {@link TITLE_FEATURES} a candidate. */
export function titleFeatures(facts: TextFacts, candidates: number[], context: TitleContext): Float32Array {
  const { bodyStart, body, probabilities } = context;
  const rows: number[] = [];
  const { lines } = facts;
  const lengthOf = (i: number): number => lines[i]?.text.length ?? 0;
  const hasDate = (i: number): boolean => lengthOf(i) < 160 && parseDate(lines[i]?.text ?? '') !== undefined;
  const titleLike = (i: number): boolean =>
    lengthOf(i) >= 25 && lengthOf(i) <= 200 && !endsSentence(lines[i]?.text ?? '');
  const compared = compareCandidates(facts, candidates, context);
  candidates.forEach((i, at) => {
    const { text } = lines[i] as { text: string };
    const words = text.split(' ').length;
    const between = range(i + 1, bodyStart);
    const around = range(Math.max(0, i - 8), Math.min(lines.length, i + 9));
    rows.push(
      Math.log2(1 + text.length),
      words,
      endsSentence(text) ? 1 : 0,
      (text.match(/(?:^|\s)\p{Lu}/gu)?.length ?? 0) / words,
      (text.match(/\p{Lu}/gu)?.length ?? 0) / text.length,
      (text.match(/\p{Nd}/gu)?.length ?? 0) / text.length,
      hasDate(i) ? 1 : 0,
      facts.repeats.get(facts.comparables[i] ?? '') ?? 1,
      probabilities[i] ?? 0,
      bodyStart - i,
      Math.log2(1 + between.reduce((sum, other) => sum + lengthOf(other), 0)),
      i,
      bodyStart,
      shareIn(text, body),
      text.length / Math.max(1, ...around.map((other) => (isProse(lines[other]?.text ?? '') ? 0 : lengthOf(other)))),
      between.filter(titleLike).length,
      between.some(hasDate) ? 1 : 0,
      lengthOf(i) / Math.max(1, lengthOf(i - 1)),
      lengthOf(i) / Math.max(1, lengthOf(i + 1)),
      /\s[|·•–—-]\s/.test(text) ? 1 : 0,
      /["“”„«»‘’']/.test(text) ? 1 : 0,
      Math.log2(1 + lengthOf(i - 1)),
      Math.log2(1 + lengthOf(i + 1)),
      Math.log2(1 + lengthOf(i + 2)),
      hasDate(i + 1) || hasDate(i + 2) || hasDate(i + 3) ? 1 : 0,
      isProse(lines[i + 1]?.text ?? '') ? 1 : 0,
      candidates.slice(0, at).some((other) => lengthOf(other) > 35) ? 0 : 1,
      ...(compared[at] ?? []),
    );
  });
  return Float32Array.from(rows);
}

/** What a candidate shares with the article in words that the page uses seldom, and with other lines. */
function compareCandidates(facts: TextFacts, candidates: number[], context: TitleContext): number[][] {
  const { lines, comparables } = facts;
  const { body, lead, probabilities, weights } = context;
  const rarity = rarityOfWords(lines.map(({ text }) => text));
  const words = candidates.map((i) => [...new Set(longWords(lines[i]?.text.slice(0, 600) ?? ''))]);
  const shared = (vocabulary: Set<string>): number[] => words.map((own) => rareShare(own, vocabulary, rarity));
  const inBody = shared(body);
  const inLead = shared(lead);
  const [bestInBody, bestInLead] = [Math.max(...inBody), Math.max(...inLead)];
  return candidates.map((i, at) => {
    const own = comparables[i] ?? '';
    const evidence = weighText(lines[i]?.text ?? '', weights);
    const others = candidates.filter((other) => other !== i && comparables[other] !== own);
    const holds = (outer: string, inner: string): boolean =>
      inner.length >= SHORTEST_HELD &&
      outer.length > inner.length &&
      (outer.startsWith(inner) || outer.endsWith(inner));
    return [
      evidence.sum,
      evidence.min,
      inBody[at] ?? 0,
      inLead[at] ?? 0,
      bestInBody - (inBody[at] ?? 0),
      bestInLead - (inLead[at] ?? 0),
      others.some((other) => holds(comparables[other] ?? '', own)) ? 1 : 0,
      others.some((other) => holds(own, comparables[other] ?? '')) ? 1 : 0,
      mean(range(i + 1, i + 4).map((line) => probabilities[line] ?? 0)),
      words.filter((other, k) => candidates[k] !== i && rareShare(words[at] ?? [], new Set(other), rarity) > 0.5)
        .length,
    ];
  });
}

/** How few lines of a page hold a word, as the logarithm of their inverse share. */
function rarityOfWords(texts: string[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const text of texts) for (const word of new Set(longWords(text))) lines.set(word, (lines.get(word) ?? 0) + 1);
  return new Map([...lines].map(([word, count]) => [word, Math.log((texts.length + 1) / count)]));
}

/** Share of the rarity of words that a vocabulary holds; -1 without words. */
function rareShare(words: string[], vocabulary: Set<string>, rarity: Map<string, number>): number {
  const weigh = (some: string[]): number => some.reduce((sum, word) => sum + (rarity.get(word) ?? 0), 0);
  const all = weigh(words);
  return all > 0 ? weigh(words.filter((word) => vocabulary.has(word))) / all : -1;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_value, i) => from + i);
}
