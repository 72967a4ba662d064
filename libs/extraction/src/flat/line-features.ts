import { weighText, type WordWeights } from '../body/tokens.js';
import { parseDate } from '../fields/parse-date.js';
import { countKinds, countMatches, distancesTo, runningTotal, sumAround } from '../sequence.js';
import { comparable, endsSentence } from '../text.js';
import type { Line } from './lines.js';

const NEIGHBOURS = [-4, -3, -2, -1, 1, 2, 3, 4];

/** Names of the features of one line, in the order of {@link lineFeatures}. */
export const LINE_FEATURES: readonly string[] = [
  'length', 'words', 'ends-sentence', 'commas', 'digits', 'capitals', 'starts-lower', 'ends-colon', 'ends-question', 'repeats', 'mean-word', 'quotes', 'has-date', 'has-address', 'has-bullet', 'title-case', 'sentences',
  'text-sum', 'text-min', 'text-max',
  'index', 'position', 'from-end', 'before-run', 'after-run', 'run-distance', 'run-share', 'run-words', 'heading-text',
  'shape-repeats', 'since-repeated-shape', 'until-repeated-shape', 'like-neighbours', 'date-around', 'worst-heading', 'window-ends-5',
  'since-prose', 'until-prose', 'window-prose-2', 'window-prose-5', 'window-prose-15', 'window-chars-5', 'prose-before', 'prose-after', 'total-prose', 'lines',
  ...NEIGHBOURS.flatMap((at) => [`length${at}`, `ends${at}`, `text${at}`]),
]; // prettier-ignore

/** Names of what the second stage adds: what the first thinks of the lines around. */
export const LINE_CONTEXT_FEATURES: readonly string[] = [
  'p', ...NEIGHBOURS.map((at) => `p${at}`), 'p-window-3', 'p-window-8', 'p-window-20', 'content-before', 'content-after', 'content-total', 'since-content', 'until-content', 'p-length',
]; // prettier-ignore

/** What the lines of a text have in common, measured once. */
export interface TextFacts {
  lines: Line[];
  comparables: string[];
  repeats: Map<string, number>;
  /** How many short lines end in the same words as this one, whatever its numbers: headers of comments, buttons under teasers. */
  shapeRepeats: Uint16Array;
  hasDate: Uint8Array;
  prose: Uint8Array;
  /** The densest stretch of prose: where the article most likely is. */
  run: { first: number; last: number };
  runWords: Set<string>;
}

export function textFacts(lines: Line[]): TextFacts {
  const comparables = lines.map(({ text }) => comparable(text));
  const repeats = new Map<string, number>();
  for (const text of comparables) repeats.set(text, (repeats.get(text) ?? 0) + 1);
  const prose = Uint8Array.from(lines, ({ text }) => (isProse(text) ? 1 : 0));
  const hasDate = Uint8Array.from(lines, ({ text }) => (text.length < 200 && parseDate(text) ? 1 : 0));
  const run = densestRun(lines, prose);
  const runWords = new Set(lines.slice(run.first, run.last + 1).flatMap(({ text }) => longWords(text)));
  return { lines, comparables, repeats, shapeRepeats: shapeRepeats(comparables), hasDate, prose, run, runWords };
}

