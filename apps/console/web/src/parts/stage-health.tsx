import type { StageHealth, StageNow } from '@wireroom/contracts';
import type { Tone } from './page.js';
import { Mark } from './words.js';

const HEALTH: Record<StageHealth, { tone: Tone | 'good'; word: string }> = {
  ok: { tone: 'good', word: 'well' },
  degraded: { tone: 'warn', word: 'degraded' },
  down: { tone: 'bad', word: 'down' },
  unreachable: { tone: 'bad', word: 'unreachable' },
};

/** How a stage is, in a word. */
export function StageHealthMark({ of }: { of: StageNow }) {
  if (of.paused) return <Mark tone="warn">paused</Mark>;
  const { tone, word } = HEALTH[of.health];
  return <Mark tone={tone}>{word}</Mark>;
}
