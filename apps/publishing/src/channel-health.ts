import type { ChannelHealth, StreamView } from '@wireroom/contracts';
import type { Visits } from './channel-visits.js';

/** Requests in a row that were not served, from which on a channel counts as down. */
const DOWN_STREAK = 3;

/** How a channel fares and why; `stream` for the one that has it. Pure. */
export function healthOf(visits: Visits, stream?: StreamView): { health: ChannelHealth; reasons: string[] } {
  const isShut = stream?.isOpen === false;
  const isFull = stream !== undefined && stream.readers.length >= stream.maxReaders;
  const { errorStreak, lastError } = visits;
  const requests = errorStreak === 1 ? 'the last request was' : `the last ${errorStreak} requests were`;
  const reasons = [
    ...(isShut ? ['it has not found its place on the topic yet'] : []),
    ...(isFull ? [`all its ${stream.maxReaders} places are taken`] : []),
    ...(errorStreak === 0 ? [] : [`${requests} not served: ${lastError!.reason}`]),
  ];
  if (isShut || errorStreak >= DOWN_STREAK) return { health: 'down', reasons };
  return { health: reasons.length > 0 ? 'degraded' : 'ok', reasons };
}