/** Describes each line in numbers, one row of {@link LINE_FEATURES} after another. */
export function lineFeatures(facts: TextFacts, weights: WordWeights): Float32Array {
  const { lines, prose, run } = facts;
  const rows: number[] = [];
  const count = lines.length;
  const words = lines.map(({ text }) => weighText(text, weights));
  const proseBefore = runningTotal(count, (i) => (prose[i] ? (lines[i]?.text.length ?? 0) : 0));
  const charsBefore = runningTotal(count, (i) => lines[i]?.text.length ?? 0);
  const totalProse = Math.max(1, proseBefore[count] ?? 0);
  const totalChars = Math.max(1, charsBefore[count] ?? 0);
  const nearest = distancesTo(count, 50, (i) => prose[i] === 1);
  const nearestShape = distancesTo(count, 20, (i) => (facts.shapeRepeats[i] ?? 0) >= 3);
  const endsBefore = runningTotal(count, (i) => (endsSentence(lines[i]?.text ?? '') ? 1 : 0));
  const runChars = (charsBefore[run.last + 1] ?? 0) - (charsBefore[run.first] ?? 0);
  let heading = 0;
  let worstHeading = 0;
  lines.forEach(({ text }, i) => {
    rows.push(...ownFeatures(text, facts, i));
    const own = words[i] ?? weighText('', weights);
    rows.push(own.sum, own.min, own.max);
    rows.push(i, (charsBefore[i] ?? 0) / totalChars, count - i);
    rows.push(
      i < run.first ? 1 : 0,
      i > run.last ? 1 : 0,
      Math.max(run.first - i, i - run.last, 0),
      runChars / totalChars,
      shareIn(text, facts.runWords),
      heading,
    );
    rows.push(
      facts.shapeRepeats[i] ?? 0,
      nearestShape.before[i] ?? 20,
      nearestShape.after[i] ?? 20,
      likeNeighbours(lines, i),
      sumNear(facts.hasDate, i, 2),
      worstHeading,
      sumAround(endsBefore, i, 5),
    );
    rows.push(nearest.before[i] ?? 50, nearest.after[i] ?? 50);
    for (const reach of [2, 5, 15]) rows.push(Math.log2(1 + sumAround(proseBefore, i, reach)));
    rows.push(Math.log2(1 + sumAround(charsBefore, i, 5)));
    rows.push(
      (proseBefore[i] ?? 0) / totalProse,
      (totalProse - (proseBefore[i + 1] ?? 0)) / totalProse,
      Math.log2(totalProse),
      count,
    );
    for (const step of NEIGHBOURS) {
      const neighbour = lines[i + step];
      rows.push(
        neighbour ? Math.log2(1 + widthOf(neighbour.text)) : -1,
        neighbour && endsSentence(neighbour.text) ? 1 : 0,
        words[i + step]?.sum ?? 0,
      );
    }
    if (text.length < 60 && !endsSentence(text)) {
      heading = own.sum;
      worstHeading = i < run.first ? 0 : Math.min(worstHeading, own.sum);
    }
  });
  return Float32Array.from(rows);
}

/** One row of {@link LINE_CONTEXT_FEATURES} a line, from the first stage's probabilities. */
export function lineContextFeatures(lines: Line[], first: Float32Array): Float32Array {
  const count = lines.length;
  const rows: number[] = [];
  const lengthOf = (i: number): number => lines[i]?.text.length ?? 0;
  const contentBefore = runningTotal(count, (i) => lengthOf(i) * (first[i] ?? 0));
  const charsBefore = runningTotal(count, lengthOf);
  const content = contentBefore[count] ?? 0;
  const nearest = distancesTo(count, 50, (i) => (first[i] ?? 0) > 0.5);
  lines.forEach((_line, i) => {
    rows.push(first[i] ?? 0, ...NEIGHBOURS.map((step) => first[i + step] ?? -1));
    for (const reach of [3, 8, 20])
      rows.push(sumAround(contentBefore, i, reach) / Math.max(1, sumAround(charsBefore, i, reach)));
    rows.push(
      (contentBefore[i] ?? 0) / Math.max(1, content),
      (content - (contentBefore[i + 1] ?? 0)) / Math.max(1, content),
      Math.log2(1 + content),
    );
    rows.push(nearest.before[i] ?? 50, nearest.after[i] ?? 50, Math.log2(1 + lengthOf(i) * (first[i] ?? 0)));
  });
  return Float32Array.from(rows);
}

export function isProse(text: string): boolean {
  const length = widthOf(text);
  return length > 120 || (length > 50 && endsSentence(text));
}

const IDEOGRAPHS = /[\u3040-\u30ff\u3400-\u9fff]/g;
/** Letters of an alphabet that say as much as one ideograph. */
const LETTERS_PER_IDEOGRAPH = 2.5;

