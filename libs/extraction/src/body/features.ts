import type { Block } from '../html/blocks.js';
import type { ElementNode } from '../html/document.js';
import { linkedDataStrings, metaValues } from '../html/structured-data.js';
import type { Page } from '../page.js';
import { countKinds, distancesTo, runningTotal, sumAround } from '../sequence.js';
import { comparable, endsSentence } from '../text.js';
import { markupKey, markupWords, weighText, type WordWeights } from './tokens.js';

/** How strongly words speak for content (positive) or clutter, learnt by the training script as log odds. */
export interface BodyWords {
  markup: WordWeights;
  text: WordWeights;
}

const CONTAINER_TAGS = [
  'p',
  'div',
  'li',
  'td',
  'h1',
  'h2',
  'h3',
  'h4',
  'blockquote',
  'figcaption',
  'pre',
  'dd',
  'section',
  'span',
  'tr',
];
const ANCESTOR_TAGS = [
  'article',
  'main',
  'aside',
  'nav',
  'footer',
  'header',
  'form',
  'ul',
  'table',
  'figure',
  'blockquote',
  'section',
  'a',
  'dialog',
];

/** Names of the features of one block, in the order of {@link blockFeatures}. The model file repeats them. */
export const BLOCK_FEATURES: readonly string[] = [
  'length', 'words', 'link-density', 'links', 'bold', 'italic', 'ends-sentence', 'commas', 'digits', 'capitals', 'starts-lower', 'ends-colon', 'ends-question', 'line-breaks', 'hidden', 'images-before', 'repeats', 'mean-word',
  ...CONTAINER_TAGS.map((tag) => `tag-${tag}`),
  ...ANCESTOR_TAGS.map((tag) => `in-${tag}`),
  'depth',
  'index', 'position', 'from-end', 'after-title', 'distance-to-title', 'is-title', 'is-description', 'in-linked-body', 'has-linked-body',
  'prose-parent', 'prose-grandparent', 'prose-great', 'in-best', 'best-distance', 'climb-to-best', 'before-best', 'after-best', 'share-of-best', 'best-link-density',
  'path-prose', 'path-count', 'path-links', 'path-mean', 'siblings', 'sibling-prose',
  'markup-own', 'markup-parent', 'markup-min', 'markup-max', 'markup-sum', 'text-sum', 'text-min', 'text-max', 'heading-text', 'heading-distance', 'heading-markup',
  'since-prose', 'until-prose', 'window-prose-4', 'window-prose-12', 'window-links-4', 'prose-before', 'prose-after',
  ...[-3, -2, -1, 1, 2, 3].flatMap((at) => [`length${at}`, `links${at}`, `same-path${at}`]),
  'heading-before', 'heading-after', 'text-before', 'text-after', 'markup-before', 'markup-after', 'page-prose', 'page-blocks',
]; // prettier-ignore

/**
 * Describes each block of a page in numbers, one row of {@link BLOCK_FEATURES} after another. Everything
 * is relative to the page, so that long and short articles, old and new markup look alike to the model.
 */
export function blockFeatures(page: Page, title: string | undefined, weights: BodyWords): Float32Array {
  const { blocks } = page;
  const width = BLOCK_FEATURES.length;
  const rows = new Float32Array(blocks.length * width);
  const facts = pageFacts(page, title, weights);
  blocks.forEach((block, i) => {
    const row = new RowWriter(rows, i * width);
    writeText(row, block, facts, i);
    writeTags(row, block);
    writePlace(row, block, facts, i);
    writeSurroundings(row, block, facts, i);
    writeWords(row, facts, i);
    writeNeighbours(row, facts, i);
  });
  return rows;
}

/** Puts numbers one after the other into a row. */
class RowWriter {
  constructor(
    private readonly rows: Float32Array,
    private at: number,
  ) {}

  put(...values: number[]): void {
    for (const value of values) this.rows[this.at++] = value;
  }

  flag(value: boolean): void {
    this.rows[this.at++] = value ? 1 : 0;
  }
}

/** One way to get from the root to a block; blocks of an article body mostly share theirs. */
interface PathGroup {
  prose: number;
  count: number;
  chars: number;
  linkChars: number;
}

