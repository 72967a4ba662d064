import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { printable, writeJson, writeLine } from '../../terminal.js';
import { type SpecFlags, addCommon, addSpecOptions, askIngest, specOf } from './common.js';

export function registerSourceAdd(source: Command): void {
  addCommon(addSpecOptions(source.command('add')))
    .description(
      'Declares a source: it is polled at once, and from then on. The same again changes nothing; --replace changes the\n' +
        'settings of one that is there and keeps its state.',
    )
    .argument('<name>', 'name of the source, such as harbour-news')
    .argument('<address>', 'address, folder or file')
    .option('--replace', 'change the settings of a source of that name')
    .addHelpText(
      'after',
      `
Folders and files must be open to sources: the ingest service reads only what lies in its SOURCES_FOLDERS. Addresses in
private networks must be in its FETCH_ALLOW.

Examples:
  $ wireroom source add harbour-news https://harbour.example/feed.xml --watch
  $ wireroom source add harbour-map https://harbour.example/news-sitemap.xml --publisher harbour-news
  $ wireroom source add desk ./inbox --kind folder
  $ wireroom source add agency https://wire.example/latest.json --kind agency --every 30
${EXIT_CODES_HELP}`,
    )
    .action(add);
}

async function add(name: string, address: string, flags: SpecFlags & { replace?: boolean }): Promise<void> {
  const spec = specOf(name, address, flags);
  const view = await askIngest(flags, (ingest) => ingest.addSource({ ...spec, replace: flags.replace }));
  if (flags.json) await writeJson(view);
  else
    await writeLine(
      printable(`${view.spec.name}: ${view.spec.kind} ${view.spec.address}, due ${view.nextDueAt ?? 'when resumed'}`),
    );
}
