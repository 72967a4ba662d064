import type { DeadLetterDocument } from './dead-letter.schema.js';
import type { ReceivedMessage } from './received-message.js';

/** Names the dead letter a replayed message came from, so that failing again reopens it and success closes it. */
export const REPLAY_HEADER = 'wireroom-dead-letter';

const MAX_LENGTH = 600;

export interface ReplayMark {
  letterId: string;
  token: string;
}

/** What a message says it is a replay of; only the dead letter's own token makes it true. */
export function replayMarkOf(message: ReceivedMessage): ReplayMark | undefined {
  const header = message.headers.find(([name]) => name === REPLAY_HEADER)?.[1];
  if (!header || header.length > MAX_LENGTH) return undefined;
  const [token, letterId] = header.toString('utf8').split(' ', 2);
  return token && letterId ? { letterId, token } : undefined;
}

/** The header of a replay. */
export function replayHeader({ _id, replayToken }: Pick<DeadLetterDocument, '_id' | 'replayToken'>): Buffer {
  return Buffer.from(`${replayToken} ${_id}`);
}
