import type { BlockExplanation } from '@wireroom/extraction';
import { colours, shorten } from '../terminal.js';

/** Every block in document order with its score, its fate and why, as a person reads it in a terminal. */
export function printExplanation(blocks: BlockExplanation[], width: number): string {
  const kept = blocks.filter((block) => block.kept).length;
  return [
    colours.cyan(`${blocks.length} blocks, ${kept} kept`),
    ...blocks.flatMap((block) => [headOf(block, width), colours.dim(`${INDENT}${whyOf(block, width)}`)]),
    '',
  ].join('\n');
}

/** `+2.1 its words, -0.8 links`: what moved the classifier, in log odds; or why a block was taken out after it. */
export function reasonsInWords({ reasons, takenOutBecause }: BlockExplanation): string {
  const moved = reasons.map(({ about, effect }) => `${effect > 0 ? '+' : '−'}${Math.abs(effect)} ${about}`).join(', ');
  return takenOutBecause ? `${takenOutBecause}; before that ${moved}` : moved;
}

const INDENT = ' '.repeat(9);
const COLOUR = { article: colours.green, 'taken-out': colours.yellow, clutter: colours.dim };
const MARK = { article: '✓', 'taken-out': '×', clutter: '·' };

function headOf({ verdict, probability, role, text }: BlockExplanation, width: number): string {
  const label = role === 'paragraph' ? '' : `[${role}] `;
  return COLOUR[verdict](
    `${MARK[verdict]} ${probability.toFixed(3)}  ${shorten(`${label}${text}`, width - INDENT.length)}`,
  );
}

function whyOf(block: BlockExplanation, width: number): string {
  return shorten(`${block.source}: ${reasonsInWords(block)}`, width - INDENT.length);
}
