import type { SourceDocument } from './source.schema.js';

/**
 * What a hub means for the next poll. `quiet`: it tells of news, so polls only make sure. `awaited`: it has told of
 * news that the poll did not find, as caches between the publisher and us serve the old for a while.
 */
export type PushState = 'quiet' | 'awaited';

/** News that a hub has told of is looked for so long. */
const AWAIT_MS = 5 * 60_000;

/** @param now epoch milliseconds */
export function pushStateOf(
  { pushedUntil, wokenAt }: Pick<SourceDocument, 'pushedUntil' | 'wokenAt'>,
  broughtNews: boolean,
  now: number,
): PushState | undefined {
  if (pushedUntil === undefined || pushedUntil.getTime() <= now) return undefined;
  const isAwaited = wokenAt !== undefined && now - wokenAt.getTime() < AWAIT_MS;
  return isAwaited && !broughtNews ? 'awaited' : 'quiet';
}
