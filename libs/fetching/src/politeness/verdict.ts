import type { FailureCode, FetchAnswer, StreamAnswer } from '../fetch-answer.js';
import type { Verdict } from './circuit-breakers.js';

/** Failures of the host; the others are faults of one address on a host that works. */
const HOST_FAILURES: ReadonlySet<FailureCode> = new Set([
  'dns-failed',
  'connect-failed',
  'tls-failed',
  'timeout',
  'headers-too-large',
  'malformed-answer',
  'truncated',
  'rate-limited',
]);

/** What an answer says of the circuit it was asked under. */
export function verdictOf(answer: FetchAnswer | StreamAnswer): Verdict {
  if (answer.outcome === 'refused') return 'unknown';
  if (answer.outcome !== 'failed') return 'works';
  if (answer.code === 'aborted') return 'unknown';
  return HOST_FAILURES.has(answer.code) || (answer.status ?? 0) >= 500 ? 'fails' : 'works';
}
