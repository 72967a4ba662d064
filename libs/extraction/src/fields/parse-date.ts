import { monthNamed } from './month-names.js';

/** News does not come from before the web archives, nor from the far future. */
const YEARS = { first: 1900, last: 2100 };

/**
 * Reads a date in the forms pages write it: ISO 8601 and its cousins, RFC 2822, epoch seconds or
 * milliseconds, numeric dates, and dates with month names in some forty languages.
 *
 * @param monthFirst whether `4/5/2030` is read as the fifth of April.
 * @returns ISO 8601 as precise as the text (`2024-05-09` or `2024-05-09T11:26:00+02:00`), with a zone only where the text has one.
 */
export function parseDate(text: string, monthFirst = false): string | undefined {
  const trimmed = toAsciiDigits(text.trim());
  if (trimmed.length < 6 || trimmed.length > 200) return undefined;
  return epoch(trimmed) ?? isoLike(trimmed) ?? withMonthName(inCommonEra(trimmed)) ?? numeric(trimmed, monthFirst);
}

const BUDDHIST_ERA = 543;

/** Thai dates count the years since the death of the Buddha: `4 กุมภาพันธ์ 2573`, with `พ.ศ.` in front or not. */
function inCommonEra(text: string): string {
  if (!/[\u0e00-\u0e7f]/.test(text)) return text;
  return text.replace(/(?:พ\.?ศ\.?\s*)?(?<!\d)(2[45]\d\d)(?!\d)/g, (_match, year: string) =>
    String(Number(year) - BUDDHIST_ERA),
  );
}

/** Whether a line holds a date and next to nothing else. */
export function isBareDate(text: string): boolean {
  return text.length <= 36 && text.split(/\s+/).length <= 5 && parseDate(text) !== undefined;
}

