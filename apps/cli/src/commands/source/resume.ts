import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { printable, writeJson, writeLine } from '../../terminal.js';
import { type SourceFlags, addCommon, askIngest } from './common.js';

export function registerSourceResume(source: Command): void {
  addCommon(source.command('resume'))
    .description('Polls a source again, at once. One that is not paused is polled now, and its failures are forgotten.')
    .argument('<name>', 'name of the source')
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom source resume harbour-news
${EXIT_CODES_HELP}`,
    )
    .action(resume);
}

async function resume(name: string, flags: SourceFlags): Promise<void> {
  const view = await askIngest(flags, (ingest) => ingest.resumeSource(name));
  if (flags.json) await writeJson(view);
  else await writeLine(printable(`${name} is polled again, now`));
}
