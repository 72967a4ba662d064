import { type ContentSubmittedData, type ErrorAnswer, INGEST_ROUTES, type SubmitAnswer } from '@wireroom/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError, EXIT } from './exit-codes.js';

/** What the door said to one submission; without a status where it was not even asked. */
export type Submitted =
  ({ accepted: true } & SubmitAnswer) | { accepted: false; status?: number; code: string; message: string };

export interface Patience {
  /** How long to keep trying while the door says "later" or doesn't answer, milliseconds. */
  patienceMs: number;
  signal?: AbortSignal;
}

const ATTEMPT_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const LATER = new Set([429, 503]);

/**
 * Hands in one submission and waits through 429 and 503, as long as Retry-After says, and through a door that is
 * away. With its Idempotency-Key a repeat counts once, also where only the answer got lost.
 *
 * @throws CliError `unreachable` when the door stays shut.
 */
export async function submit(
  ingestUrl: string,
  submission: ContentSubmittedData,
  key: string,
  { patienceMs, signal }: Patience,
): Promise<Submitted> {
  const deadline = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    const response = await post(ingestUrl, submission, key, signal);
    if (response && !isLater(response.status)) return readAnswer(response);
    const pause = pauseBefore(attempt, response?.headers.get('retry-after') ?? undefined);
    if (Date.now() + pause > deadline) {
      const reason = response ? `says ${response.status}, try later` : 'does not answer';
      throw new CliError(EXIT.unreachable, `ingest at ${ingestUrl} ${reason}`);
    }
    await response?.body?.cancel();
    await sleep(pause, undefined, { signal });
  }
}

/** A refusal with the fields at fault, each with the first of its reasons. */
export function refusal(
  status: number,
  { code, message, faults = [] }: ErrorAnswer,
): Extract<Submitted, { accepted: false }> {
  const reasons = new Map(faults.toReversed().map(({ field, reason }) => [field, reason]));
  const told = [...reasons].reverse().map(([field, reason]) => `${field}: ${reason}`);
  return { accepted: false, status, code, message: told.join('; ') || message };
}

/** Whether a door says that it may take the same thing later. */
export function isLater(status: number): boolean {
  return LATER.has(status);
}

/** How long to wait before the next try: what Retry-After says (seconds or a date), or else twice as long each time. */
export function pauseBefore(attempt: number, retryAfter: string | undefined, now = Date.now()): number {
  if (retryAfter !== undefined) {
    const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
    if (asked > 0) return asked;
  }
  return Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
}

async function post(
  ingestUrl: string,
  submission: ContentSubmittedData,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Response | undefined> {
  const timeout = AbortSignal.timeout(ATTEMPT_MS);
  try {
    return await fetch(new URL(INGEST_ROUTES.submit.path, ingestUrl), {
      method: INGEST_ROUTES.submit.method,
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(submission),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof TypeError || timeout.aborted) return undefined;
    throw error;
  }
}

async function readAnswer(response: Response): Promise<Submitted> {
  const text = await response.text();
  try {
    const answer = JSON.parse(text) as SubmitAnswer | ErrorAnswer;
    if ('outcome' in answer) return { accepted: true, ...answer };
    return refusal(response.status, answer);
  } catch {
    return { accepted: false, status: response.status, code: 'unreadable-answer', message: text.slice(0, 200) };
  }
}
