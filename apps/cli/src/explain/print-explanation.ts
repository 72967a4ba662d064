import type { BlockExplanation, Extraction } from '@wireroom/extraction';
import { colours, columnsOf, shorten } from '../terminal.js';
import { fieldsIn, foundFields, shortPath, type FoundField } from './found-fields.js';

/**
 * What a page was taken for, each field with what was not chosen for it, then every block in document order with its
 * score, its fate and why, as a person reads it in a terminal.
 */
export function printExplanation(extraction: Extraction, blocks: BlockExplanation[], width: number): string {
  const fields = extraction.kind === 'article' ? foundFields(extraction) : [];
  const kept = blocks.filter((block) => block.kept).length;
  return [
    ...(extraction.kind === 'article'
      ? fields.flatMap((field) => fieldLines(field, width))
      : otherLines(extraction, width)),
    '',
    colours.cyan(`${blocks.length} blocks, ${kept} kept`),
    ...blocks.flatMap((block) => [headOf(block, fields, width), colours.dim(`${INDENT}${whyOf(block, width)}`)]),
    '',
  ].join('\n');
}

/** `+2.1 its words, -0.8 links`: what moved the classifier, in log odds; or why a block was taken out after it. */
export function reasonsInWords({ reasons, takenOutBecause }: BlockExplanation): string {
  const moved = reasons.map(({ about, effect }) => `${effect > 0 ? '+' : '−'}${Math.abs(effect)} ${about}`).join(', ');
  return takenOutBecause ? `${takenOutBecause}; before that ${moved}` : moved;
}

const LABEL_WIDTH = 18;
const INDENT = ' '.repeat(9);
const COLOUR = { article: colours.green, 'taken-out': colours.yellow, clutter: colours.dim };
const MARK = { article: '✓', 'taken-out': '×', clutter: '·' };

function fieldLines({ name, value, origin, others }: FoundField, width: number): string[] {
  const room = width - LABEL_WIDTH;
  const under = (text: string): string => colours.dim(`${' '.repeat(LABEL_WIDTH)}${shorten(text, room)}`);
  return [
    `${colours.cyan(name.padEnd(LABEL_WIDTH))}${shorten(value, room)}`,
    under(because(origin)),
    ...others
      .filter((other) => other.value !== value)
      .map((other) => under(`· ${other.value ?? ''} ← ${because(other)}`)),
  ];
}

function because({ rule, source, reason }: FoundField['origin']): string {
  return `${rule}, ${shortPath(source)}${reason ? `: ${reason}` : ''}`;
}

function otherLines({ pageKind, reasons }: Extract<Extraction, { kind: 'not-article' }>, width: number): string[] {
  return [colours.yellow(`not an article: ${pageKind}`), ...reasons.map((reason) => `  ${shorten(reason, width - 2)}`)];
}

function headOf(block: BlockExplanation, fields: FoundField[], width: number): string {
  const { verdict, probability, role, text } = block;
  const labels = [...(role === 'paragraph' ? [] : [role]), ...fieldsIn(block, fields).map((name) => `→ ${name}`)];
  const label = labels.length ? `[${labels.join(' ')}] ` : '';
  const head = `${MARK[verdict]} ${probability.toFixed(3)}  ${label}`;
  return COLOUR[verdict](`${head}${shorten(text, width - columnsOf(head))}`);
}

function whyOf(block: BlockExplanation, width: number): string {
  return shorten(`${shortPath(block.source)}: ${reasonsInWords(block)}`, width - INDENT.length);
}
