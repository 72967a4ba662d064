import type { Spread } from './statistics.js';

/** Rows of text as a table: the first column to the left, figures to the right. */
export function tableOf(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('   ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('───'), ...rows.map(line)].join('\n');
}

/** `12.3 (11.0 to 13.1)`: median and range. */
export function rangeOf(spread: Spread): string {
  return `${figure(spread.median)} (${figure(spread.min)} to ${figure(spread.max)})`;
}

/** A figure to three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  return value >= 100 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));
}

/** A line of progress on standard error, so that standard output holds the result alone. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
