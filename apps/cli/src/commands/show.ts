import { CallFailed, type JourneyStep, STAGES, type TopicPlace } from '@wireroom/contracts';
import type { Command } from 'commander';
import { callFailure, findClients } from '../clients.js';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { type Journey, fetchJourney } from '../journey.js';
import { table } from '../table.js';
import { colours, printable, shorten, writeJson, writeLine } from '../terminal.js';
import { FINDING_HELP, dirOption } from './common.js';

export function registerShow(program: Command): void {
  program
    .command('show')
    .summary('show an item’s whole journey')
    .description(
      'Shows what happened to an item at every stage: when, how it ended there, and where on which topic it lies.',
    )
    .argument('<contentId>', 'id of the item, as ingest answered it')
    .addOption(dirOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `${FINDING_HELP}

Examples:
  $ wireroom show 6f1c0f9e-54f5-5b33-9d3c-1a2b3c4d5e6f
  $ wireroom show --json 6f1c0f9e-54f5-5b33-9d3c-1a2b3c4d5e6f
${EXIT_CODES_HELP}`,
    )
    .action(show);
}

async function show(contentId: string, { dir, json }: { dir: string; json?: boolean }): Promise<void> {
  const clients = await findClients(dir);
  const journey = await fetchJourney(clients, contentId).catch((error: unknown) => {
    throw error instanceof CallFailed ? callFailure(error) : error;
  });
  const steps = inOrderOfTime(journey);
  if (steps.length === 0) throw new CliError(EXIT.notFound, `no stage knows an item ${contentId}`);
  if (json) await writeJson({ contentId, steps });
  else await writeLine(journeyText(contentId, steps));
}

function inOrderOfTime(journey: Journey): JourneyStep[] {
  return STAGES.flatMap((stage) => journey[stage]).sort((a, b) => (a.storedAt < b.storedAt ? -1 : 1));
}

function journeyText(contentId: string, steps: JourneyStep[]): string {
  const start = Date.parse(steps[0]!.storedAt);
  const rows = steps.map((step) => [
    step.storedAt,
    `+${((Date.parse(step.storedAt) - start) / 1000).toFixed(3)} s`,
    step.stage,
    `${step.revision}${step.processingVersion && step.processingVersion > 1 ? `.${step.processingVersion}` : ''}`,
    step.kind,
    outcomeOf(step),
    placeOf(step.heard) || 'by HTTP',
    step.outcome === 'done' ? placeOf(step.said) || colours.yellow('not said yet') : '',
  ]);
  const headings = ['stored at', 'after', 'stage', 'rev', 'kind', 'outcome', 'heard', 'said'];
  const title = steps.findLast((step) => step.title !== undefined)?.title;
  const notes = steps.flatMap(({ stage, detail }) => (detail ? [`${stage}: ${printable(detail)}`] : []));
  const traces = [...new Set(steps.flatMap(({ traceparent }) => traceparent?.split('-')[1] ?? []))];
  return [
    `${colours.bold(title === undefined ? contentId : shorten(title, 120))}`,
    ...(title === undefined ? [] : [colours.dim(contentId)]),
    '',
    table(headings, rows, [1]),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(traces.length > 0 ? ['', `${colours.dim('trace')} ${traces.join(', ')}`] : []),
  ].join('\n');
}

function outcomeOf({ outcome, code }: JourneyStep): string {
  const colour = { done: colours.green, skipped: colours.yellow, 'dead-lettered': colours.red }[outcome];
  return colour(code === undefined ? outcome : `${outcome} (${code})`);
}

function placeOf(place: TopicPlace | undefined): string {
  return place ? `${place.topic}/${place.partition}@${place.offset}` : '';
}
