import type { ConsoleDeadLetterAnswer, DeadLetterResolution } from '@wireroom/contracts';
import type { Command } from 'commander';
import { type ConsoleFlags, askConsole } from '../../console.js';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { colours, printable, shorten, writeJson, writeLine } from '../../terminal.js';
import { addConsoleOptions } from '../common.js';
import { stageOfLetter } from './common.js';

const SHOWN_BYTES = 600;

export function registerDeadShow(dead: Command): void {
  addConsoleOptions(dead.command('show').description('Shows one dead letter with its original bytes.'))
    .argument('<id>', 'id of the dead letter')
    .option('--raw', 'write the original bytes to stdout, whole and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom dead show content.ingested.v1/3/17
  $ wireroom dead show content.ingested.v1/3/17 --raw > message.json
${EXIT_CODES_HELP}`,
    )
    .action(show);
}

async function show(id: string, flags: ConsoleFlags & { raw?: boolean }): Promise<void> {
  const letter = await askConsole(flags, (client) => client.deadLetter(stageOfLetter(id), id));
  const value = Buffer.from(letter.valueBase64 ?? '', 'base64');
  if (flags.raw) process.stdout.write(value);
  else if (flags.json) await writeJson(letter);
  else await writeLine(letterText(letter, value));
}

function letterText(letter: ConsoleDeadLetterAnswer, value: Buffer): string {
  const { place, headers } = letter;
  const facts: [string, string | undefined][] = [
    ['stage', letter.stage],
    ['state', letter.discardReason === undefined ? letter.state : `${letter.state}: ${letter.discardReason}`],
    ['error', `${letter.code}: ${letter.detail}`],
    ...letter.faults.map(({ field, reason }): [string, string] => ['contract says', `${field}: ${reason}`]),
    ['attempts', `${letter.attempts}, ${replaysOf(letter)}`],
    ['ended', letter.resolution && endingOf(letter.resolution)],
    ['failed', `${letter.firstFailedAt}, last ${letter.lastFailedAt}`],
    ['place', `${place.topic}, partition ${place.partition}, offset ${place.offset}`],
    ['item', letter.contentId],
    ['source', letter.source],
    ['key', letter.keyBase64 && Buffer.from(letter.keyBase64, 'base64').toString('utf8')],
    ...headers.map(({ name, valueBase64 }): [string, string] => [
      `header ${name}`,
      Buffer.from(valueBase64, 'base64').toString('utf8'),
    ]),
  ];
  const lines = facts.flatMap(([name, text]) =>
    text ? [`${colours.cyan(name.padEnd(24))}${shorten(text, 300)}`] : [],
  );
  const more = value.length > SHOWN_BYTES ? colours.dim(`\n… ${value.length} bytes in all; --raw writes them`) : '';
  return [
    colours.bold(printable(letter.id)),
    ...lines,
    '',
    printable(value.subarray(0, SHOWN_BYTES).toString('utf8')) + more,
    ...(letter.stack === undefined ? [] : ['', colours.dim(printable(letter.stack))]),
  ].join('\n');
}

function replaysOf({ replays, edits }: ConsoleDeadLetterAnswer): string {
  const replayed = replays === 0 ? 'never replayed' : `replayed ${times(replays)}`;
  return edits === 0 ? replayed : `${replayed}, edited ${times(edits)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function endingOf({ outcome, code, contentId, at }: DeadLetterResolution): string {
  return `${outcome}${code === undefined ? '' : ` (${code})`} at ${at}${contentId === undefined ? '' : `, item ${contentId}`}`;
}
