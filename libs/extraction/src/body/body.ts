import type { Block } from '../html/blocks.js';
import type { ElementNode } from '../html/document.js';
import type { Page } from '../page.js';

/** The blocks of a page that make its article, in reading order. */
export function findBody(page: Page): Block[] {
  const scores = new Map<ElementNode, number>();
  for (const block of page.blocks) {
    if (!isProse(block)) continue;
    let share = 1;
    for (let at: ElementNode | null = block.container.parent; at && share > 0.1; at = at.parent, share *= 0.6)
      scores.set(at, (scores.get(at) ?? 0) + share * block.text.length);
  }
  const best = [...scores].sort((a, b) => b[1] - a[1])[0]?.[0];
  if (!best) return page.blocks.filter((block) => block.text.length > 80);
  return page.blocks.filter(
    (block) => block.start >= best.start && block.end <= best.end && (isProse(block) || block.role === 'heading'),
  );
}

function isProse(block: Block): boolean {
  return block.text.length > 60 && block.linkChars < block.text.length * 0.4;
}
