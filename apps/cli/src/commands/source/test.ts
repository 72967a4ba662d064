import { type SourceSpec, type TestSourceAnswer } from '@wireroom/contracts';
import type { Command } from 'commander';
import { EXIT, EXIT_CODES_HELP } from '../../exit-codes.js';
import { colours, note, printable, writeJson, writeLine } from '../../terminal.js';
import { type SpecFlags, addCommon, addSpecOptions, askIngest, isWeb, specOf } from './common.js';
import { testedFetchTable, testedTable } from './views.js';

/** Name under which an address is tested that is no source yet. */
const TRIAL = 'trial';

export function registerSourceTest(source: Command): void {
  addCommon(addSpecOptions(source.command('test')))
    .description(
      'Polls a source, or an address that is none yet, and shows what would be taken. Nothing is stored, no file is moved.',
    )
    .argument('<name|address>', 'name of a source, or an address, folder or file')
    .addHelpText(
      'after',
      `
A test looks at the first 25 items. The exit code is 1 when the source could not be read.

Examples:
  $ wireroom source test https://harbour.example/feed.xml
  $ wireroom source test harbour-news
${EXIT_CODES_HELP}`,
    )
    .action(test);
}

async function test(what: string, flags: SpecFlags): Promise<void> {
  const answer = await askIngest(flags, async (ingest) => {
    const isPlace = isWeb(what) || what.includes('/') || flags.kind !== undefined;
    const spec: SourceSpec = isPlace
      ? specOf(flags.publisher ?? TRIAL, what, flags)
      : (await ingest.showSource(what)).spec;
    return ingest.testSource(spec);
  });
  if (flags.json) await writeJson(answer);
  else await writeLine(answerText(answer));
  if (answer.failure) {
    note(`could not be read: ${printable(answer.failure.code)}: ${printable(answer.failure.reason)}`);
    process.exitCode = EXIT.failed;
  }
}

function answerText({ fetches, items, more }: TestSourceAnswer): string {
  const parts = [testedFetchTable(fetches), ...(items.length > 0 ? ['', testedTable(items)] : [])];
  return [...parts, ...(more ? [colours.dim('there is more; a test looks at the first items')] : [])].join('\n');
}
