import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer is true.
 *
 * @param timeoutMs how long to ask for, in milliseconds
 * @returns false when the time ran out; an error thrown by the question ends the wait and goes to the caller
 */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs: number,
  pauseMs = 50,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  do {
    if (await isTrue()) return true;
    await sleep(pauseMs);
  } while (performance.now() < deadline);
  return false;
}
