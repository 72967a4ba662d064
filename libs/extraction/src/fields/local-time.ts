import type { Candidate } from '../provenance.js';

const MINUTE = 60_000;
const HALF_HOUR = 30 * MINUTE;
const OFFSETS = { least: -12 * 60 * MINUTE, most: 14 * 60 * MINUTE };

/**
 * Times in UTC as the readers of the page know them. Content systems put UTC into their data and local time
 * into the text: around midnight the two name different days. Where another candidate is the same instant with
 * a zone, or shows the time on a clock that goes ahead or behind by half hours, its zone is taken on.
 */
export function inLocalTime(candidates: Candidate[]): Candidate[] {
  return candidates.map((candidate) => {
    const offset = isUtc(candidate.value) ? localOffset(Date.parse(candidate.value), candidates) : 0;
    return offset === 0 ? candidate : { ...candidate, value: withOffset(candidate.value, offset) };
  });
}

function isUtc(value: string): boolean {
  return /T.*(?:Z|[+-]00:?00)$/.test(value);
}

function localOffset(instant: number, others: Candidate[]): number {
  const clocks = others.filter(({ value }) => value.includes('T') && !isUtc(value));
  const zoned = clocks.find(({ value }) => /[+-]\d\d:\d\d$/.test(value) && near(Date.parse(value), instant));
  if (zoned) return clockOf(zoned.value) - Date.parse(zoned.value);
  for (const { value } of clocks) {
    if (/[+-]\d\d:\d\d$/.test(value)) continue;
    const ahead = clockOf(value) - instant;
    const offset = Math.round(ahead / HALF_HOUR) * HALF_HOUR;
    if (offset !== 0 && offset >= OFFSETS.least && offset <= OFFSETS.most && near(ahead, offset)) return offset;
  }
  return 0;
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
