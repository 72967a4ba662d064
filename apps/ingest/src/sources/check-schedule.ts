import type { SourceSpec } from '@wireroom/contracts';
import type { SourceItem } from './source.schema.js';

const HOUR_MS = 60 * 60 * 1000;
const USUAL_HOURS = 72;
const MIN_WAIT_MS = 5 * 60 * 1000;
/** Corrections come soon after a story or hardly ever: the wait is this share of its age. */
const SHARE_OF_AGE = 8;

/**
 * When a watched page is looked at next: at every poll of a source with a declared interval that is longer, else
 * after an eighth of the time since the item was taken. Undefined where pages are not watched, and for items that
 * are past the time for which they are.
 */
export function nextCheck(
  { watchPages, watchHours = USUAL_HOURS, intervalSeconds }: SourceSpec,
  { takenAt }: Pick<SourceItem, 'takenAt'>,
  now: Date,
): Date | undefined {
  if (!watchPages) return undefined;
  const least = intervalSeconds === undefined ? MIN_WAIT_MS : Math.min(intervalSeconds * 1000, MIN_WAIT_MS);
  const age = now.getTime() - takenAt.getTime();
  const at = new Date(now.getTime() + Math.max(least, age / SHARE_OF_AGE));
  return at.getTime() - takenAt.getTime() <= watchHours * HOUR_MS ? at : undefined;
}
