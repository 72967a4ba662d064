import { readData } from '../data.js';
import { wholeWords } from '../text/word-pattern.js';

interface CalendarWords {
  months: string;
  /** Shorter names of the months, in their order; those of one month parted by `|`. */
  short: string;
  weekdays: string;
  ordinal: string;
  of: string;
  the: string;
  to: string;
  in: string;
  last: string;
  next: string;
  today: string;
  yesterday: string;
  tomorrow: string;
  ago: string;
  units: string;
  numbers: string;
  future: string;
  past: string;
  beforeYesterday: string;
  afterTomorrow: string;
  this: string;
  /** What keeps a weekday from being a certain one: "every", and what a paper's name has before it. */
  every: string;
  /** Parts of the day that make one word with a weekday: "Dienstagabend". */
  dayParts?: string;
  /** Shorter names of weekdays that are words too (`name=number`), and what stands before and behind the weekday. */
  briefWeekdays?: { names: string; after: string; before: string };
  /** What stands before a weekday a week earlier or later than the next one: "a week ago Friday", "a week on Friday". */
  weekBefore?: string;
  weekAfter?: string;
  /** Prepositions before the weekday to come, where one that lies behind has another: "på fredag", "i fredags". */
  aheadAfter?: string;
  /** What stands before a day without its month, and what the number must end in where no word says that it is a day. */
  dayOnly?: { after: string; ordinal?: string };
  /** Articles that make a weekday that of every week, unless what follows it says which. */
  habit?: string;
  /** What opens and parts a range of weekdays that means those of every week, `de|a`. */
  weekly?: string;
  /** Words that stand before a year, beside those of `in`. */
  yearAfter?: string;
  /** What a weekday ends in where the one before is meant: "i måndags". */
  pastSuffix?: string;
  /** Feasts on a fixed day, `name=MM-DD`, or so many days from Easter Sunday, `name=E-2`, parted by `|`. */
  feasts?: string;
  /** Words before a feast that make it the day and not what is named after it. */
  feastsAfter?: string;
}

/** The patterns of a language's date expressions, all case-insensitive and Unicode-aware. */
export interface Calendar {
  /** Month number (1 to 12) by full or short lower-case name. */
  months: ReadonlyMap<string, number>;
  /** Day of the week (0 is Sunday) by lower-case name. */
  weekdays: ReadonlyMap<string, number>;
  numbers: ReadonlyMap<string, number>;
  /** Days of the year (`MM-DD`) or from Easter Sunday (`E`, `E-2`) by the lower-case name of their feast. */
  feasts: ReadonlyMap<string, string>;
  /** The language's day, week, month and year, singular, in this order. */
  units: string[];
  pattern: Readonly<
    Record<
      | 'dayMonth'
      | 'dayOnly'
      | 'monthDay'
      | 'monthYear'
      | 'month'
      | 'weekday'
      | 'ago'
      | 'today'
      | 'yesterday'
      | 'tomorrow'
      | 'beforeYesterday'
      | 'afterTomorrow'
      | 'year'
      | 'bracketedYears'
      | 'feast',
      RegExp
    >
  >;
  /** The name of a month, in full or short. */
  monthName: RegExp;
  /** What every expression has in it that may stand without a digit: fast to look for, and seldom met. */
  word: RegExp;
  /** A sign, in the clause before a date, that it lies ahead; and that it lies behind. */
  future: RegExp;
  past: RegExp;
  /** What stands between two dates of a range or a list. */
  joins: RegExp;
  last: RegExp;
  next: RegExp;
}

const ANY_YEAR = '(?:1\\d{3}|20\\d\\d)';
const DAY_NUMBER = '[12]\\d|3[01]|0?[1-9]';
const NEVER = /(?!)/gu;
const file = readData<Record<string, CalendarWords>>('data/calendar.json');
const calendars = new Map<string, Calendar>();

/** The calendar of a language, English where there is none. */
export function calendarOf(language: string): Calendar {
  const known = file[language] ? language : 'en';
  let calendar = calendars.get(known);
  if (!calendar) calendars.set(known, (calendar = build(file[known]!)));
  return calendar;
}

