import { NO_FIGURE } from './numbers.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time with its two leading units: `340 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
 *
 * @param ms milliseconds; a negative one counts as none
 */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NO_FIGURE;
  const whole = Math.max(0, ms);
  if (whole < SECOND) return `${Math.round(whole)} ms`;
  if (whole < 10 * SECOND) return `${(whole / SECOND).toFixed(1)} s`;
  if (whole < MINUTE) return `${Math.round(whole / SECOND)} s`;
  if (whole < HOUR) return pair(whole, MINUTE, 'min', SECOND, 's');
  if (whole < DAY) return pair(whole, HOUR, 'h', MINUTE, 'min');
  return pair(whole, DAY, 'd', HOUR, 'h');
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = Math.floor(ms / large);
  const second = Math.floor((ms % large) / small);
  return second === 0 ? `${first} ${largeUnit}` : `${first} ${largeUnit} ${second} ${smallUnit}`;
}

/** How long ago, or in how long: `12 s ago`, `in 3 min`. */
export function distance(at: string, now: number): string {
  const ms = now - Date.parse(at);
  if (Math.abs(ms) < SECOND) return 'just now';
  return ms > 0 ? `${coarse(ms)} ago` : `in ${coarse(-ms)}`;
}

function coarse(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** A moment in a zone, the day left out where it is today: `14:03:27`, `24 Nov, 14:03:27`. */
export function clock(at: string, now: number, timeZone?: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const time = date.toLocaleTimeString('en-GB', { timeZone, hour12: false });
  const day = dayOf(date, timeZone);
  if (day === dayOf(new Date(now), timeZone)) return time;
  const isThisYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  const label = date.toLocaleDateString('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
  return `${label}, ${time}`;
}

function dayOf(date: Date, timeZone: string | undefined): string {
  return date.toLocaleDateString('en-CA', { timeZone });
}

/** The same moment for a log or another zone: `2026-11-25 13:03:27.120 UTC`. */
export function utc(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : `${date.toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}
