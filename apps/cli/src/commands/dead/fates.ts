import type { ConsoleDeadLetterAnswer, Redrive, RedriveCounts, RedriveItem, RedriveOutcome } from '@wireroom/contracts';
import { table } from '../../table.js';
import { colours, printable } from '../../terminal.js';

/** What became of a dead letter that was sent back. */
export interface Fate {
  id: string;
  outcome: string;
  code?: string;
  contentId?: string;
  /** Whether it needs nobody any more. */
  isWell: boolean;
}

const SHOWN = 50;
const WELL = new Set<RedriveOutcome>(['published', 'skipped', 'duplicate']);

/** From the dead letter itself, which says how its stage ended it. */
export function fateOfLetter({ id, state, code, contentId, resolution }: ConsoleDeadLetterAnswer): Fate {
  if (state === 'resolved' && resolution) {
    const { outcome } = resolution;
    return { id, outcome, code: resolution.code, contentId: resolution.contentId ?? contentId, isWell: true };
  }
  if (state === 'replayed') return { id, outcome: 'sent, not ended yet', contentId, isWell: false };
  if (state === 'discarded') return { id, outcome: state, contentId, isWell: false };
  return { id, outcome: state === 'parked' ? 'failed again, parked' : 'failed again', code, contentId, isWell: false };
}

/** From the redrive, which follows each to the end of the line. */
export function fateOfItem({ deadLetterId: id, outcome, outcomeCode, contentId }: RedriveItem): Fate {
  return { id, outcome, code: outcomeCode, contentId, isWell: WELL.has(outcome) };
}

/** One row each; those that need someone come first, and are shown before others where there are many. */
export function fateTable(fates: Fate[]): string {
  const inOrder = [...fates].sort((a, b) => Number(a.isWell) - Number(b.isWell));
  const rows = inOrder.slice(0, SHOWN).map(({ id, outcome, code, contentId, isWell }) => {
    const text = code === undefined ? outcome : `${outcome} (${printable(code)})`;
    return [printable(id), isWell ? colours.green(text) : colours.yellow(text), contentId ?? ''];
  });
  const drawn = table(['id', 'outcome', 'item'], rows);
  return fates.length > SHOWN ? `${drawn}\n${colours.dim(`${SHOWN} of ${fates.length}`)}` : drawn;
}

/** How far a redrive is, in one line. */
export function redriveLine({ id, state, total, counts, note }: Redrive): string {
  const parts = (Object.keys(WORDS) as (keyof RedriveCounts)[])
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${WORDS[name]}`);
  return `redrive ${id} ${state}: ${parts.join(', ')} of ${total}${note === undefined ? '' : `; ${printable(note)}`}`;
}

const WORDS: Record<keyof RedriveCounts, string> = {
  waiting: 'waiting',
  sent: 'sent',
  underWay: 'under way',
  published: 'published',
  skipped: 'skipped',
  duplicate: 'duplicate',
  deadLettered: 'dead-lettered',
  failed: 'failed again',
  parked: 'parked',
  gone: 'gone',
  left: 'left',
};