interface PageFacts {
  blocks: Block[];
  comparables: string[];
  repeats: Map<string, number>;
  prose: Uint8Array;
  /** Running totals, one longer than the blocks. */
  proseBefore: Float64Array;
  charsBefore: Float64Array;
  linkCharsBefore: Float64Array;
  nearestProse: { before: Float32Array; after: Float32Array };
  proseChars: Map<ElementNode, number>;
  totalProse: number;
  totalChars: number;
  best: ElementNode | undefined;
  bestAncestors: Map<ElementNode, number>;
  bestRange: { first: number; last: number; links: number; chars: number };
  paths: string[];
  pathGroups: Map<string, PathGroup>;
  titleIndex: number;
  title: string;
  description: string;
  linkedBody: string;
  markup: Float32Array;
  parentMarkup: Float32Array;
  markupMin: Float32Array;
  markupMax: Float32Array;
  markupSum: Float32Array;
  textSum: Float32Array;
  textMin: Float32Array;
  textMax: Float32Array;
}

function pageFacts(page: Page, title: string | undefined, weights: BodyWords): PageFacts {
  const { blocks } = page;
  const comparables = blocks.map((block) => comparable(block.text));
  const repeats = new Map<string, number>();
  for (const text of comparables) repeats.set(text, (repeats.get(text) ?? 0) + 1);
  const prose = Uint8Array.from(blocks, (block) => (isProse(block) ? 1 : 0));
  const lengthOf = (i: number): number => blocks[i]?.text.length ?? 0;
  const proseChars = proseByElement(blocks, prose);
  const best = bestContainer(blocks, prose);
  const titleText = comparable(title ?? '');
  const facts: PageFacts = {
    blocks,
    comparables,
    repeats,
    prose,
    proseBefore: runningTotal(blocks.length, (i) => (prose[i] ? lengthOf(i) : 0)),
    charsBefore: runningTotal(blocks.length, lengthOf),
    linkCharsBefore: runningTotal(blocks.length, (i) => blocks[i]?.linkChars ?? 0),
    nearestProse: distancesTo(blocks.length, 50, (i) => prose[i] === 1),
    proseChars,
    totalProse: 0,
    totalChars: 0,
    best,
    bestAncestors: new Map(),
    bestRange: { first: 0, last: -1, links: 0, chars: 0 },
    paths: blocks.map(({ container }) => pathKey(container)),
    pathGroups: new Map(),
    titleIndex: titleIndex(blocks, comparables, titleText),
    title: titleText,
    description: comparable(metaValues(page.data, 'og:description', 'description')[0]?.value ?? ''),
    linkedBody: linkedBody(page),
    markup: new Float32Array(blocks.length),
    parentMarkup: new Float32Array(blocks.length),
    markupMin: new Float32Array(blocks.length),
    markupMax: new Float32Array(blocks.length),
    markupSum: new Float32Array(blocks.length),
    textSum: new Float32Array(blocks.length),
    textMin: new Float32Array(blocks.length),
    textMax: new Float32Array(blocks.length),
  };
  facts.totalProse = facts.proseBefore[blocks.length] ?? 0;
  facts.totalChars = facts.charsBefore[blocks.length] ?? 0;
  measureBest(facts);
  groupPaths(facts);
  weighWords(facts, weights);
  return facts;
}

function isProse(block: Block): boolean {
  const { length } = block.text;
  return block.linkChars < length * 0.35 && (length > 100 || (length > 40 && endsSentence(block.text)));
}

function proseByElement(blocks: Block[], prose: Uint8Array): Map<ElementNode, number> {
  const chars = new Map<ElementNode, number>();
  blocks.forEach((block, i) => {
    if (!prose[i]) return;
    for (let at: ElementNode | null = block.container; at; at = at.parent)
      chars.set(at, (chars.get(at) ?? 0) + block.text.length);
  });
  return chars;
}

/** The element with most prose close below it; each level further up counts little more than half. */
function bestContainer(blocks: Block[], prose: Uint8Array): ElementNode | undefined {
  const scores = new Map<ElementNode, number>();
  let best: ElementNode | undefined;
  blocks.forEach((block, i) => {
    if (!prose[i]) return;
    let share = block.text.length;
    for (let at = block.container.parent, level = 0; at && level < 6; at = at.parent, level++, share *= 0.6) {
      const score = (scores.get(at) ?? 0) + share;
      scores.set(at, score);
      if (!best || score > (scores.get(best) ?? 0)) best = at;
    }
  });
  return best;
}

function measureBest(facts: PageFacts): void {
  let climb = 0;
  for (let at: ElementNode | null = facts.best ?? null; at; at = at.parent) facts.bestAncestors.set(at, climb++);
  const range = facts.bestRange;
  let isFirst = true;
  facts.blocks.forEach((block, i) => {
    if (climbToBest(block.container, facts) !== 0) return;
    if (isFirst) range.first = i;
    isFirst = false;
    range.last = i;
    range.chars += block.text.length;
    range.links += block.linkChars;
  });
}

