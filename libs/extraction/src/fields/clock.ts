import { toAsciiDigits } from './parse-date.js';

/** Words in front of a time of day: `at 2:32 pm`, `às 14h32`, `kl. 14.32`, `오후 2:30`. */
const BEFORE =
  /^[\s([•▪●–—-]*(?:(?:at|um|à|às|a las|alle|kl|klo|om|ore|godz|saat|в|о|في|الساعة|בשעה|午前|午後|上午|下午|오전|오후)(?!\p{L})\.?\s?)?/iu;
/** A full stop between the figures makes a decimal of most, unless a word says that it is a time. */
const CLOCK =
  /^(\d{1,2})\s?(?:[:h]|[時时點点시]\s?|\.(?=\d{2}(?:\s?(?:uhr|h)\b|\s[-–—]\s)))(\d{2})(?![\d%]|[.,/]\d)(?::\d{2})?(?:\s?[分분])?/iu;
const AFTER_WORD = /^(\d{1,2})[.:](\d{2})(?!\d|[.,/]\d)/u;
/** Before or after noon: `a.m.`, `pm`, `ص`, `م`. */
const HALF = /^\s?(?:(a\.?m\.?|ص|ق\.?ظ)|(p\.?m\.?|م|ب\.?ظ))(?!\p{L})/iu;
const LONGEST_LINE = 48;
const MOST_LETTERS = 16;

/** The time of day that a text begins with, `HH:MM:00`. */
export function clockAtStart(text: string): string | undefined {
  const plain = toAsciiDigits(text.slice(0, LONGEST_LINE));
  const lead = BEFORE.exec(plain)?.[0] ?? '';
  const rest = plain.slice(lead.length);
  const match = CLOCK.exec(rest) ?? (/\p{L}/u.test(lead) ? AFTER_WORD.exec(rest) : null);
  if (!match) return undefined;
  const half = HALF.exec(rest.slice(match[0].length));
  const isAfternoon = half?.[2] !== undefined || /午後|下午|오후/.test(lead);
  const isMorning = half?.[1] !== undefined || /午前|上午|오전/.test(lead);
  let hours = Number(match[1]);
  if (isAfternoon && hours < 12) hours += 12;
  if (isMorning && hours === 12) hours = 0;
  return hours > 23 || Number(match[2]) > 59 ? undefined : `${String(hours).padStart(2, '0')}:${match[2]}:00`;
}

/** Whether a line is a time of day and next to nothing else: `14:32 Uhr`, `Monday, 14:32`. */
export function isBareClock(text: string): boolean {
  if (text.length > LONGEST_LINE) return false;
  const plain = toAsciiDigits(text);
  const at = plain.search(/(?<!\d|\d[.,])\d{1,2}\s?[:.h時时點点시]\s?\d{2}(?!\d)/u);
  const word =
    at < 0 ? undefined : /(?:kl|klo|ore|godz|午前|午後|上午|下午|오전|오후)\.?\s?$/iu.exec(plain.slice(0, at))?.[0];
  if (at < 0 || clockAtStart(`${word ?? ''}${plain.slice(at)}`) === undefined) return false;
  return (plain.match(/\p{L}/gu)?.length ?? 0) <= MOST_LETTERS;
}
