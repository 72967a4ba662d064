import {
  type ActionAnswer,
  CallFailed,
  DEAD_LETTER_SELECTIONS,
  type DeadLetterAnswer,
  type DeadLetterResolution,
  type DeadLetterSelection,
  type DeadLetterSummary,
  type ReplayRequest,
  type StageClient,
  type StageName,
} from '@wireroom/contracts';
import { type Command, Option } from 'commander';
import { callFailure, findClients, stagesOf } from '../clients.js';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { table } from '../table.js';
import { colours, printable, shorten, writeJson, writeLine } from '../terminal.js';
import { FINDING_HELP, dirOption, positiveInteger, stageOption } from './common.js';

interface Where {
  dir: string;
  stage?: StageName;
  json?: boolean;
}

interface ListFlags extends Where {
  code?: string;
  source?: string;
  content?: string;
  state: DeadLetterSelection | 'all';
  limit: number;
}

interface ActionFlags extends Where {
  code?: string;
  source?: string;
  content?: string;
  all?: boolean;
  yes?: boolean;
}

const SHOWN_BYTES = 600;

export function registerDead(program: Command): void {
  const dead = program
    .command('dead')
    .summary('list, show, replay and discard dead letters')
    .description('Works on dead letters: messages that could not be processed, kept with their original bytes.')
    .addHelpText('after', `${FINDING_HELP}\n${EXIT_CODES_HELP}`);

  addFilter(dead.command('list').description('Lists dead letters of all stages, newest first.'))
    .addOption(
      new Option('--state <state>', 'only these').choices([...DEAD_LETTER_SELECTIONS, 'all']).default('waiting'),
    )
    .option('--limit <n>', 'at most so many of each stage', positiveInteger, 50)
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

  addCommon(dead.command('show').description('Shows one dead letter with its original bytes.'))
    .argument('<id>', 'id of the dead letter')
    .option('--raw', 'write the original bytes to stdout, whole and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  $ wireroom dead show content.ingested.v1/3/17
  $ wireroom dead show content.ingested.v1/3/17 --raw > message.json
${EXIT_CODES_HELP}`,
    )
    .action(show);

  addAction(
    dead
      .command('replay')
      .description(
        'Sends dead letters back to the topic they came from. One that fails again as it did before is parked: from\n' +
          'then on it is sent only when it is named.',
      ),
  )
    .addHelpText('after', actionExamples('replay'))
    .action((ids: string[], flags: ActionFlags) =>
      act('replay', ids, flags, (client, request) => client.replayDeadLetters(request)),
    );

  addAction(dead.command('discard').description('Closes dead letters for good; the record and the reason stay.'))
    .requiredOption('--reason <text>', 'why they need not be processed')
    .addHelpText('after', actionExamples('discard', ' --reason "test data"'))
    .action((ids: string[], flags: ActionFlags & { reason: string }) =>
      act('discard', ids, flags, (client, request) => client.discardDeadLetters({ ...request, reason: flags.reason })),
    );
}

async function list(flags: ListFlags): Promise<void> {
  const pages = await onStages(flags, (client) => client.listDeadLetters({ ...filterOf(flags), limit: flags.limit }));
  const items = pages.flatMap((page) => page.items).sort((a, b) => (a.lastFailedAt > b.lastFailedAt ? -1 : 1));
  const total = pages.reduce((sum, page) => sum + page.total, 0);
  if (flags.json) await writeJson({ total, items });
  else await writeLine(items.length > 0 ? letterTable(items, total) : 'no dead letters');
}

async function show(id: string, flags: Where & { raw?: boolean }): Promise<void> {
  const letter = await findLetter(id, flags);
  const value = Buffer.from(letter.valueBase64 ?? '', 'base64');
  if (flags.raw) process.stdout.write(value);
  else if (flags.json) await writeJson(letter);
  else await writeLine(letterText(letter, value));
}

type Act = (client: StageClient, request: ReplayRequest) => Promise<ActionAnswer>;

async function act(verb: 'replay' | 'discard', ids: string[], flags: ActionFlags, call: Act): Promise<void> {
  const filter = filterOf({ ...flags, state: 'all' });
  const isFiltered = flags.all || Object.values(filter).some((value) => value !== undefined);
  if (ids.length === 0 && !isFiltered) {
    throw new CliError(
      EXIT.usage,
      `name dead letters to ${verb}, or choose them with --code, --source, --content or --all`,
    );
  }
  if (ids.length === 0 && !flags.yes) await refuseUnconfirmed(verb, flags);
  const answers = await onStages(flags, (client) => call(client, { ids: ids.length > 0 ? ids : undefined, filter }));
  const done = answers.flatMap((answer) => answer.ids);
  if (flags.json) await writeJson({ affected: done.length, ids: done });
  else await writeLine(resultOf(verb, done.length));
  const missed = ids.filter((id) => !done.includes(id));
  if (missed.length > 0) {
    throw new CliError(
      EXIT.notFound,
      `no dead letter that waits: ${missed.map((id) => printable(id)).join(', ')}; "wireroom dead show" says more`,
    );
  }
}

function resultOf(verb: 'replay' | 'discard', count: number): string {
  if (verb === 'discard') return `discarded ${deadLetters(count)}`;
  const next = count === 0 ? '' : '; "wireroom dead list" shows what fails again, "wireroom show" where an item is';
  return `sent ${deadLetters(count)} back${next}`;
}

async function refuseUnconfirmed(verb: string, flags: ActionFlags): Promise<never> {
  const pages = await onStages(flags, (client) =>
    client.listDeadLetters({ ...filterOf({ ...flags, state: 'open' }), limit: 1 }),
  );
  const count = pages.reduce((sum, page) => sum + page.total, 0);
  if (count === 0)
    throw new CliError(EXIT.notFound, 'no open dead letter is like that; "wireroom dead list" shows all');
  throw new CliError(EXIT.usage, `this would ${verb} ${deadLetters(count)}; add --yes to do it`);
}

function deadLetters(count: number): string {
  return `${count} dead ${count === 1 ? 'letter' : 'letters'}`;
}

/** Asks all stages, or the one named. @throws CliError */
async function onStages<T>({ dir, stage }: Where, ask: (client: StageClient) => Promise<T>): Promise<T[]> {
  const clients = await findClients(dir);
  return Promise.all(stagesOf(clients, stage).map(([, client]) => ask(client))).catch((error: unknown) => {
    throw error instanceof CallFailed ? callFailure(error) : error;
  });
}

async function findLetter(id: string, where: Where): Promise<DeadLetterAnswer> {
  const found = await onStages(where, (client) =>
    client.showDeadLetter(id).catch((error: unknown) => {
      if (error instanceof CallFailed && error.status === 404) return undefined;
      throw error;
    }),
  );
  const letter = found.find((one) => one !== undefined);
  if (!letter) throw new CliError(EXIT.notFound, `no stage has a dead letter ${printable(id)}`);
  return letter;
}

function filterOf({ code, source, content, state }: Omit<ListFlags, keyof Where | 'limit'>): {
  code?: string;
  source?: string;
  contentId?: string;
  state?: DeadLetterSelection;
} {
  return { code, source, contentId: content, state: state === 'all' ? undefined : state };
}

function letterTable(items: DeadLetterSummary[], total: number): string {
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

function letterText(letter: DeadLetterAnswer, value: Buffer): string {
  const { place, headers } = letter;
  const facts: [string, string | undefined][] = [
    ['stage', letter.stage],
    ['state', letter.discardReason === undefined ? letter.state : `${letter.state}: ${letter.discardReason}`],
    ['error', `${letter.code}: ${letter.detail}`],
    ['attempts', `${letter.attempts}, ${replaysOf(letter)}`],
    ['ended', letter.resolution && endingOf(letter.resolution)],
    ['failed', `${letter.firstFailedAt}, last ${letter.lastFailedAt}`],
    ['place', `${place.topic}, partition ${place.partition}, offset ${place.offset}`],
    ['item', letter.contentId],
    ['source', letter.source],
    ['key', letter.keyBase64 && Buffer.from(letter.keyBase64, 'base64').toString('utf8')],
    ...headers.map(({ name, valueBase64 }): [string, string] => [
      `header ${name}`,
      Buffer.from(valueBase64, 'base64').toString('utf8'),
    ]),
  ];
  const lines = facts.flatMap(([name, text]) =>
    text ? [`${colours.cyan(name.padEnd(24))}${shorten(text, 300)}`] : [],
  );
  const more = value.length > SHOWN_BYTES ? colours.dim(`\n… ${value.length} bytes in all; --raw writes them`) : '';
  return [
    colours.bold(printable(letter.id)),
    ...lines,
    '',
    printable(value.subarray(0, SHOWN_BYTES).toString('utf8')) + more,
    ...(letter.stack === undefined ? [] : ['', colours.dim(printable(letter.stack))]),
  ].join('\n');
}

function replaysOf({ replays, edits }: DeadLetterAnswer): string {
  const replayed = replays === 0 ? 'never replayed' : `replayed ${times(replays)}`;
  return edits === 0 ? replayed : `${replayed}, edited ${times(edits)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function endingOf({ outcome, code, contentId, at }: DeadLetterResolution): string {
  return `${outcome}${code === undefined ? '' : ` (${code})`} at ${at}${contentId === undefined ? '' : `, item ${contentId}`}`;
}

function addCommon(command: Command): Command {
  return command.addOption(stageOption()).addOption(dirOption()).option('--json', 'print JSON');
}

function addFilter(command: Command): Command {
  return addCommon(command)
    .option('--code <code>', 'only those that failed with this code')
    .option('--source <name>', 'only those of this source')
    .option('--content <contentId>', 'only those of this item');
}

function addAction(command: Command): Command {
  return addFilter(command)
    .argument('[id...]', 'ids of dead letters, open or parked')
    .option('--all', 'all open ones')
    .option('--yes', 'do it for all that the filter matches');
}

function actionExamples(verb: string, more = ''): string {
  return `
Examples:
  $ wireroom dead ${verb} content.ingested.v1/3/17${more}
  $ wireroom dead ${verb} --stage enrichment --code timeout --yes${more}
  $ wireroom dead ${verb} --all --yes${more}
${EXIT_CODES_HELP}`;
}
