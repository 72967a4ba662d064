import {
  type ConsoleClient,
  DEAD_LETTER_SELECTIONS,
  type DeadLetterPage,
  type DeadLetterSelection,
} from '@wireroom/contracts';
import { type Command, Option } from 'commander';
import { askConsole } from '../../console.js';
import { EXIT_CODES_HELP } from '../../exit-codes.js';
import { table } from '../../table.js';
import { colours, printable, shorten, writeJson, writeLine } from '../../terminal.js';
import { positiveInteger } from '../common.js';
import { type ChoiceFlags, addChoice, choiceOf } from './common.js';

interface ListFlags extends ChoiceFlags {
  state: DeadLetterSelection | 'all';
  limit: number;
}

/** The most that the console answers at once. */
const PAGE = 500;

export function registerDeadList(dead: Command): void {
  addChoice(dead.command('list').description('Lists dead letters of all stages, newest first.'))
    .addOption(
      new Option('--state <state>', 'only these').choices([...DEAD_LETTER_SELECTIONS, 'all']).default('waiting'),
    )
    .option('--limit <n>', 'at most so many', positiveInteger, 50)
    .addHelpText(
      'after',
      `
Waiting are those that are open and those that are parked: they failed after a replay as they had before. Replayed
are those that were sent back and have not ended yet; resolved those whose replay ended well.

Examples:
  $ wireroom dead list
  $ wireroom dead list --stage enrichment --code undecodable --json
${EXIT_CODES_HELP}`,
    )
    .action(list);
}

async function list(flags: ListFlags): Promise<void> {
  const page = await askConsole(flags, (client) => firstOf(client, flags));
  if (flags.json) await writeJson(page);
  else await writeLine(page.items.length > 0 ? letterTable(page) : 'no dead letters');
}

/** As many as are wanted, by as many pages as they take. */
async function firstOf(client: ConsoleClient, flags: ListFlags): Promise<Pick<DeadLetterPage, 'items' | 'total'>> {
  const state = flags.state === 'all' ? undefined : flags.state;
  const items: DeadLetterPage['items'] = [];
  for (let cursor: string | undefined; ;) {
    const limit = Math.min(PAGE, flags.limit - items.length);
    const page = await client.deadLetters({ stage: flags.stage, ...choiceOf(flags), state, limit, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined || items.length >= flags.limit) return { total: page.total, items };
  }
}

function letterTable({ items, total }: Pick<DeadLetterPage, 'items' | 'total'>): string {
  const rows = items.map(({ id, stage, state, code, source, attempts, lastFailedAt, detail }) => [
    printable(id),
    stage,
    state === 'open' || state === 'parked' ? colours.yellow(state) : state,
    colours.red(printable(code)),
    shorten(source ?? '', 24),
    String(attempts),
    lastFailedAt,
    shorten(detail, 60),
  ]);
  const drawn = table(['id', 'stage', 'state', 'code', 'source', 'attempts', 'last failed', 'detail'], rows, [5]);
  return total > items.length ? `${drawn}\n${colours.dim(`${items.length} of ${total}; --limit shows more`)}` : drawn;
}
