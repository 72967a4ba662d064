import { parseDate } from '../fields/parse-date.js';
import { endsSentence } from '../text.js';
import { isProse, shareIn, type TextFacts } from './line-features.js';

/** Names of what describes a line as a possible headline, in the order of {@link titleFeatures}. */
export const TITLE_FEATURES: readonly string[] = [
  'length', 'words', 'ends-sentence', 'title-case', 'capitals', 'digits', 'has-date', 'repeats', 'p',
  'to-body', 'chars-to-body', 'index', 'body-start', 'in-body-words', 'longest-near', 'title-like-between', 'date-between', 'longer-than-before', 'longer-than-after', 'has-separator', 'quotes',
  'length-before', 'length-after', 'length-after-2', 'date-after', 'prose-after', 'is-first-long',
]; // prettier-ignore

const REACH = 60;
const FULL_STOP = /[.。।۔]$/;

/** The lines that may hold the headline: those in front of the body and its first two. */
export function titleCandidates(facts: TextFacts, bodyStart: number): number[] {
  const candidates: number[] = [];
  for (let i = Math.max(0, bodyStart - REACH); i <= Math.min(facts.lines.length - 1, bodyStart + 1); i++) {
    const { text } = facts.lines[i] as { text: string };
    if (text.length >= 8 && text.length <= 300 && !(isProse(text) && FULL_STOP.test(text))) candidates.push(i);
  }
  return candidates;
}

/** One row of {@link TITLE_FEATURES} a candidate. `body` holds the words of the article, `probabilities` those of the lines. */
export function titleFeatures(
  facts: TextFacts,
  candidates: number[],
  bodyStart: number,
  body: Set<string>,
  probabilities: Float32Array,
): Float32Array {
  const rows: number[] = [];
  const { lines } = facts;
  const lengthOf = (i: number): number => lines[i]?.text.length ?? 0;
  const hasDate = (i: number): boolean => lengthOf(i) < 160 && parseDate(lines[i]?.text ?? '') !== undefined;
  const titleLike = (i: number): boolean =>
    lengthOf(i) >= 25 && lengthOf(i) <= 200 && !endsSentence(lines[i]?.text ?? '');
  for (const i of candidates) {
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
      Math.log2(1 + between.reduce((sum, at) => sum + lengthOf(at), 0)),
      i,
      bodyStart,
      shareIn(text, body),
      text.length / Math.max(1, ...around.map((at) => (isProse(lines[at]?.text ?? '') ? 0 : lengthOf(at)))),
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
      candidates.slice(0, candidates.indexOf(i)).some((at) => lengthOf(at) > 35) ? 0 : 1,
    );
  }
  return Float32Array.from(rows);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_value, i) => from + i);
}
