import type { Command } from 'commander';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { livingRun, readState } from '../system/state.js';
import { writeJson, writeLine } from '../terminal.js';
import { dirOption } from './common.js';

export function registerReset(program: Command): void {
  program
    .command('reset')
    .summary('delete the data of earlier runs')
    .description(
      'Deletes what "wireroom up" keeps in its data folder: Kafka, MongoDB, logs and ports, and stops servers that a\n' +
        'crashed run left behind. Downloads are kept.\n' +
        'Refuses while a Wireroom runs from the folder. Servers given by KAFKA_BROKERS or MONGODB_URI are not touched.',
    )
    .addOption(dirOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom reset
  $ wireroom reset --dir /tmp/wireroom
${EXIT_CODES_HELP}`,
    )
    .action(reset);
}

async function reset({ dir, json }: { dir: string; json?: boolean }): Promise<void> {
  const run = livingRun(await readState(dir));
  if (run) {
    throw new CliError(EXIT.failed, `a Wireroom runs from ${dir} (process ${run.pid}): stop it first`);
  }
  const { defaultCacheDir, stopLeftovers } = await import('@wireroom/backends');
  const { backendFailure } = await import('../system/backend-failure.js');
  await stopLeftovers(dir).catch((error: unknown) => {
    throw backendFailure(error);
  });
  const cache = resolve(defaultCacheDir());
  const found = await readdir(dir).catch((): string[] => []);
  const removed = found.filter((name) => resolve(dir, name) !== cache);
  await Promise.all(removed.map((name) => rm(join(dir, name), { recursive: true, force: true })));
  if (json) await writeJson({ dir, removed });
  else await writeLine(removed.length > 0 ? `${dir} is cleared: ${removed.sort().join(', ')}` : `${dir} holds no data`);
}
