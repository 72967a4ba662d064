import { type ConsoleClient, type DiscardDeadLettersRequest, STAGES } from '@wireroom/contracts';
import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { writeJson, writeLine } from '../../terminal.js';
import { type ActionFlags, actionExamples, addAction, deadLetters, onNamedOrChosen, refuseMissed } from './common.js';

/** Which dead letters of a stage. */
type Choice = Pick<DiscardDeadLettersRequest, 'stage' | 'ids' | 'filter'>;
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
  const { reason } = flags;
  const discarded: string[] = [];
  const add = async (client: ConsoleClient, request: Choice): Promise<void> => {
    const answer = await client.discardDeadLetters({ ...request, reason, requestId: randomUUID() });
    discarded.push(...answer.ids);
  };
  await onNamedOrChosen('discard', ids, flags, {
    named: async (client, byStage) => {
      for (const [stage, named] of byStage) await add(client, { stage, ids: named });
    },
    chosen: async (client, filter) => {
      const stages = STAGES.filter((one) => flags.stage === undefined || one === flags.stage);
      for (const stage of stages) await add(client, { stage, filter });
    },
  });
  if (flags.json) await writeJson({ affected: discarded.length, ids: discarded });
  else await writeLine(`discarded ${deadLetters(discarded.length)}`);
  refuseMissed(ids, discarded);
}
