import { SOURCE_KINDS, type SourceSpec, type SourceView } from '@wireroom/contracts';
import { type Command, Option } from 'commander';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { table } from '../../table.js';
import { colours, shorten, writeJson, writeLine } from '../../terminal.js';
import { positiveInteger } from '../common.js';
import { type SourceFlags, addCommon, askIngest } from './common.js';
import { ago, sourceState } from './views.js';

interface ListFlags extends SourceFlags {
  kind?: SourceSpec['kind'];
  state?: 'polled' | 'paused' | 'failing';
  limit: number;
}

export function registerSourceList(source: Command): void {
  addCommon(source.command('list'))
    .description('Lists sources by name, each with its state and what it has brought.')
    .addOption(new Option('--kind <kind>', 'only these').choices([...SOURCE_KINDS]))
    .addOption(new Option('--state <state>', 'only these').choices(['polled', 'paused', 'failing']))
    .option('--limit <n>', 'at most so many', positiveInteger, 100)
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom source list
  $ wireroom source list --state failing --json
${EXIT_CODES_HELP}`,
    )
    .action(list);
}

async function list({ kind, state, limit, ...flags }: ListFlags): Promise<void> {
  const page = await askIngest(flags, (ingest) => ingest.listSources({ kind, state, limit }));
  if (flags.json) return writeJson(page);
  if (page.items.length === 0) return writeLine('no sources');
  await writeLine(sourceTable(page.items));
  if (page.total > page.items.length) {
    await writeLine(colours.dim(`${page.items.length} of ${page.total}; --limit shows more`));
  }
}

function sourceTable(items: SourceView[]): string {
  const rows = items.map((view) => [
    shorten(view.spec.name, 32),
    view.spec.kind,
    sourceState(view),
    `${view.intervalSeconds} s`,
    ago(view.lastSuccessAt),
    ago(view.lastItemAt),
    String(view.totals.added),
    String(view.totals.changed + view.totals.retracted),
    String(view.totals.rejected),
    shorten(view.spec.address, 50),
  ]);
  const headings = ['name', 'kind', 'state', 'every', 'read', 'news', 'new', 'changed', 'rejected', 'address'];
  return table(headings, rows, [3, 4, 5, 6, 7, 8]);
}
