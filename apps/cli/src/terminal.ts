import { once } from 'node:events';
import { eastAsianWidth } from 'get-east-asian-width';
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

/** Marks that stand on the letter before. */
const NO_COLUMN = /\p{M}|[\u200b-\u200d]/u;

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0);
}

function widthOf(character: string): number {
  return NO_COLUMN.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!);
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
