import type { Fields } from './fields.js';
import { retryAfterMs } from './retry-after.js';

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;

/** That a host is asked too often, and for how long it wants to be left alone, milliseconds. */
export interface Overload {
  restMs?: number;
}

/** Whether an answer complains of too many requests: 429, or 503, which news sites send under load (RFC 6585, 9110). */
export function overloadOf(status: number, fields: Fields, date: number): Overload | undefined {
  if (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE) return undefined;
  return { restMs: retryAfterMs(fields['retry-after'], date) };
}