function build(words: CalendarWords): Calendar {
  const months = numbered(words.months, 1);
  for (const [names, number] of numbered(words.short, 1)) for (const name of names.split('|')) months.set(name, number);
  const weekdays = numbered(words.weekdays, 0);
  const brief = valued(words.briefWeekdays?.names);
  for (const [name, number] of brief) weekdays.set(name, number);
  const numbers = valued(words.numbers);

  const feasts = new Map((words.feasts ?? '').split('|').map((pair) => pair.split('=') as [string, string]));
  const pastSuffix = `(?<pastSuffix>${words.pastSuffix ?? NEVER.source})?`;

  const full = words.months.split(' ').join('|');
  const short = `(?:${words.short.split(' ').join('|')})`;
  const month = `(?<month>${full}|${short}(?!\\p{L})\\.?)`;
  const the = `(?:(?:${words.the})\\s)?`;
  const day = `(?:${DAY_NUMBER})(?:${words.ordinal})?`;
  const lastDay = `(?<day>${DAY_NUMBER})(?:${words.ordinal})?`;
  const of = words.of ? `(?:(?:${words.of})\\s)?` : '';
  const range = `(?:(?<from>${day}(?:,\\s${day})*),?\\s?(?:–|-|(?:${words.to})\\s)\\s?)?`;
  const year = `(?:,?\\s${of}(?<year>1\\d{3}|20\\d\\d)(?![\\d,.]\\d))`;
  const weeksOff = words.weekBefore ? `|(?<weekBefore>${words.weekBefore})\\s|(?<weekAfter>${words.weekAfter})\\s` : '';
  const qualified = `(?:(?<last>${words.last})\\s|(?<next>${words.next})\\s|(?<this>${words.this})\\s${weeksOff})?`;
  const after = `(?:\\s(?:(?<lastAfter>${words.last})|(?<nextAfter>${words.next}))(?!\\p{L}))?`;
  // A choice with an empty side and not "?", which drops what a look around took.
  const toCome = words.aheadAfter
    ? `(?:(?<=(?<!\\p{L})(?:${words.aheadAfter})\\s)(?<toCome>)(?=(?:${words.weekdays.split(' ').join('|')})(?!\\p{L}))|)`
    : '';
  const notHabitual = oneOfAWeek(words);
  const weekday = [
    ...words.weekdays.split(' '),
    ...(words.briefWeekdays ? [briefWeekday([...brief.keys()], words.briefWeekdays)] : []),
  ].join('|');
  const feastNames = [...feasts.keys()].filter(Boolean).join('|').replaceAll("'", "['’]");
  const daysAround = [words.today, words.beforeYesterday, words.afterTomorrow, words.yesterday, words.tomorrow].join(
    '|',
  );
  const unitsAgo = words.ago.split('(NUM)')[1]!;
  const dayPart = words.dayParts ? `(?:${words.dayParts})?` : '';
  return {
    months,
    weekdays,
    numbers,
    feasts,
    units: words.units.split(' '),
    pattern: {
      dayMonth: bounded(`${the}${range}${the}${lastDay}\\s${of}${month}(?!\\p{L})${year}?`),
      dayOnly: words.dayOnly ? dayWithoutMonth(words.dayOnly) : NEVER,
      monthDay: bounded(`${month}\\s${range}${lastDay}(?![\\d\\p{L}]|[,.:]\\d)${year}?`),
      monthYear: bounded(`${month}${year}`),
      month: hyphenated(
        `(?:(?<=(?:^|[^\\p{L}])(?:${words.in})[\\s-])|(?=(?:${words.last}|${words.next})\\s))(?:(?:${words.last}|${words.next})\\s)?(?<month>${full}|${short}\\.)(?!\\p{L})${after}`,
      ),
      weekday: bounded(
        `(?<!(?:${words.every})\\s)${qualified}${notHabitual}${toCome}(?<weekday>${weekday})${dayPart}${pastSuffix}(?!\\p{L})${after}${dayBehind(words)}`,
      ),
      ago: bounded(words.ago.replace('NUM', `\\d{1,3}|${[...numbers.keys()].join('|')}`)),
      today: bounded(`(?:${words.today})`),
      beforeYesterday: bounded(`(?:${words.beforeYesterday})`),
      afterTomorrow: bounded(`(?:${words.afterTomorrow})`),
      yesterday: bounded(`(?:${words.yesterday})`),
      tomorrow: bounded(`(?:${words.tomorrow})`),
      year: hyphenated(
        `(?<=(?:^|[^\\p{L}])(?:${words.in}|${words.yearAfter ?? NEVER.source})[\\s-])${ANY_YEAR}(?:,\\s${ANY_YEAR}(?!\\d))*`,
      ),
      bracketedYears: new RegExp(`\\(${ANY_YEAR}(?:\\s?[–-]\\s?${ANY_YEAR})?\\)`, 'gu'),
      feast: words.feasts ? bounded(`(?<=(?:${words.feastsAfter})\\s)(?<feast>${feastNames})${year}?`) : NEVER,
    },
    monthName: new RegExp(`${full}|${short}`, 'iu'),
    word: new RegExp(
      [full, `${short}\\.`, weekday, ...(feastNames ? [feastNames] : []), daysAround, unitsAgo].join('|'),
      'iu',
    ),
    future: new RegExp(wholeWords(words.future), 'gu'),
    past: new RegExp(wholeWords(words.past), 'u'),
    joins: new RegExp(`^\\s?(?:[–-]|(?:${words.to})\\s)\\s?${the}$`, 'iu'),
    last: new RegExp(`^(?:${words.last})$`, 'iu'),
    next: new RegExp(`^(?:${words.next})$`, 'iu'),
  };
}

