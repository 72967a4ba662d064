import { CallFailed, type StageName, type StageStatusAnswer } from '@wireroom/contracts';
import type { Command } from 'commander';
import { callFailure, findClients, stagesOf } from '../clients.js';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { table } from '../table.js';
import { colours, printable, writeJson, writeLine } from '../terminal.js';
import { FINDING_HELP, dirOption } from './common.js';

type StageReport = StageStatusAnswer | { stage: StageName; health: 'unreachable'; reasons: string[] };

export function registerStatus(program: Command): void {
  program
    .command('status')
    .summary('show where the stages stand')
    .description(
      'Shows each stage: its health, what it has done, skipped and set aside, what it has stored and not yet said, and\n' +
        'how many messages wait for it.',
    )
    .addOption(dirOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The exit code is 1 when a stage is not well, 3 when one does not answer.
${FINDING_HELP}

Examples:
  $ wireroom status
  $ wireroom status --json | jq '.stages[].lag'
${EXIT_CODES_HELP}`,
    )
    .action(status);
}

async function status({ dir, json }: { dir: string; json?: boolean }): Promise<void> {
  const clients = await findClients(dir);
  const stages = await Promise.all(
    stagesOf(clients).map(([stage, client]): Promise<StageReport> =>
      client.status().catch((error: unknown) => unreachable(stage, error)),
    ),
  );
  if (json) await writeJson({ stages });
  else await writeLine(statusTable(stages));
  if (stages.some(({ health }) => health === 'unreachable')) process.exitCode = EXIT.unreachable;
  else if (stages.some(({ health }) => health !== 'ok')) process.exitCode = EXIT.failed;
}

function unreachable(stage: StageName, error: unknown): StageReport {
  if (!(error instanceof CallFailed)) throw error;
  const failure = callFailure(error);
  if (failure.exitCode !== EXIT.unreachable) throw failure;
  return { stage, health: 'unreachable', reasons: [failure.message] };
}

function statusTable(stages: StageReport[]): string {
  const rows = stages.map((one) => {
    if (one.health === 'unreachable') return [one.stage, colours.red(one.health), '', '', '', '', ''];
    const { stage, health, done, skipped, deadLettersOpen, unsaid, oldestUnsaidSeconds, lag } = one;
    return [
      stage,
      health === 'ok' ? colours.green(health) : colours.red(health),
      String(done),
      String(skipped),
      deadLettersOpen > 0 ? colours.yellow(String(deadLettersOpen)) : '0',
      unsaid > 0 ? `${unsaid} (oldest ${oldestUnsaidSeconds} s)` : '0',
      lag < 0 ? 'unknown' : String(lag),
    ];
  });
  const drawn = table(['stage', 'health', 'done', 'skipped', 'dead letters', 'unsaid', 'lag'], rows, [2, 3, 4, 5, 6]);
  const reasons = stages.flatMap(({ stage, reasons: why }) => why.map((reason) => `${stage}: ${printable(reason)}`));
  return [drawn, ...reasons].join('\n');
}
