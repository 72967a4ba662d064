import { monthOf } from './month-names.js';
import { zoneMinutes } from './zones.js';

interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Minutes east of UTC; a function where the zone's name leaves summer time open. */
  offset: number | ((utc: number) => number);
}

const LONGEST_DATE = 100;

/**
 * Reads a date as feeds write them and answers it as ISO 8601 in UTC (`2026-03-02T17:15:00.000Z`).
 *
 * Understood: W3C date and time, ISO 8601 with its short and ordinal forms, RFC 822 and its successors with all
 * their misspellings (missing or wrong weekday, one-digit hours, two-digit years, named zones), asctime,
 * `2006/09/15 08:19:53 EDT`, `15.09.2006`, Chinese and Japanese days, month names in many languages, and the Korean forms. A date without a zone is UTC,
 * never the zone of this machine. A text that is no date, or names a day that does not exist, is `undefined`.
 */
export function parseDate(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || trimmed.length > LONGEST_DATE) return undefined;
  const moment = readIso(trimmed) ?? readKorean(trimmed) ?? readTokens(trimmed);
  return moment && toInstant(moment);
}

function toInstant(moment: Moment): string | undefined {
  const { year, month, day, hour, minute, second, offset } = moment;
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCDate() !== day) return undefined;
  const local = midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  const minutes = typeof offset === 'number' ? offset : offset(local);
  const date = new Date(local - minutes * 60_000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function moment(year: number, month: number, day: number, rest: Partial<Moment> = {}): Moment {
  return { year, month, day, hour: 0, minute: 0, second: 0, offset: 0, ...rest };
}

// ---- ISO 8601 ----

const ISO_CALENDAR = /^(\d{4}|\d{2})(-?)(\d{2})\2(\d{2})(?:[t\s]+(.+))?$/i;
const ISO_TIME = /^(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(z|[+-].+|[a-z]{2,5})?$/i;
const ISO_MONTH = /^(\d{4})-(\d{2})$/;
const ISO_SHORT_MONTH = /^-(\d{2})-?(\d{2})$/;
const ISO_ORDINAL = /^(\d{4}|\d{2})-?(\d{3})$/;
const ISO_YEAR = /^\d{4}$/;

function readIso(text: string): Moment | undefined {
  if (!/^[-\d]/.test(text)) return undefined;
  if (ISO_YEAR.test(text)) return moment(Number(text), 1, 1);
  const month = ISO_MONTH.exec(text) ?? ISO_SHORT_MONTH.exec(text);
  if (month) return moment(fullYear(month[1]), Number(month[2]), 1);
  const ordinal = ISO_ORDINAL.exec(text);
  if (ordinal) return ofDayInYear(fullYear(ordinal[1]), Number(ordinal[2]));
  const calendar = ISO_CALENDAR.exec(text);
  if (!calendar) return undefined;
  const time = readIsoTime(calendar[5]);
  return time && moment(fullYear(calendar[1]), Number(calendar[3]), Number(calendar[4]), time);
}

function readIsoTime(text: string | undefined): Partial<Moment> | undefined {
  if (text === undefined) return {};
  const [, hour, minute = '0', second = '0', fraction = '0', zone] = ISO_TIME.exec(text) ?? [];
  if (hour === undefined) return undefined;
  const offset = zone === undefined ? 0 : zoneMinutes(zone);
  if (offset === undefined) return undefined;
  return { hour: Number(hour), minute: Number(minute), second: Number(`${second}.${fraction}`), offset };
}

function ofDayInYear(year: number, day: number): Moment | undefined {
  const date = new Date(Date.UTC(year, 0, day));
  if (day < 1 || date.getUTCFullYear() !== year) return undefined;
  return moment(year, date.getUTCMonth() + 1, date.getUTCDate());
}

/** Two digits lie between 1970 and 2069, as POSIX has it. */
function fullYear(digits = ''): number {
  const year = Number(digits);
  if (digits.length !== 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

// ---- Korean blog software ----

const KOREAN_LONG = /^(\d{4})년\s+(\d{1,2})월\s+(\d{1,2})일\s+(\d{1,2}):(\d{2}):(\d{2})$/;
const KOREAN_HALVES = /^(\d{4})-(\d{2})-(\d{2})\s+(오전|오후)\s+(\d{1,2}):(\d{2}):(\d{2})$/;
const KOREA = 9 * 60;

function readKorean(text: string): Moment | undefined {
  const long = KOREAN_LONG.exec(text);
  if (long) {
    const [year = 0, month = 0, day = 0, hour, minute, second] = long.slice(1).map(Number);
    return moment(year, month, day, { hour, minute, second, offset: KOREA });
  }
  const halves = KOREAN_HALVES.exec(text);
  if (!halves) return undefined;
  const [year = 0, month = 0, day = 0, , hour = 0, minute, second] = halves.slice(1).map(Number);
  const half = halves[4] === '오후' ? 'pm' : 'am';
  return moment(year, month, day, { hour: onClock(hour, half), minute, second, offset: KOREA });
}

function onClock(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

// ---- everything that names its month ----

const WEEKDAY_WITH_COMMA = /^[\p{L}\p{M}.]+,\s*/u;
const TIME = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(am|pm)?([+-]\d.*|z)?$/i;
const NUMBERED_DAY = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/;
/** With slashes it would be the month that comes first in the United States, and the day elsewhere. */
const DOTTED_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const EAST_ASIAN_DAY = /(\d{4})年\s*(\d{1,2})月\s*(\d{1,2})日/;
const NAMED_DAY = /^(\d{1,2})[-/](\p{L}+)[-/](\d{4}|\d{2})$/u;
const YEAR_FIRST_NAMED_DAY = /^(\d{4})-(\p{L}+)-(\d{1,2})$/u;
const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th|\.|º)?$/i;
/** Words between the parts of a date that say nothing: of English, French, German, Nordic, Iberian, Russian texts. */
const FILLERS = new Set('- – at of le la à um uhr den kl kl. klo de del г. г года'.split(' '));
const WORD = /^[\p{L}\p{M}.]+$/u;

interface Draft {
  year?: number;
  month?: number;
  day?: number;
  time?: { hour: number; minute: number; second: number };
  half?: string;
  offset?: Moment['offset'];
}

/**
 * Sorts the words of a date by what they can be. One that can be nothing, or a second one of its kind, makes the
 * whole no date.
 */
function readTokens(text: string): Moment | undefined {
  const tokens = text
    .replace(WEEKDAY_WITH_COMMA, '')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/(\d)T(?=\d)/, '$1 ')
    .replace(EAST_ASIAN_DAY, '$1-$2-$3 ')
    .split(/[\s,]+/)
    .filter(Boolean);
  const draft: Draft = {};
  for (const token of withoutWeekday(tokens)) {
    if (!takeToken(draft, token)) return undefined;
  }
  if (draft.year === undefined || draft.month === undefined || draft.day === undefined) return undefined;
  const { hour, minute, second } = draft.time ?? { hour: 0, minute: 0, second: 0 };
  const offset = draft.offset ?? 0;
  return moment(draft.year, draft.month, draft.day, { hour: onClock(hour, draft.half), minute, second, offset });
}

/** Weekdays are often wrong and never needed; a leading word is one unless it is the only month. */
function withoutWeekday(tokens: string[]): string[] {
  const [first = '', ...rest] = tokens;
  const isWeekday =
    WORD.test(first) && (monthOf(first) === undefined || rest.some((token) => monthOf(token) !== undefined));
  return isWeekday ? rest : tokens;
}

function takeToken(draft: Draft, token: string): boolean {
  return (
    takeTime(draft, token) ||
    takeWholeDay(draft, token) ||
    takeNumber(draft, token) ||
    takeMonth(draft, token) ||
    takeHalf(draft, token) ||
    takeZone(draft, token) ||
    FILLERS.has(token.toLowerCase())
  );
}

function takeTime(draft: Draft, token: string): boolean {
  const match = draft.time === undefined && TIME.exec(token);
  if (!match) return false;
  const [, hour, minute, second = '0', half, zone] = match;
  draft.time = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  draft.half = half;
  return zone === undefined || takeZone(draft, zone);
}

function takeWholeDay(draft: Draft, token: string): boolean {
  if (draft.year !== undefined || draft.day !== undefined) return false;
  const yearFirst = NUMBERED_DAY.exec(token) ?? YEAR_FIRST_NAMED_DAY.exec(token);
  const dayFirst = NAMED_DAY.exec(token) ?? DOTTED_DAY.exec(token);
  const [year, month = '', day] = yearFirst?.slice(1) ?? dayFirst?.slice(1).reverse() ?? [];
  if (year === undefined) return false;
  draft.year = fullYear(year);
  draft.month = Number(month) || monthOf(month);
  draft.day = Number(day);
  return draft.month !== undefined;
}

function takeNumber(draft: Draft, token: string): boolean {
  if (/^\d{4}$/.test(token) && draft.year === undefined) {
    draft.year = Number(token);
    return true;
  }
  const digits = DAY_OF_MONTH.exec(token)?.[1];
  if (digits === undefined) return false;
  if (draft.day === undefined) draft.day = Number(digits);
  else if (draft.year === undefined && digits.length === 2) draft.year = fullYear(digits);
  else return false;
  return true;
}

function takeMonth(draft: Draft, token: string): boolean {
  if (draft.month !== undefined || !WORD.test(token)) return false;
  draft.month = monthOf(token);
  return draft.month !== undefined;
}

function takeHalf(draft: Draft, token: string): boolean {
  if (draft.time === undefined || draft.half !== undefined || !/^[ap]\.?m\.?$/i.test(token)) return false;
  draft.half = token.replaceAll('.', '');
  return true;
}

function takeZone(draft: Draft, token: string): boolean {
  if (draft.time === undefined) return false;
  const offset = zoneMinutes(token);
  // "GMT +0200" says its zone twice; the number is the one that was meant.
  if (offset === undefined || (draft.offset !== undefined && !/^[+-]/.test(token))) return false;
  draft.offset = offset;
  return true;
}
