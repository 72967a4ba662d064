import type { FetchView, SourceView } from '@wireroom/contracts';
import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { colours, printable, writeJson, writeLine } from '../../terminal.js';
import { positiveInteger } from '../common.js';
import { type SourceFlags, addCommon, askIngest } from './common.js';
import { ago, fetchTable, rejectionLines, sourceState } from './views.js';

export function registerSourceShow(source: Command): void {
  addCommon(source.command('show'))
    .description('Shows a source: where it stands, and its ledger of fetches with what was found in each.')
    .argument('<name>', 'name of the source')
    .option('--fetches <n>', 'how many of the newest fetches', positiveInteger, 20)
    .addHelpText(
      'after',
      `
In every row of the ledger, found = new + changed + retracted + duplicate + rejected.

Examples:
  $ wireroom source show harbour-news
  $ wireroom source show harbour-news --fetches 200 --json | jq '.fetches[].rejections[]'
${EXIT_CODES_HELP}`,
    )
    .action(show);
}

async function show(name: string, flags: SourceFlags & { fetches: number }): Promise<void> {
  const [view, { items }] = await askIngest(flags, (ingest) =>
    Promise.all([ingest.showSource(name), ingest.listFetches(name, { limit: Math.min(flags.fetches, 500) })]),
  );
  if (flags.json) await writeJson({ source: view, fetches: items });
  else await writeLine(sourceText(view, items));
}

function sourceText(view: SourceView, fetches: FetchView[]): string {
  const { spec, totals, lastError } = view;
  const facts: [string, string | undefined][] = [
    ['kind', spec.kind],
    ['address', spec.address],
    ['moved to', view.permanentUrl],
    ['hub', view.hub && `${view.hub} (${view.pushedUntil ? `pushes until ${view.pushedUntil}` : 'does not push'})`],
    ['publisher', spec.publisher],
    ['robots.txt', spec.ignoreRobots && `not asked: ${spec.ignoreRobots}`],
    ['state', view.pausedBecause === undefined ? sourceState(view) : `${sourceState(view)}: ${view.pausedBecause}`],
    ['interval', `${view.intervalSeconds} s${spec.intervalSeconds === undefined ? ', adapting' : ''}`],
    ['next poll', view.nextDueAt],
    ['last read', view.lastSuccessAt && `${view.lastSuccessAt} (${ago(view.lastSuccessAt)} ago)`],
    ['last news', view.lastItemAt && `${view.lastItemAt} (${ago(view.lastItemAt)} ago)`],
    ['failures in a row', view.errorStreak > 0 ? String(view.errorStreak) : undefined],
    ['last failure', lastError && `${lastError.at} ${lastError.code}: ${lastError.reason}`],
    [
      'in all',
      `${totals.found} found: ${totals.added} new, ${totals.changed} changed, ${totals.retracted} retracted, ` +
        `${totals.duplicate} duplicate, ${totals.rejected} rejected`,
    ],
  ];
  const lines = facts.flatMap(([name, text]) =>
    text ? [`${colours.cyan(name.padEnd(19))}${text.includes('\u001b') ? text : printable(text)}`] : [],
  );
  const rejections = rejectionLines(fetches);
  return [
    colours.bold(printable(spec.name)),
    ...lines,
    '',
    fetches.length > 0 ? fetchTable(fetches) : 'no fetches yet',
    ...(rejections.length > 0 ? ['', ...rejections] : []),
  ].join('\n');
}
