import type { RedriveOutcome } from '@wireroom/contracts';
import type { RedriveDocument } from './redrive.schema.js';

/** How many of the items that ended last the guard looks at, once the ramp is over. */
export const GUARD_WINDOW = 20;

const FAILED_AGAIN: RedriveOutcome[] = ['failed', 'parked', 'dead-lettered'];

/** Positions of a wave of the ramp: from and up to, without. */
export function waveOf({ ramp, wave, total }: Pick<RedriveDocument, 'ramp' | 'wave' | 'total'>): {
  from: number;
  to: number;
} {
  const from = ramp.slice(0, wave).reduce((sum, size) => sum + size, 0);
  const size = ramp[wave];
  return { from: Math.min(from, total), to: size === undefined ? total : Math.min(from + size, total) };
}

/** Why a redrive should go no further, in one sentence; undefined where it may. */
export function objectionTo(ended: RedriveOutcome[], holdAtFailureShare: number): string | undefined {
  const failed = ended.filter((outcome) => FAILED_AGAIN.includes(outcome)).length;
  if (ended.length === 0 || failed / ended.length <= holdAtFailureShare) return undefined;
  return ended.length === 1 ? 'the first one failed again' : `${failed} of the last ${ended.length} failed again`;
}

/** How many items may be sent now, by the rate and what was sent before. */
export class Pace {
  private tokens = 0;
  private at: number | undefined;

  /** @param now milliseconds of a clock that never goes back */
  take(now: number, ratePerSecond: number, wanted: number): number {
    // Never more than a second's worth at once, however long nothing was asked for.
    const earned = this.at === undefined ? 1 : ((now - this.at) / 1000) * ratePerSecond;
    this.tokens = Math.min(this.tokens + earned, Math.max(1, ratePerSecond));
    this.at = now;
    const taken = Math.min(Math.floor(this.tokens), wanted);
    this.tokens -= taken;
    return taken;
  }
}
