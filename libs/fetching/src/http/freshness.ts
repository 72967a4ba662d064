import { httpDate } from './validators.js';
import type { Fields } from './fields.js';

/** A server that calls its feed fresh for a year has made a mistake; a week is as long as a source may be left alone. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/**
 * How long an answer stays fresh for a private cache (RFC 9111 sections 4.2.1 and 4.2.3): Cache-Control's max-age, else
 * Expires minus Date, less the age it has already; 0 where it may not be reused, undefined where the server is silent.
 *
 * @param date the wall clock, epoch milliseconds
 */
export function freshForMs(fields: Fields, date: number): number | undefined {
  const directives = readDirectives(fields['cache-control']);
  if (directives.has('no-store') || directives.has('no-cache')) return 0;
  const lifetime = lifetimeMs(directives, fields, date);
  if (lifetime === undefined) return undefined;
  return Math.min(Math.max(lifetime - ageMs(fields['age']), 0), LONGEST_MS);
}

function lifetimeMs(directives: Map<string, string>, fields: Fields, date: number): number | undefined {
  const maxAge = seconds(directives.get('max-age'));
  if (maxAge !== undefined) return maxAge * 1000;
  if (fields['expires'] === undefined) return undefined;
  const expires = httpDate(fields['expires']);
  // `Expires: 0` and other faulty dates mean that it has expired.
  return expires === undefined ? 0 : expires - (httpDate(fields['date']) ?? date);
}

function ageMs(value: string | undefined): number {
  return (seconds(value) ?? 0) * 1000;
}

function readDirectives(value = ''): Map<string, string> {
  const parts = value.split(',').map((directive) => directive.split('='));
  return new Map(parts.map(([name = '', argument = '']) => [name.trim().toLowerCase(), argument.trim()]));
}

function seconds(value: string | undefined): number | undefined {
  const digits = /^"?(\d{1,12})"?$/.exec(value?.trim() ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
