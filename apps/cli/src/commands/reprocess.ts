import {
  CallFailed,
  type EnrichmentClient,
  type ItemChanges,
  type ReprocessAnswer,
  type ReprocessFilter,
  STEP_FAILURE_CODES,
} from '@wireroom/contracts';
import { type Command, Option } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { callFailure, findClients } from '../clients.js';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { table } from '../table.js';
import { colours, note, printable, shorten, writeJson, writeLine } from '../terminal.js';
import { FINDING_HELP, dirOption, positiveInteger } from './common.js';

interface Flags extends Pick<ReprocessFilter, 'source' | 'since' | 'until' | 'code' | 'processingVersion'> {
  dir: string;
  step?: string[];
  rate?: number;
  dryRun?: boolean;
  preview?: number;
  stop?: boolean;
  detach?: boolean;
  json?: boolean;
}

const POLL_MS = 500;

export function registerReprocess(program: Command): void {
  program
    .command('reprocess')
    .summary('run enrichment steps again over stored articles')
    .description(
      'Runs steps of the enrichment again over the articles that are stored, without fetching anything. What comes out\n' +
        'different goes on to readers as a new processing of the same revision; what does not says nothing.',
    )
    .option('--step <name...>', 'the steps to run; see docs/accuracy-enrichment.md for what each does')
    .option('--source <name>', 'only items of this source')
    .option('--since <time>', 'only items taken in at or after this time (ISO 8601)')
    .option('--until <time>', 'only items taken in before this time')
    .addOption(
      new Option('--code <code>', 'only items one of whose steps failed with this code').choices(STEP_FAILURE_CODES),
    )
    .option('--processing-version <n>', 'only items processed last under this version', positiveInteger)
    .option('--rate <n>', 'items a second at most', positiveInteger, 20)
    .option('--dry-run', 'count what would change, and store nothing')
    .option('--preview <n>', 'show what would change on so many items, and store nothing', positiveInteger)
    .option('--detach', 'come back at once; the services go on')
    .option('--stop', 'stop the reprocessing that runs')
    .addOption(dirOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The services do the work and remember how far they are: it goes on after this command, and any service, was killed.
The exit code is 1 when items failed or it was stopped.
${FINDING_HELP}

Examples:
  $ wireroom reprocess --step topics --preview 5
  $ wireroom reprocess --step topics --source harbour-news --since 2026-03-01T00:00:00Z
  $ wireroom reprocess --step tone --code timeout --rate 5
${EXIT_CODES_HELP}`,
    )
    .action(reprocess);
}

async function reprocess(flags: Flags): Promise<void> {
  const { enrichment } = await findClients(flags.dir);
  const work = flags.stop
    ? stop(enrichment, flags)
    : flags.preview
      ? preview(enrichment, flags)
      : run(enrichment, flags);
  await work.catch((error: unknown) => {
    throw error instanceof CallFailed ? callFailure(error) : error;
  });
}

async function run(client: EnrichmentClient, flags: Flags): Promise<void> {
  const { rate, dryRun } = flags;
  const job = await client.startReprocess({ steps: stepsOf(flags), filter: filterOf(flags), rate, dryRun });
  await report(flags.detach ? job : await follow(client, job.id), flags);
}

async function stop(client: EnrichmentClient, flags: Flags): Promise<void> {
  const running = (await client.listReprocess()).jobs.find(({ state }) => state === 'running');
  if (!running) throw new CliError(EXIT.notFound, 'no reprocessing runs');
  const stopped = await client.stopReprocess(running.id);
  await (flags.json ? writeJson(stopped) : writeLine(summaryOf(stopped)));
}

async function preview(client: EnrichmentClient, flags: Flags): Promise<void> {
  const { items } = await client.previewReprocess({
    steps: stepsOf(flags),
    filter: filterOf(flags),
    sample: flags.preview,
  });
  if (flags.json) return writeJson({ items });
  await writeLine(items.length === 0 ? 'no item fits' : items.map(itemText).join('\n\n'));
}

async function follow(client: EnrichmentClient, id: string): Promise<ReprocessAnswer> {
  for (let seen = -1; ; await sleep(POLL_MS)) {
    const job = await client.showReprocess(id);
    if (job.state !== 'running') return job;
    if (job.seen !== seen) note(summaryOf(job));
    seen = job.seen;
  }
}

async function report(job: ReprocessAnswer, { json }: Flags): Promise<void> {
  if (json) await writeJson(job);
  else await writeLine(summaryOf(job));
  if (job.state === 'failed' || job.state === 'stopped' || job.failed > 0) process.exitCode = EXIT.failed;
}

function stepsOf({ step = [] }: Flags): string[] {
  if (step.length === 0) throw new CliError(EXIT.usage, 'name the steps to run again with --step');
  return step;
}

function filterOf({ source, since, until, code, processingVersion }: Flags): ReprocessFilter {
  return { source, since, until, code, processingVersion };
}

function summaryOf({ state, dryRun, seen, changed, unchanged, failed, error }: ReprocessAnswer): string {
  const would = dryRun ? 'would change' : 'changed';
  const passedOver = seen - changed - unchanged - failed;
  const counts = `${seen} seen, ${changed} ${would}, ${unchanged} unchanged, ${failed} failed, ${passedOver} passed over`;
  return `${state}: ${counts}${error === undefined ? '' : ` (${printable(error)})`}`;
}

function itemText({ contentId, revision, processingVersion, title = '', changes, failures }: ItemChanges): string {
  const heading = `${colours.bold(shorten(title, 100))}\n${colours.dim(`${contentId} ${revision}.${processingVersion}`)}`;
  const failed = failures.map((failure) => colours.red(`failed: ${printable(failure)}`));
  const rows = changes.map(({ field, before = '', after = '' }) => [field, shorten(before, 60), shorten(after, 60)]);
  const changed = rows.length === 0 ? 'no change' : table(['field', 'before', 'after'], rows);
  return [heading, ...failed, changed].join('\n');
}
