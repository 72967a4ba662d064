import type { RedriveChoice, RedriveCounts, RedriveOutcome, RedriveState } from '@wireroom/contracts';
import { Mark } from '../../parts/words.js';

const STATES: Record<RedriveState, 'plain' | 'warn' | 'good' | 'busy'> = {
  running: 'busy',
  paused: 'plain',
  held: 'warn',
  stopped: 'plain',
  finished: 'good',
};

export function RedriveStateMark({ of }: { of: RedriveState }) {
  return <Mark tone={STATES[of]}>{of}</Mark>;
}

interface OutcomeWords {
  outcome: RedriveOutcome;
  count: keyof RedriveCounts;
  tone: 'plain' | 'warn' | 'bad' | 'good' | 'busy';
  explanation: string;
}

/** The ways an item of a redrive can stand, in the order it goes through them, the good endings first. */
export const OUTCOMES: OutcomeWords[] = [
  { outcome: 'published', count: 'published', tone: 'good', explanation: 'went through all stages' },
  { outcome: 'skipped', count: 'skipped', tone: 'plain', explanation: 'a stage skipped it by its rules' },
  {
    outcome: 'duplicate',
    count: 'duplicate',
    tone: 'plain',
    explanation: 'known already, or older than what is stored',
  },
  { outcome: 'under-way', count: 'underWay', tone: 'busy', explanation: 'its stage is done, a later one not yet' },
  { outcome: 'sent', count: 'sent', tone: 'busy', explanation: 'on its topic, not ended yet' },
  { outcome: 'failed', count: 'failed', tone: 'bad', explanation: 'dead again, for another reason' },
  { outcome: 'dead-lettered', count: 'deadLettered', tone: 'bad', explanation: 'dead at a later stage' },
  { outcome: 'parked', count: 'parked', tone: 'warn', explanation: 'dead again the same way; left alone from now on' },
  { outcome: 'gone', count: 'gone', tone: 'plain', explanation: 'someone else had acted on it before its turn' },
  { outcome: 'left', count: 'left', tone: 'plain', explanation: 'not sent: the redrive was stopped' },
  { outcome: 'waiting', count: 'waiting', tone: 'plain', explanation: 'not sent yet' },
];

/** Which dead letters a redrive takes, in words. */
export function choiceWords({ stage, code, source, state, from, to }: RedriveChoice): string {
  const parts = [
    code,
    stage === undefined ? undefined : `at ${stage}`,
    source === undefined ? undefined : `from ${source}`,
    from === undefined ? undefined : `since ${from}`,
    to === undefined ? undefined : `until ${to}`,
  ].filter((part) => part !== undefined);
  const what = parts.length === 0 ? 'all' : parts.join(' ');
  if (state === undefined || state === 'open') return what;
  return state === 'parked' ? `${what}, parked ones` : `${what}, open and parked`;
}
