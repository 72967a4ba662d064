import { once } from 'node:events';
import pc from 'picocolors';

/** Whether a person is looking: live tables and bars are drawn for them only. */
export const isTerminal = process.stdout.isTTY === true;

/** Colours for a person's terminal; plain text everywhere else and under NO_COLOR (no-color.org). */
export const colours = pc.createColors(isTerminal && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');

/** Writes to stdout and waits while the reader on the other end is slow. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export async function writeLine(text: string): Promise<void> {
  await write(`${text}\n`);
}

export async function writeJson(value: unknown): Promise<void> {
  await writeLine(JSON.stringify(value, null, isTerminal ? 2 : undefined));
}

/** For notes that must not mix with a command's output. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Text of others made safe to print: control characters, with which it could steer the terminal, are shown as such. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

/** Marks that stand on the letter before, and characters as wide as two: East Asian scripts and emoji (UAX #11). */
const NO_COLUMN = /\p{M}|[\u200b-\u200d]/u;
const TWO_COLUMNS =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0);
}

function widthOf(character: string): number {
  if (TWO_COLUMNS.test(character)) return 2;
  return NO_COLUMN.test(character) ? 0 : 1;
}

/** At most `columns` columns on one line, with an ellipsis where something was left off. */
export function shorten(text: string, columns: number): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  if (columns < 1) return '';
  if (columnsOf(line) <= columns) return line;
  let left = columns - 1;
  let end = 0;
  for (const character of line) {
    left -= widthOf(character);
    if (left < 0) break;
    end += character.length;
  }
  return `${line.slice(0, end)}…`;
}
