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

/** At most `length` characters on one line, with an ellipsis where something was left off. */
export function shorten(text: string, length: number): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (length < 1) return '';
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}