/** How many levels above the best container the common ancestor with it lies; 0 inside it. */
function climbToBest(element: ElementNode, facts: PageFacts): number {
  for (let at: ElementNode | null = element; at; at = at.parent) {
    const climb = facts.bestAncestors.get(at);
    if (climb !== undefined) return climb;
  }
  return 99;
}

const pathKeys = new WeakMap<ElementNode, string>();

function pathKey(element: ElementNode): string {
  const known = pathKeys.get(element);
  if (known !== undefined) return known;
  let key = '';
  let at: ElementNode | null = element;
  for (let steps = 0; at && steps < 5; at = at.parent, steps++)
    key += `${at.tag}.${at.attribute('class')?.slice(0, 60) ?? ''}/`;
  pathKeys.set(element, key);
  return key;
}

function groupPaths(facts: PageFacts): void {
  facts.blocks.forEach((block, i) => {
    const key = facts.paths[i] as string;
    const group = facts.pathGroups.get(key) ?? { prose: 0, count: 0, chars: 0, linkChars: 0 };
    group.count++;
    group.chars += block.text.length;
    group.linkChars += block.linkChars;
    if (facts.prose[i]) group.prose += block.text.length;
    facts.pathGroups.set(key, group);
  });
}

function titleIndex(blocks: Block[], comparables: string[], title: string): number {
  const exact = comparables.findIndex((text, i) => text === title && /^h[1-3]$/.test(blocks[i]?.container.tag ?? ''));
  if (exact >= 0) return exact;
  const heading = blocks.findIndex(({ container }) => container.tag === 'h1');
  return heading >= 0 ? heading : comparables.indexOf(title);
}

