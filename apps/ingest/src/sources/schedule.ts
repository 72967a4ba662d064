import type { SourceKindName, SourceSpec } from '@wireroom/contracts';
import type { PushState } from './push-state.js';

/** How a poll ended, as far as the time of the next one depends on it. */
export interface PollOutcome {
  /** Failed as a whole. */
  failed: boolean;
  /** Could not be tried at all: the host is to be left alone for a while. */
  postponed: boolean;
  /** Brought a new or changed item. */
  broughtNews: boolean;
  /** Stopped before the end of what there is to take. */
  unfinished: boolean;
  /** How long the server asks not to come back: freshness or Retry-After, milliseconds. */
  notBeforeMs?: number;
  /** When something that was held back may be taken, milliseconds from now. */
  heldForMs?: number;
  /** What a hub means for the next poll, where there is one that pushes. */
  push?: PushState;
}

/** Where the schedule of a source stands. */
export interface ScheduleState {
  /** The interval it has come to, milliseconds. */
  intervalMs: number;
  /** Polls that failed since the last success, this one not counted. */
  errorStreak: number;
}

/** When to come back. */
export interface NextPoll {
  /** From the moment the poll was due, or from its end after a failure; milliseconds. */
  delayMs: number;
  countFrom: 'due' | 'end';
  intervalMs: number;
  errorStreak: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Bounds of the adaptive interval, milliseconds: how fast news of the kind can come, and how late it may be seen. */
const BOUNDS: Record<SourceKindName, { min: number; max: number }> = {
  feed: { min: MINUTE, max: HOUR },
  sitemap: { min: 2 * MINUTE, max: 2 * HOUR },
  page: { min: 5 * MINUTE, max: 6 * HOUR },
  folder: { min: 2 * SECOND, max: 30 * SECOND },
  agency: { min: 2 * SECOND, max: 5 * MINUTE },
  warc: { min: MINUTE, max: HOUR },
};

const FASTER = 0.5;
const SLOWER = 1.25;
const MAX_BACKOFF_MS = HOUR;
const MAX_ASKED_MS = 24 * HOUR;
const MIN_BACKOFF_MS = 30 * SECOND;
const JITTER = 0.1;
/** Between looks for news that a hub has told of. */
const AWAITED_MS = MINUTE;

/** Failures in a row after which a source's circuit is open. */
export const OPEN_AFTER = 5;

/**
 * Decides when a source is polled next. A declared interval is kept to the moment it was due, so that it does not
 * drift. Without one the interval halves when a poll brought news, grows by a quarter when not, stays in the bounds
 * of the kind, and is never shorter than the server asks for; where a hub tells of news it is the longest. Failures wait
 * twice as long each time, up to an hour (or twice the interval, where that is longer), and as long as Retry-After says.
 * All but declared intervals vary by a tenth, so that sources added together spread out.
 *
 * @param random in [0, 1)
 */
export function nextPoll(
  spec: Pick<SourceSpec, 'kind' | 'intervalSeconds' | 'minIntervalSeconds' | 'maxIntervalSeconds'>,
  state: ScheduleState,
  outcome: PollOutcome,
  random: () => number,
): NextPoll {
  const asked = Math.min(outcome.notBeforeMs ?? 0, MAX_ASKED_MS);
  if (outcome.postponed) {
    const { intervalMs, errorStreak } = state;
    return { delayMs: Math.max(asked, SECOND), countFrom: 'end', intervalMs, errorStreak };
  }
  if (outcome.failed) {
    const errorStreak = state.errorStreak + 1;
    const wait = Math.max(jittered(backoffOf(state.intervalMs, errorStreak), random), asked);
    return { delayMs: wait, countFrom: 'end', intervalMs: state.intervalMs, errorStreak };
  }
  const intervalMs = outcome.unfinished ? state.intervalMs : nextInterval(spec, state.intervalMs, outcome.broughtNews);
  const delayMs = delayOf(spec, intervalMs, asked, outcome, random);
  return { delayMs, countFrom: 'due', intervalMs, errorStreak: 0 };
}

/** The interval a source starts with. */
export function firstInterval(spec: Parameters<typeof nextPoll>[0]): number {
  if (spec.intervalSeconds !== undefined) return spec.intervalSeconds * SECOND;
  const { min, max } = boundsOf(spec);
  return Math.min(max, min * 5);
}

/** What the streak of failures says of a source's circuit. */
export function circuitOf(errorStreak: number, isDue: boolean): 'closed' | 'open' | 'half-open' {
  if (errorStreak < OPEN_AFTER) return 'closed';
  return isDue ? 'half-open' : 'open';
}

/** The bounds of an adaptive interval, milliseconds. */
export function boundsOf(spec: Parameters<typeof nextPoll>[0]): { min: number; max: number } {
  const usual = BOUNDS[spec.kind];
  const min = spec.minIntervalSeconds === undefined ? usual.min : spec.minIntervalSeconds * SECOND;
  const max = spec.maxIntervalSeconds === undefined ? usual.max : spec.maxIntervalSeconds * SECOND;
  return { min, max: Math.max(min, max) };
}

function nextInterval(spec: Parameters<typeof nextPoll>[0], intervalMs: number, broughtNews: boolean): number {
  if (spec.intervalSeconds !== undefined) return spec.intervalSeconds * SECOND;
  const { min, max } = boundsOf(spec);
  return Math.min(max, Math.max(min, Math.round(intervalMs * (broughtNews ? FASTER : SLOWER))));
}

function delayOf(
  spec: Parameters<typeof nextPoll>[0],
  intervalMs: number,
  askedMs: number,
  { unfinished, heldForMs, push }: PollOutcome,
  random: () => number,
): number {
  if (unfinished) return Math.max(askedMs, SECOND);
  if (spec.intervalSeconds !== undefined) return Math.min(intervalMs, heldForMs ?? intervalMs);
  if (push === 'awaited') return AWAITED_MS;
  const { max } = boundsOf(spec);
  const wait = Math.max(jittered(push === 'quiet' ? max : intervalMs, random), Math.min(askedMs, max));
  return Math.min(wait, Math.max(heldForMs ?? wait, SECOND));
}

function backoffOf(intervalMs: number, errorStreak: number): number {
  const first = Math.max(intervalMs, MIN_BACKOFF_MS);
  return Math.min(first * 2 ** (errorStreak - 1), Math.max(MAX_BACKOFF_MS, 2 * intervalMs));
}

function jittered(ms: number, random: () => number): number {
  return Math.round(ms * (1 - JITTER + 2 * JITTER * random()));
}
