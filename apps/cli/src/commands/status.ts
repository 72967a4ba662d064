import type { Alarm, BooksState, NowAnswer, StageNow } from '@wireroom/contracts';
import type { Command } from 'commander';
import { type ConsoleFlags, askConsole } from '../console.js';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { table } from '../table.js';
import { colours, printable, writeJson, writeLine } from '../terminal.js';
import { CONSOLE_HELP, addConsoleOptions } from './common.js';

export function registerStatus(program: Command): void {
  addConsoleOptions(program.command('status'))
    .summary('show where the stages stand')
    .description(
      'Shows each stage: its health, the revisions that wait for it and since when, what it finishes, what it has set\n' +
        'aside, what it has stored and not yet said, and how many messages its consumers have not taken. Then the alarms.',
    )
    .addHelpText(
      'after',
      `
The exit code is 1 when a stage is not well, 3 when one does not answer.
${CONSOLE_HELP}

Examples:
  $ wireroom status
  $ wireroom status --json | jq '.stages[].lag'
${EXIT_CODES_HELP}`,
    )
    .action(status);
}

async function status(flags: ConsoleFlags): Promise<void> {
  const { now } = await askConsole(flags, (client) => client.overview({ window: '15m' }));
  await (flags.json ? writeJson(now) : writeLine(statusText(now)));
  if (now.stages.some(({ health }) => health === 'unreachable')) process.exitCode = EXIT.unreachable;
  else if (now.stages.some(({ health }) => health !== 'ok')) process.exitCode = EXIT.failed;
}

/** What can't be had says so; the sentences below the table say why. */
export function statusText({ stages, alarms, books }: NowAnswer): string {
  const heads = ['stage', 'health', 'in flight', 'a second', 'dead letters', 'unsaid', 'lag'];
  const reasons = stages.flatMap(({ stage, reasons: why }) => why.map((reason) => `${stage}: ${printable(reason)}`));
  return [
    table(heads, stages.map(rowOf), [2, 3, 4, 5, 6]),
    ...reasons,
    ...alarms.map(alarmText),
    ...booksText(books),
  ].join('\n');
}

function rowOf(one: StageNow): string[] {
  const { stage, health, inFlight, oldestWaitingSeconds, perSecond, deadLettersOpen, unsaid, oldestUnsaidSeconds } =
    one;
  return [
    stage,
    health === 'ok' ? colours.green(health) : colours.red(health),
    withAge(inFlight, oldestWaitingSeconds),
    String(perSecond),
    deadLettersOpen ? colours.yellow(String(deadLettersOpen)) : (deadLettersOpen?.toString() ?? 'unknown'),
    unsaid === undefined ? 'unknown' : withAge(unsaid, oldestUnsaidSeconds),
    one.lag?.toString() ?? 'unknown',
  ];
}

function withAge(count: number, oldestSeconds = 0): string {
  return count === 0 ? '0' : `${count} (oldest ${oldestSeconds} s)`;
}

function alarmText({ severity, message }: Alarm): string {
  const colour = severity === 'critical' ? colours.red : colours.yellow;
  return `${colour(severity)}: ${printable(message)}`;
}

/** Says so where the console's own figures are not complete. */
function booksText({ state, counted, ofAbout }: BooksState): string[] {
  if (state === 'following') return [];
  if (state === 'away') return ['the console’s books wait for MongoDB: what is in flight is not up to date'];
  return [
    `the console is counting what is stored (${counted ?? 0} of about ${ofAbout ?? 'unknown'}): more may be in flight`,
  ];
}
