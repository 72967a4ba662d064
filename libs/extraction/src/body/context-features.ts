import type { Block } from '../html/blocks.js';
import type { ElementNode } from '../html/document.js';
import { distancesTo, runningTotal, sumAround } from '../sequence.js';

/** Names of what {@link contextFeatures} adds to the first stage's features of each block. */
export const CONTEXT_FEATURES: readonly string[] = [
  'p', 'p-3', 'p-2', 'p-1', 'p+1', 'p+2', 'p+3', 'p-siblings', 'p-cousins', 'p-tag-class', 'p-window-3', 'p-window-10',
  'content-before', 'content-after', 'content-total', 'p-max', 'since-content', 'until-content', 'p-shape',
]; // prettier-ignore

/**
 * Describes each block by what the first stage thinks of the blocks around it: a short line between
 * two paragraphs of the body belongs to it, a long one in a list of teasers does not.
 */
export function contextFeatures(blocks: Block[], first: Float32Array): Float32Array {
  const width = CONTEXT_FEATURES.length;
  const rows = new Float32Array(blocks.length * width);
  const chars = (i: number): number => (blocks[i]?.text.length ?? 0) * (first[i] ?? 0);
  const contentBefore = runningTotal(blocks.length, chars);
  const charsBefore = runningTotal(blocks.length, (i) => blocks[i]?.text.length ?? 0);
  const siblings = meansBy(blocks, first, ({ container }) => container.parent);
  const cousins = meansBy(blocks, first, ({ container }) => container.parent?.parent ?? null);
  const shapes = meansBy(
    blocks,
    first,
    ({ container }) => `${container.tag}.${container.attribute('class') ?? ''}<${container.parent?.tag}`,
  );
  const lengths = meansBy(blocks, first, (block) => `${block.role}${Math.min(4, Math.floor(block.text.length / 60))}`);
  const content = contentBefore[blocks.length] ?? 0;
  const max = first.reduce((best, p) => Math.max(best, p), 0);
  const nearest = distancesTo(blocks.length, 50, (i) => (first[i] ?? 0) > 0.5);
  blocks.forEach((block, i) => {
    const p = (at: number): number => first[at] ?? -1;
    const share = (reach: number): number =>
      sumAround(contentBefore, i, reach) / Math.max(1, sumAround(charsBefore, i, reach));
    rows.set(
      [
        p(i), p(i - 3), p(i - 2), p(i - 1), p(i + 1), p(i + 2), p(i + 3),
        siblings(block), cousins(block), shapes(block), share(3), share(10),
        (contentBefore[i] ?? 0) / Math.max(1, content), (content - (contentBefore[i + 1] ?? 0)) / Math.max(1, content), Math.log2(1 + content), max,
        nearest.before[i] ?? 99, nearest.after[i] ?? 99, lengths(block),
      ],
      i * width,
    ); // prettier-ignore
  });
  return rows;
}

/** Mean of the other blocks in the same group, by characters; -1 for a block that is alone in its group. */
function meansBy(
  blocks: Block[],
  first: Float32Array,
  keyOf: (block: Block) => ElementNode | string | null,
): (block: Block) => number {
  const groups = new Map<ElementNode | string | null, { content: number; chars: number }>();
  const own = new Map<Block, number>();
  blocks.forEach((block, i) => {
    const group = groups.get(keyOf(block)) ?? { content: 0, chars: 0 };
    group.content += block.text.length * (first[i] ?? 0);
    group.chars += block.text.length;
    groups.set(keyOf(block), group);
    own.set(block, block.text.length * (first[i] ?? 0));
  });
  return (block) => {
    const group = groups.get(keyOf(block));
    const others = group ? group.chars - block.text.length : 0;
    return group && others > 0 ? (group.content - (own.get(block) ?? 0)) / others : -1;
  };
}