function linkedBody(page: Page): string {
  const [node] = page.articleData;
  const body = node ? (linkedDataStrings(node, 'articleBody')[0]?.value ?? '') : '';
  return body.length > 200 ? lettersOf(body) : '';
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function weighWords(facts: PageFacts, weights: BodyWords): void {
  const byKey = new Map<string, number>();
  const byElement = new Map<ElementNode, number>();
  const weigh = (element: ElementNode): number => {
    const known = byElement.get(element);
    if (known !== undefined) return known;
    const key = markupKey(element);
    let weight = byKey.get(key);
    if (weight === undefined) {
      weight = 0;
      for (const word of markupWords(key)) weight += weights.markup.get(word) ?? 0;
      byKey.set(key, weight);
    }
    byElement.set(element, weight);
    return weight;
  };
  facts.blocks.forEach((block, i) => {
    let [min, max, sum] = [0, 0, 0];
    let at: ElementNode | null = block.container;
    for (let level = 0; at && level < 9; at = at.parent, level++) {
      const weight = weigh(at);
      min = Math.min(min, weight);
      max = Math.max(max, weight);
      sum += weight;
      if (level === 0) facts.markup[i] = weight;
      if (level === 1) facts.parentMarkup[i] = weight;
    }
    facts.markupMin[i] = min;
    facts.markupMax[i] = max;
    facts.markupSum[i] = sum;
    const evidence = weighText(block.text, weights.text);
    facts.textSum[i] = evidence.sum;
    facts.textMin[i] = evidence.min;
    facts.textMax[i] = evidence.max;
  });
}

function writeText(row: RowWriter, block: Block, facts: PageFacts, i: number): void {
  const { text } = block;
  const words = text.split(' ').length;
  row.put(
    Math.log2(1 + text.length),
    Math.log2(words),
    block.linkChars / text.length,
    block.links,
    block.boldChars / text.length,
    block.italicChars / text.length,
  );
  row.flag(endsSentence(text));
  const head = text.slice(0, 400);
  const { commas, digits, capitals } = countKinds(head);
  row.put(commas / Math.max(1, words), digits / head.length, capitals / head.length);
  row.flag(/^\p{Ll}/u.test(text));
  row.flag(/[:：]$/.test(text));
  row.flag(/[?？]$/.test(text));
  row.put(Math.min(20, block.lineBreaks));
  row.flag(block.hidden);
  row.put(block.imagesBefore, facts.repeats.get(facts.comparables[i] ?? '') ?? 1, text.length / words);
}

function writeTags(row: RowWriter, block: Block): void {
  for (const tag of CONTAINER_TAGS) row.flag(block.container.tag === tag);
  const above = new Set<string>();
  let depth = 0;
  for (let at: ElementNode | null = block.container; at; at = at.parent, depth++) above.add(at.tag);
  for (const tag of ANCESTOR_TAGS) row.flag(above.has(tag));
  row.put(depth);
}

function writePlace(row: RowWriter, block: Block, facts: PageFacts, i: number): void {
  const total = facts.blocks.length;
  const own = facts.comparables[i] ?? '';
  row.put(i, (facts.charsBefore[i] ?? 0) / Math.max(1, facts.totalChars), total - i);
  row.put(
    facts.titleIndex < 0 ? -1 : i > facts.titleIndex ? 1 : 0,
    facts.titleIndex < 0 ? 0 : Math.max(-60, Math.min(60, i - facts.titleIndex)),
  );
  row.flag(own === facts.title);
  row.flag(
    own.length > 30 &&
      (facts.description.startsWith(own.slice(0, 60)) || own.startsWith(facts.description.slice(0, 60) || '\u0000')),
  );
  row.put(inLinkedBody(block, facts), facts.linkedBody ? 1 : 0);
}

/** 1 inside the JSON-LD body, 0 outside, -1 where the page has none. */
function inLinkedBody(block: Block, facts: PageFacts): number {
  if (!facts.linkedBody) return -1;
  const letters = lettersOf(block.text);
  return letters.length > 3 && facts.linkedBody.includes(letters.slice(0, 120)) ? 1 : 0;
}

function writeSurroundings(row: RowWriter, block: Block, facts: PageFacts, i: number): void {
  const { container } = block;
  const total = Math.max(1, facts.totalProse);
  const proseIn = (element: ElementNode | null | undefined): number =>
    element ? (facts.proseChars.get(element) ?? 0) : 0;
  const inBest = facts.best ? proseIn(facts.best) : 0;
  row.put(
    proseIn(container.parent) / total,
    proseIn(container.parent?.parent) / total,
    proseIn(container.parent?.parent?.parent) / total,
  );
  const { first, last, links, chars } = facts.bestRange;
  const climb = climbToBest(container, facts);
  row.flag(climb === 0);
  row.put(i < first ? first - i : i > last ? i - last : 0, climb);
  row.flag(i < first);
  row.flag(i > last);
  row.put(inBest / total, links / Math.max(1, chars));
  const group = facts.pathGroups.get(facts.paths[i] ?? '') as PathGroup;
  row.put(group.prose / total, group.count, group.linkChars / group.chars, Math.log2(group.chars / group.count));
  row.put(Math.min(200, container.parent?.children.length ?? 0), proseIn(container.parent) / Math.max(1, inBest));
}

function writeWords(row: RowWriter, facts: PageFacts, i: number): void {
  row.put(
    facts.markup[i] ?? 0,
    facts.parentMarkup[i] ?? 0,
    facts.markupMin[i] ?? 0,
    facts.markupMax[i] ?? 0,
    facts.markupSum[i] ?? 0,
  );
  row.put(facts.textSum[i] ?? 0, facts.textMin[i] ?? 0, facts.textMax[i] ?? 0);
  let heading = i - 1;
  while (heading >= 0 && facts.blocks[heading]?.role !== 'heading') heading--;
  row.put(
    heading < 0 ? 0 : (facts.textSum[heading] ?? 0),
    heading < 0 ? 200 : Math.min(200, i - heading),
    heading < 0 ? 0 : (facts.markupSum[heading] ?? 0),
  );
}

function writeNeighbours(row: RowWriter, facts: PageFacts, i: number): void {
  const { blocks } = facts;
  const total = Math.max(1, facts.totalProse);
  row.put(
    facts.nearestProse.before[i] ?? 50,
    facts.nearestProse.after[i] ?? 50,
    Math.log2(1 + sumAround(facts.proseBefore, i, 4)),
    Math.log2(1 + sumAround(facts.proseBefore, i, 12)),
  );
  row.put(sumAround(facts.linkCharsBefore, i, 4) / Math.max(1, sumAround(facts.charsBefore, i, 4)));
  row.put((facts.proseBefore[i] ?? 0) / total, (facts.totalProse - (facts.proseBefore[i + 1] ?? 0)) / total);
  for (const step of [-3, -2, -1, 1, 2, 3]) {
    const neighbour = blocks[i + step];
    row.put(
      neighbour ? Math.log2(1 + neighbour.text.length) : -1,
      neighbour ? neighbour.linkChars / neighbour.text.length : -1,
    );
    row.flag(neighbour !== undefined && facts.paths[i + step] === facts.paths[i]);
  }
  row.flag(blocks[i - 1]?.role === 'heading');
  row.flag(blocks[i + 1]?.role === 'heading');
  row.put(
    facts.textSum[i - 1] ?? 0,
    facts.textSum[i + 1] ?? 0,
    facts.markupSum[i - 1] ?? 0,
    facts.markupSum[i + 1] ?? 0,
  );
  row.put(Math.log2(1 + facts.totalProse), blocks.length);
}
