import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { printable, writeJson, writeLine } from '../../terminal.js';
import { type SourceFlags, addCommon, askIngest } from './common.js';

export function registerSourcePause(source: Command): void {
  addCommon(source.command('pause'))
    .description('Stops polling a source. A poll under way ends as it would.')
    .argument('<name>', 'name of the source')
    .option('--reason <text>', 'why, for whoever finds it paused')
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom source pause harbour-news --reason "they rebuild their site"
${EXIT_CODES_HELP}`,
    )
    .action(pause);
}

async function pause(name: string, { reason, ...flags }: SourceFlags & { reason?: string }): Promise<void> {
  const view = await askIngest(flags, (ingest) => ingest.pauseSource(name, { reason }));
  if (flags.json) await writeJson(view);
  else await writeLine(printable(`${name} is paused`));
}
