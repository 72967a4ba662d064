import type { ItemAnswer, ItemRow, JourneyStep, TopicPlace } from '@wireroom/contracts';
import type { Command } from 'commander';
import { type ConsoleFlags, askConsole } from '../console.js';
import { EXIT_CODES_HELP } from '../exit-codes.js';
import { table } from '../table.js';
import { colours, printable, shorten, writeJson, writeLine } from '../terminal.js';
import { CONSOLE_HELP, addConsoleOptions } from './common.js';

export function registerShow(program: Command): void {
  addConsoleOptions(program.command('show'))
    .summary('show an item’s whole journey')
    .description(
      'Shows what happened to an item at every stage: when, how it ended there, and where on which topic it lies.',
    )
    .argument('<contentId>', 'id of the item, as ingest answered it')
    .addHelpText(
      'after',
      `${CONSOLE_HELP}

Examples:
  $ wireroom show 6f1c0f9e-54f5-5b33-9d3c-1a2b3c4d5e6f
  $ wireroom show --json 6f1c0f9e-54f5-5b33-9d3c-1a2b3c4d5e6f
${EXIT_CODES_HELP}`,
    )
    .action(show);
}

async function show(contentId: string, flags: ConsoleFlags): Promise<void> {
  const item = await askConsole(flags, (client) => client.item(contentId));
  await (flags.json ? writeJson(item) : writeLine(journeyText(item)));
}

function journeyText({ contentId, title, source, url, revisions, steps }: ItemAnswer): string {
  const start = Date.parse(steps[0]?.storedAt ?? '');
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
  const notes = steps.flatMap(({ stage, detail }) => (detail ? [`${stage}: ${printable(detail)}`] : []));
  const traces = [...new Set(steps.flatMap(({ traceparent }) => traceparent?.split('-')[1] ?? []))];
  return [
    `${colours.bold(title === undefined ? contentId : shorten(title, 120))}`,
    ...(title === undefined ? [] : [colours.dim(contentId)]),
    colours.dim([source, url].flatMap((text) => (text ? [printable(text)] : [])).join('  ')),
    '',
    table(headings, rows, [1]),
    '',
    ...revisions.map(endingOf),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(traces.length > 0 ? ['', `${colours.dim('trace')} ${traces.join(', ')}`] : []),
  ].join('\n');
}

/** How a revision ended, or where it is. */
function endingOf({ revision, outcome, stage, code }: ItemRow): string {
  const where = outcome === 'published' ? '' : outcome === 'in-flight' ? `, ${stage} has to act` : ` at ${stage}`;
  return `revision ${revision} ${outcome}${where}${code === undefined ? '' : ` (${printable(code)})`}`;
}

function outcomeOf({ outcome, code }: JourneyStep): string {
  const colour = { done: colours.green, skipped: colours.yellow, 'dead-lettered': colours.red }[outcome];
  return colour(code === undefined ? outcome : `${outcome} (${code})`);
}

function placeOf(place: TopicPlace | undefined): string {
  return place ? `${place.topic}/${place.partition}@${place.offset}` : '';
}
