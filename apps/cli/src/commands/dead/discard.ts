import { type ConsoleClient, STAGES } from '@wireroom/contracts';
import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { askConsole } from '../../console.js';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { writeJson, writeLine } from '../../terminal.js';
import {
  type ActionFlags,
  actionExamples,
  addAction,
  byStage,
  choiceOf,
  confirm,
  deadLetters,
  isChosenByFlags,
  refuseMissed,
} from './common.js';

type DiscardFlags = ActionFlags & { reason: string };

export function registerDeadDiscard(dead: Command): void {
  addAction(
    dead.command('discard').description('Closes dead letters for good; the record, who did it and the reason stay.'),
  )
    .requiredOption('--reason <text>', 'why they need not be processed')
    .addHelpText('after', `${actionExamples('discard', ' --reason "test data"')}\n${EXIT_CODES_HELP}`)
    .action(discard);
}

async function discard(ids: string[], flags: DiscardFlags): Promise<void> {
  const isChoice = isChosenByFlags('discard', ids, flags);
  const discarded = await askConsole(flags, (client) =>
    isChoice ? discardChosen(client, flags) : discardNamed(client, ids, flags),
  );
  if (flags.json) await writeJson({ affected: discarded.length, ids: discarded });
  else await writeLine(`discarded ${deadLetters(discarded.length)}`);
  refuseMissed(ids, discarded);
}

async function discardNamed(client: ConsoleClient, ids: string[], { reason }: DiscardFlags): Promise<string[]> {
  const discarded: string[] = [];
  for (const [stage, named] of byStage(ids)) {
    const answer = await client.discardDeadLetters({ stage, ids: named, reason, requestId: randomUUID() });
    discarded.push(...answer.ids);
  }
  return discarded;
}

async function discardChosen(client: ConsoleClient, flags: DiscardFlags): Promise<string[]> {
  await confirm('discard', client, flags);
  const filter = choiceOf(flags);
  const discarded: string[] = [];
  for (const stage of STAGES.filter((one) => flags.stage === undefined || one === flags.stage)) {
    const request = { stage, filter, reason: flags.reason, requestId: randomUUID() };
    discarded.push(...(await client.discardDeadLetters(request)).ids);
  }
  return discarded;
}
