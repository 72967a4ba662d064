import type {
  ConsoleClient,
  ConsoleDeadLetterAnswer,
  Redrive,
  RedriveChoice,
  RedriveItem,
  StageName,
} from '@wireroom/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError, EXIT, EXIT_CODES_HELP } from '../../exit-codes.js';
import { note, writeJson, writeLine } from '../../terminal.js';
import { positiveInteger } from '../common.js';
import { type ActionFlags, actionExamples, addAction, onNamedOrChosen, refuseMissed } from './common.js';
import { type Fate, fateOfItem, fateOfLetter, fateTable, redriveLine } from './fates.js';

interface ReplayFlags extends ActionFlags {
  rate: number;
  wait: boolean;
  timeout: number;
}

const POLL_MS = 500;
const PAGE = 500;
/** A redrive in these states goes nowhere without a person. */
const AT_REST = new Set<Redrive['state']>(['paused', 'held', 'stopped']);

export function registerDeadReplay(dead: Command): void {
  addAction(
    dead
      .command('replay')
      .description(
        'Sends dead letters back to the topic they came from, and shows what became of each. One that fails again as it\n' +
          'did before is parked: from then on it is sent only when it is named.',
      ),
  )
    .option('--reason <text>', 'why they are sent again; needed for those that are chosen')
    .option('--rate <n>', 'of those that are chosen: at most so many a second', aRate, 20)
    .option('--no-wait', 'come back when it is asked for, before they have ended')
    .option('--timeout <seconds>', 'how long to wait for their end', positiveInteger, 120)
    .addHelpText(
      'after',
      `
Those that are chosen by --stage, --code, --source, --content or --all are sent as a redrive of the console: in waves of
1, 2, 5 and 20, then at the rate. It holds itself when too many fail again, and goes on when this command is stopped; the
console shows, pauses and stops it. The exit code is 1 when one failed again or has not ended in time.
${actionExamples('replay', ' --reason "the store is back"')}
${EXIT_CODES_HELP}`,
    )
    .action(replay);
}

async function replay(ids: string[], flags: ReplayFlags): Promise<void> {
  await onNamedOrChosen('replay', ids, flags, {
    named: async (client, byStage) => refuseMissed(ids, await replayNamed(client, byStage, flags)),
    chosen: (client, choice) => replayChosen(client, choice, flags),
  });
}

/** @returns the ids of those that were sent */
async function replayNamed(
  client: ConsoleClient,
  byStage: Map<StageName, string[]>,
  flags: ReplayFlags,
): Promise<string[]> {
  const sent: [StageName, string][] = [];
  for (const [stage, named] of byStage) {
    const request = { stage, ids: named, reason: flags.reason, requestId: randomUUID() };
    const answer = await client.replayDeadLetters(request);
    sent.push(...answer.ids.map((id): [StageName, string] => [stage, id]));
  }
  const letters = await followLetters(client, sent, flags);
  await report(letters.map(fateOfLetter), { replayed: sent.length }, flags);
  return sent.map(([, id]) => id);
}

async function replayChosen(client: ConsoleClient, choice: RedriveChoice, flags: ReplayFlags): Promise<void> {
  const { reason, stage, rate } = flags;
  if (reason === undefined) throw new CliError(EXIT.usage, 'say with --reason why they are sent again');
  const filter = { stage, ...choice };
  const started = await client.startRedrive({ filter, ratePerSecond: rate, reason, requestId: randomUUID() });
  const redrive = flags.wait ? await followRedrive(client, started.id, flags) : started;
  const items = await itemsOf(client, redrive.id);
  if (!flags.json) await writeLine(redriveLine(redrive));
  await report(items.map(fateOfItem), { redrive }, flags);
}

/** The dead letters once their replay has ended, or as they are when the time is over. */
async function followLetters(
  client: ConsoleClient,
  sent: [StageName, string][],
  { wait, timeout }: ReplayFlags,
): Promise<ConsoleDeadLetterAnswer[]> {
  const deadline = Date.now() + timeout * 1000;
  for (;;) {
    const letters = await Promise.all(sent.map(([stage, id]) => client.deadLetter(stage, id)));
    const isOver = letters.every(({ state }) => state !== 'replayed');
    if (isOver || !wait || Date.now() > deadline) return letters;
    await sleep(POLL_MS);
  }
}

/** A redrive once it has ended or stands still, or as it is when the time is over. */
async function followRedrive(client: ConsoleClient, id: string, { timeout }: ReplayFlags): Promise<Redrive> {
  const deadline = Date.now() + timeout * 1000;
  for (let told = ''; ; await sleep(POLL_MS)) {
    const redrive = await client.redrive(id);
    if (redrive.endedAt !== undefined || AT_REST.has(redrive.state) || Date.now() > deadline) return redrive;
    const line = redriveLine(redrive);
    if (line !== told) note(line);
    told = line;
  }
}

async function itemsOf(client: ConsoleClient, id: string): Promise<RedriveItem[]> {
  const items: RedriveItem[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await client.redriveItems(id, { limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined) return items;
  }
}

async function report(fates: Fate[], more: object, { json, wait }: ReplayFlags): Promise<void> {
  if (json) await writeJson({ ...more, items: fates });
  else if (fates.length > 0) await writeLine(fateTable(fates));
  if (wait && fates.some(({ isWell }) => !isWell)) process.exitCode = EXIT.failed;
}

function aRate(text: string): number {
  const rate = Number(text);
  if (!(rate >= 0.1 && rate <= 1000)) throw new InvalidArgumentError('It must be a number from 0.1 to 1000.');
  return rate;
}
