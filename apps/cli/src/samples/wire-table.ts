import { STAGES, type StageName } from '@wireroom/contracts';
import { colours, shorten } from '../terminal.js';
import { table } from '../table.js';
import type { Progress, StageMark } from './judge.js';

const MARKS: Record<StageMark, string> = { waiting: '…', done: '✓', skipped: '–', dead: '✗', unreached: '' };
const NAME_LENGTH = 20;
const HEADLINE_LENGTH = 60;
const OTHER_COLUMNS = 90;
const WIDE = 150;

/** The samples on their way through the stages, as far as they were sent. */
export function wireTable(progress: (Progress | undefined)[]): string {
  const rows = progress.flatMap((one) => (one ? [rowOf(one)] : []));
  return table(['sample', ...STAGES, 'outcome', 'headline'], rows, [1, 2, 3]);
}

/** One ended sample on a line of its own. */
export function progressLine(one: Progress): string {
  const times = STAGES.map((stage) => `${stage} ${timeOf(one.times[stage]) || '–'}`).join(', ');
  const told = one.headline ? ` · ${shorten(one.headline, HEADLINE_LENGTH)}` : '';
  const fault = one.fault ? ` · NOT AS EXPECTED: ${shorten(one.fault, 300)}` : '';
  const sign = one.fault || !one.outcome ? colours.red('✗') : colours.green('✓');
  return `${sign} ${one.name.padEnd(NAME_LENGTH)} ${outcomeOf(one) || 'not ended'} (${times})${told}${fault}`;
}

/** How many of the samples ended as they must, in one line. */
export function summaryOf(progress: Progress[], seconds: number): string {
  const faults = progress.filter(({ fault, outcome }) => fault !== undefined || outcome === undefined).length;
  const outcomes = new Map<string, number>();
  for (const { outcome = 'not ended' } of progress) {
    const word = outcome.replace(/ \(.*/, '');
    outcomes.set(word, (outcomes.get(word) ?? 0) + 1);
  }
  const counts = [...outcomes].map(([word, count]) => `${count} ${word}`).join(', ');
  const verdict = faults === 0 ? 'all as expected' : `${faults} not as expected`;
  return `${progress.length} samples in ${seconds.toFixed(1)} s: ${counts}; ${verdict}`;
}

/** What is left of the terminal's width beside the other columns. */
function headlineLength(): number {
  const left = (process.stdout.columns ?? WIDE) - OTHER_COLUMNS;
  return Math.min(Math.max(left, 0), HEADLINE_LENGTH);
}

function outcomeOf({ outcome, isKnown }: Progress): string {
  return isKnown && outcome ? `${outcome}, already here` : (outcome ?? '');
}

function rowOf(one: Progress): string[] {
  const outcome = one.fault ? colours.red(outcomeOf(one)) : colours.green(outcomeOf(one));
  return [
    shorten(one.name, NAME_LENGTH),
    ...STAGES.map((stage) => cellOf(one, stage)),
    outcome,
    one.headline ? shorten(one.headline, headlineLength()) : '',
  ];
}

function cellOf({ marks, times }: Progress, stage: StageName): string {
  const time = timeOf(times[stage]);
  return time ? `${time} ${MARKS[marks[stage]]}` : MARKS[marks[stage]];
}

function timeOf(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds < 10_000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
