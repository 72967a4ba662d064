import { httpDate } from './validators.js';

/** Longest rest a host is granted: a mistyped date must not silence a source for good. */
const LONGEST_MS = 24 * 3_600_000;

/**
 * What a server asks for by Retry-After (RFC 9110 section 10.2.3), seconds or a date, as milliseconds from now;
 * undefined where it is absent or can't be read.
 *
 * @param date the wall clock, epoch milliseconds
 */
export function retryAfterMs(value: string | undefined, date: number): number | undefined {
  const wait = /^\s*\d{1,12}\s*$/.test(value ?? '') ? Number(value) * 1000 : untilMs(value, date);
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), LONGEST_MS);
}

function untilMs(value: string | undefined, date: number): number | undefined {
  const at = httpDate(value);
  return at === undefined ? undefined : at - date;
}