/** Length of a text in letters of an alphabet. */
function widthOf(text: string): number {
  return text.length + countMatches(text.slice(0, 400), IDEOGRAPHS) * (LETTERS_PER_IDEOGRAPH - 1);
}

const LONGEST_SHAPED = 100;

function shapeRepeats(comparables: string[]): Uint16Array {
  const shapes = comparables.map((text) => (text.length > LONGEST_SHAPED ? '' : shapeOf(text)));
  const counts = new Map<string, number>();
  for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return Uint16Array.from(shapes, (shape) => (shape ? (counts.get(shape) ?? 0) : 0));
}

/** A line's last two words without numbers; nothing for one that ends like a sentence. */
function shapeOf(text: string): string {
  if (endsSentence(text)) return '';
  return text
    .replace(/\p{Nd}+/gu, '#')
    .split(' ')
    .slice(-2)
    .join(' ');
}

/** How many of the lines around are about as long as this one: lists and teasers are, paragraphs less so. */
function likeNeighbours(lines: Line[], i: number): number {
  const length = lines[i]?.text.length ?? 0;
  return NEIGHBOURS.filter((step) => {
    const other = lines[i + step]?.text.length ?? 0;
    return Math.min(length, other) > Math.max(length, other) * 0.75;
  }).length;
}

function sumNear(flags: Uint8Array, i: number, reach: number): number {
  return flags.subarray(Math.max(0, i - reach), i + reach + 1).reduce((sum, flag) => sum + flag, 0);
}

const ADDRESS = /https?:\/\/|www\.|\S@\S|(?:^|\s)@\w/;
const BULLET = /^[•·▪►▶»›→*–—-]\s|[|»›→▶©]/;
const QUOTES = /["“”„«»「」『』]/g;

function ownFeatures(text: string, facts: TextFacts, i: number): number[] {
  const head = text.slice(0, 400);
  const kinds = countKinds(head);
  const words = text.split(' ').length;
  return [
    Math.log2(1 + widthOf(text)),
    Math.log2(words),
    endsSentence(text) ? 1 : 0,
    kinds.commas / words,
    kinds.digits / head.length,
    kinds.capitals / head.length,
    /^\p{Ll}/u.test(text) ? 1 : 0,
    /[:：]$/.test(text) ? 1 : 0,
    /[?？]$/.test(text) ? 1 : 0,
    facts.repeats.get(facts.comparables[i] ?? '') ?? 1,
    text.length / words,
    countMatches(head, QUOTES),
    facts.hasDate[i] ?? 0,
    ADDRESS.test(text) ? 1 : 0,
    BULLET.test(text) ? 1 : 0,
    countMatches(head, /(?:^|\s)\p{Lu}/gu) / Math.min(words, 60),
    Math.min(20, countMatches(text.slice(0, 2000), /[.!?。！？۔।]/g)),
  ];
}

/** Prose adds its length, other lines cost what a short sentence brings: the stretch with the highest sum. */
function densestRun(lines: Line[], prose: Uint8Array): { first: number; last: number } {
  let best = { first: 0, last: -1, score: 0 };
  let [first, score] = [0, 0];
  lines.forEach(({ text }, i) => {
    if (score <= 0) [first, score] = [i, 0];
    score += prose[i] ? Math.min(400, widthOf(text)) : -60;
    if (score > best.score) best = { first, last: i, score };
  });
  return best;
}

/** The words of a text that carry meaning by their length; pairs of signs where there are no blanks. */
export function longWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{4,}|[\u3400-\u9fff\uac00-\ud7af]{2}/gu) ?? [];
}

/** Share of a text's longer words that occur in a set; -1 for a text without any. */
export function shareIn(text: string, vocabulary: Set<string>): number {
  const words = longWords(text.slice(0, 600));
  return words.length ? words.filter((word) => vocabulary.has(word)).length / words.length : -1;
}
