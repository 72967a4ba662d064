import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { printable, writeJson, writeLine } from '../../terminal.js';
import { type SourceFlags, addCommon, askIngest } from './common.js';

export function registerSourceRemove(source: Command): void {
  addCommon(source.command('remove'))
    .description('Removes a source. Its items stay published, and are known again should it come back.')
    .argument('<name>', 'name of the source')
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom source remove harbour-news
${EXIT_CODES_HELP}`,
    )
    .action(remove);
}

async function remove(name: string, flags: SourceFlags): Promise<void> {
  const answer = await askIngest(flags, (ingest) => ingest.removeSource(name));
  if (flags.json) await writeJson(answer);
  else await writeLine(printable(`${name} is removed`));
}