/** Like `bounded`, for what says itself which words stand before it: "mid-June". */
function hyphenated(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d.,/])${source}(?![\\p{L}\\d])`, 'giu');
}

function bounded(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d.,/-])${source}(?![\\p{L}\\d])`, 'giu');
}

/** "the 24th", "dia 24", where no noun follows that would be what is counted. */
function dayWithoutMonth({ after, ordinal }: NonNullable<CalendarWords['dayOnly']>): RegExp {
  const number = ordinal ? `(?<day>${DAY_NUMBER})(?<ordinal>${ordinal})` : `(?<day>${DAY_NUMBER})`;
  const alone = ordinal ? '(?=[,;:!?)]|\\.?$|\\s(?:and|at|when|but|in)\\s)' : '(?!\\sd[aeo]|[.,:]\\d)';
  return new RegExp(`(?=\\d)(?<=(?<!\\p{L})(?:${after})\\s)${number}(?![\\p{L}\\d])${alone}`, 'giu');
}

/** The number of the day behind a weekday, not taken with it: "lunes 6", "segunda-feira (6)", but not "lunes 6 personas". */
function dayBehind({ the, ordinal }: CalendarWords): string {
  const number = `(?<number>${DAY_NUMBER})(?:${ordinal})?(?![\\d\\p{L}%€$]|[.,:]\\d|\\s\\p{L}{4})`;
  return `(?:(?=,?\\s(?:(?:${the})\\s)?\\(?${number})|)`;
}

/** What keeps out weekdays of every week: "le lundi" without a day or "dernier" behind it, "de lunes a viernes". */
function oneOfAWeek({ habit, weekly, last, next, weekdays }: CalendarWords): string {
  const single = habit ? `(?<!(?<!\\p{L})(?:${habit})\\s(?!\\S+\\s(?:\\d|${last}|${next})))` : '';
  if (!weekly) return single;
  const [from, to] = weekly.split('|');
  const any = `(?:${weekdays.split(' ').join('|')})`;
  return `${single}(?<!(?<!\\p{L})${from}\\s(?=${any}\\s${to}\\s${any}))(?<!(?<!\\p{L})${from}\\s${any}\\s${to}\\s)`;
}

function briefWeekday(names: string[], { after, before }: { after: string; before: string }): string {
  return `(?<=(?<!\\p{L})(?:${after})\\s)(?:${names.join('|')})(?=${before})`;
}

function valued(pairs = ''): Map<string, number> {
  return new Map(
    pairs
      .split(' ')
      .filter(Boolean)
      .map((pair) => [pair.split('=')[0]!, Number(pair.split('=')[1])]),
  );
}

function numbered(names: string, first: number): Map<string, number> {
  return new Map(names.split(' ').map((name, index) => [name, index + first]));
}
