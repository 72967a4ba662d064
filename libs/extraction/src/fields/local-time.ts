import type { Candidate } from '../provenance.js';
import { homeOffset } from './home-zone.js';

const MINUTE = 60_000;
const HALF_HOUR = 30 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const OFFSETS = { least: -12 * 60 * MINUTE, most: 14 * 60 * MINUTE };

/**
 * Times in UTC as the readers of the page know them. Content systems put UTC into their data and local time
 * into the text: around midnight the two name different days. Where another candidate is the same instant with
 * a zone, or shows the time on a clock that goes ahead or behind by half hours, its zone is taken on. Where none
 * does, it is the zone of the country in the page's `address` that tells the day.
 */
export function inLocalTime(candidates: Candidate[], address?: string): Candidate[] {
  return candidates.map((candidate) => {
    if (!isUtc(candidate.value)) return candidate;
    const instant = Date.parse(candidate.value);
    const offset = shownOffset(instant, candidates) ?? offsetOfDay(instant, candidates, address);
    return offset === 0 ? candidate : { ...candidate, value: withOffset(candidate.value, offset) };
  });
}

function isUtc(value: string): boolean {
  return /T.*(?:Z|[+-]00:?00)$/.test(value);
}

/** What the other candidates show; zero where one shows the clock of UTC itself. */
function shownOffset(instant: number, others: Candidate[]): number | undefined {
  const clocks = others.filter(({ value }) => value.includes('T') && !isUtc(value));
  const zoned = clocks.find(({ value }) => hasOffset(value) && near(Date.parse(value), instant));
  if (zoned) return clockOf(zoned.value) - Date.parse(zoned.value);
  for (const { value } of clocks) {
    if (hasOffset(value)) continue;
    const ahead = clockOf(value) - instant;
    const offset = Math.round(ahead / HALF_HOUR) * HALF_HOUR;
    if (offset >= OFFSETS.least && offset <= OFFSETS.most && near(ahead, offset)) return offset;
  }
  return undefined;
}

/**
 * The offset at home where it makes another day. A day that the page shows decides whether that is the day meant,
 * except for midnight at home: this is a day alone, which a program has turned into an instant.
 */
function offsetOfDay(instant: number, others: Candidate[], address: string | undefined): number {
  const offset = (homeOffset(address, instant) ?? 0) * MINUTE;
  const [utcDay, homeDay] = [dayAt(instant), dayAt(instant + offset)];
  if (utcDay === homeDay) return 0;
  if ((instant + offset) % DAY === 0) return offset;
  const shown = others.map(({ value }) => value).filter((value) => value.length === utcDay.length);
  return shown.includes(utcDay) && !shown.includes(homeDay) ? 0 : offset;
}

function hasOffset(value: string): boolean {
  return /[+-]\d\d:\d\d$/.test(value);
}

function dayAt(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < MINUTE;
}

/** What a clock at the place shows, as if it were UTC. */
function clockOf(value: string): number {
  return Date.parse(`${value.replace(/(?:Z|[+-]\d\d:\d\d)$/, '')}Z`);
}

function withOffset(value: string, offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const two = (n: number): string => String(n).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return new Date(Date.parse(value) + offset).toISOString().replace(/(?:\.000)?Z$/, zone);
}
