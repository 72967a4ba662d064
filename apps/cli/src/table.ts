import Table from 'cli-table3';
import { colours } from './terminal.js';

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Columns of text under dim headings, without lines around them. Columns named in `right` are set to the right. */
export function table(headings: string[], rows: string[][], right: number[] = []): string {
  const drawn = new Table({
    head: headings.map((heading) => colours.dim(heading)),
    chars: PLAIN,
    colAligns: headings.map((_, at) => (right.includes(at) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  drawn.push(...rows);
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