function isoLike(text: string): string | undefined {
  const match =
    /(?:^|\D)((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=$|[^\d])/.exec(text) ??
    /^((?:19|20)\d{2})(\d{2})(\d{2})(?=T?\d{4})/.exec(text);
  if (!match) return cjk(text) ?? slashed(text);
  return assemble(Number(match[1]), Number(match[2]), Number(match[3]), text.slice(match.index + match[0].length));
}

/** `2024/5/9`, `2024.05.09` */
function slashed(text: string): string | undefined {
  const match = /(?:^|\D)((?:19|20)\d{2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?=\D|$)/.exec(text);
  return match
    ? assemble(Number(match[1]), Number(match[2]), Number(match[3]), text.slice(match.index + match[0].length))
    : undefined;
}

/** `2024年5月9日`, `2024년 5월 9일` */
function cjk(text: string): string | undefined {
  const match = /((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]/.exec(text);
  return match
    ? assemble(Number(match[1]), Number(match[2]), Number(match[3]), text.slice(match.index + match[0].length))
    : undefined;
}

function withMonthName(text: string): string | undefined {
  const words = [...text.matchAll(/[\p{L}\p{M}]+/gu)];
  for (const word of words) {
    const month = monthNamed(word[0]);
    if (month === undefined) continue;
    const before = text.slice(Math.max(0, word.index - 16), word.index);
    const after = text.slice(word.index + word[0].length);
    const dayFirst =
      /(?:^|\D)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|ης)?[\s.,\-/]*(?:de|of|d['’]|da|di|δ)?[\s.,\-/]*$/iu.exec(before);
    const yearAfter = /^[\s.,\-/]*(?:de[l]?\s+|of\s+|г\.?\s*|da\s+)?['’]?((?:19|20)\d{2})(?=\D|$)/u.exec(after);
    if (dayFirst && yearAfter)
      return assemble(Number(yearAfter[1]), month, Number(dayFirst[1]), after.slice(yearAfter[0].length));
    const monthFirst = /^[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s.,]*(?:at\s+)?((?:19|20)\d{2})(?=\D|$)/.exec(after);
    if (monthFirst)
      return assemble(Number(monthFirst[2]), month, Number(monthFirst[1]), after.slice(monthFirst[0].length));
    const timeBetween = /^[\s.]*(\d{1,2})\s.*?\s((?:19|20)\d{2})$/.exec(after);
    if (timeBetween) return assemble(Number(timeBetween[2]), month, Number(timeBetween[1]), after);
    const yearFirst = /((?:19|20)\d{2})[\s.,]*(?:m\.\s*)?$/.exec(before);
    const dayAfter = /^[\s.,]*(\d{1,2})(?=\D|$)/.exec(after);
    if (yearFirst && dayAfter)
      return assemble(Number(yearFirst[1]), month, Number(dayAfter[1]), after.slice(dayAfter[0].length));
  }
  return undefined;
}

/** Day first, as most of the world writes it, unless only month first makes a date, or a slash date of a page that writes so or with an am/pm time. */
function numeric(text: string, slashMonthFirst: boolean): string | undefined {
  const match =
    /(?:^|\D)(\d{1,2})\s?([/.|-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d{2}(?!:\d{2})|\d{2})(?=\D|$|\d{2}:\d{2})/.exec(text);
  if (!match) return undefined;
  const [, first, separator, second, yearText] = match;
  const year = Number(yearText) < 100 ? 2000 + Number(yearText) : Number(yearText);
  const rest = text.slice(match.index + match[0].length);
  const isMonthFirst =
    Number(second) > 12 ||
    (separator === '/' && Number(first) <= 12 && (slashMonthFirst || /\d\s?[ap]\.?m\b/i.test(rest)));
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  return assemble(year, Number(month), Number(day), rest);
}

function epoch(text: string): string | undefined {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return undefined;
  const date = new Date(text.length === 13 ? Number(text) : Number(text) * 1000);
  return isPlausible(date.getUTCFullYear()) ? date.toISOString() : undefined;
}

function assemble(year: number, month: number, day: number, rest: string): string | undefined {
  if (!isPlausible(year) || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = timeIn(rest.slice(0, 60));
  return time ? `${date}T${time}` : date;
}

function timeIn(rest: string): string | undefined {
  const match = /(?:^|[T\s,(|@–-])(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([ap])?\.?(?:m\b)?/i.exec(
    rest,
  );
  if (!match) return undefined;
  let hours = Number(match[1]);
  const half = match[5]?.toLowerCase();
  if (half === 'p' && hours < 12) hours += 12;
  if (half === 'a' && hours === 12) hours = 0;
  if (hours > 23 || Number(match[2]) > 59 || Number(match[3] ?? 0) > 59) return undefined;
  const fraction = match[4] ? `.${match[4].slice(0, 3).padEnd(3, '0')}` : '';
  return `${two(hours)}:${match[2]}:${match[3] ?? '00'}${fraction}${zoneIn(rest.slice(match.index + match[0].length))}`;
}

/** Zone abbreviations with one meaning in news; others are read as no zone. */
const ZONES: Record<string, string> = {
  Z: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
  CET: '+01:00',
  CEST: '+02:00',
  MEZ: '+01:00',
  MESZ: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  JST: '+09:00',
  AEST: '+10:00',
  AEDT: '+11:00',
  MSK: '+03:00',
};

function zoneIn(rest: string): string {
  const offset = /^\s?(?:UTC|GMT)?\s?([+-])(\d{2}):?(\d{2})/.exec(rest);
  if (offset && Number(offset[2]) <= 14 && Number(offset[3]) < 60) return `${offset[1]}${offset[2]}:${offset[3]}`;
  const name = /^\s?([A-Z]{1,4})\b/.exec(rest)?.[1];
  return (name && ZONES[name]) ?? '';
}

/** Arabic-Indic, Persian, Devanagari, Bengali and full-width digits as 0 to 9. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९০-৯０-９]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10].find((base) => code >= base && code < base + 10) ?? code;
    return String(code - zero);
  });
}

function isPlausible(year: number): boolean {
  return year >= YEARS.first && year <= YEARS.last;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
