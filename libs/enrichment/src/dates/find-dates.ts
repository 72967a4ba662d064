import type { DateMentionData, SpanData } from '@wireroom/contracts';
import { speechLexicon } from '../quotes/lexicon.js';
import { MONTHS_AND_NAMES } from '../text/english-times.js';
import { calendarOf, type Calendar } from './calendar.js';
import {
  addDays,
  dayOf,
  easterSunday,
  isRealDay,
  isoDay,
  isoMonth,
  nearestFromEaster,
  nearestMonth,
  nearestYear,
  type Day,
} from './days.js';
import { finiteVerbs, type VerbSign } from './english-verbs.js';

/*
 * Date expressions by grammar. What makes the answer right is what is left out: names of months and
 * days that are names of people and papers, scores, prices and room numbers; and the direction: news
 * tells of the past unless its clause says "will", "due", "until".
 */

type Direction = 'ahead' | 'back' | 'either';

interface Anchor {
  day: Day;
  /** Takes a while to tell, and not every expression asks. */
  direction: () => Direction;
}

/** What tells whether a date lies ahead or behind; `reporting` verbs open what somebody says of other days. */
type Signs = Pick<Calendar, 'monthName' | 'word' | 'weekdays' | 'joins' | 'future' | 'past'> & {
  reporting: ReadonlySet<string>;
  /** The finite verbs of a sentence, in languages that we know them of. */
  verbsOf?: (sentence: string) => readonly VerbSign[];
};

/** Part of a sentence: its words, where they stand, and the verbs of the sentence. */
interface Part {
  words: string;
  start: number;
  verbs: readonly VerbSign[];
}

interface Reader {
  pattern: RegExp;
  /** What a sentence holds where the pattern matches, looked for first as it is fast: `month` is a digit and a month's name. */
  needs: 'digit' | 'month' | 'word' | 'nothing';
  read: (match: RegExpExecArray, anchor: Anchor | undefined) => Found[];
}

interface Found extends SpanData {
  value: string;
}

/** Days by their distance, in languages whose words no blank parts. */
const UNSPACED_DAYS: Record<string, [RegExp, number][]> = {
  zh: [
    [/前天/g, -2],
    [/昨[天日晚]/g, -1],
    [/今[天日晚早]/g, 0],
    [/明[天日]/g, 1],
    [/后天/g, 2],
  ],
  ja: [
    [/一昨日/g, -2],
    [/昨[日夜]/g, -1],
    [/今[日夜]/g, 0],
    [/明日/g, 1],
    [/明後日/g, 2],
  ],
};

/** Dates named in a text, resolved against the publication day; weekdays stay open (`XXXX-WXX-1`) without one. */
export function findDates(
  body: string,
  sentences: readonly SpanData[],
  language: string,
  published?: Day,
): DateMentionData[] {
  const calendar = calendarOf(language);
  const readers = [...numericReaders(language), ...verbalReaders(calendar)];
  const verbsOf = calendar === calendarOf('en') ? finiteVerbs : undefined;
  const signs = { ...calendar, reporting: speechLexicon(language).verbs, verbsOf };
  return sentences.flatMap((sentence) => readSentence(body, sentence, readers, signs, published));
}

function readSentence(
  body: string,
  sentence: SpanData,
  readers: Reader[],
  signs: Signs,
  published?: Day,
): DateMentionData[] {
  const text = body.slice(sentence.start, sentence.end);
  const digit = /\d/.test(text);
  const month = digit && signs.monthName.test(text);
  const holds = { digit, month, word: signs.word.test(text), nothing: true };
  let known: readonly VerbSign[] | undefined;
  const verbs = () => (known ??= verbsIn(text, signs));
  const taken: Found[] = [];
  for (const { pattern, needs, read } of readers) {
    if (!holds[needs]) continue;
    for (const match of text.matchAll(pattern)) {
      if (taken.some((other) => match.index < other.end && match.index + match[0].length > other.start)) continue;
      const direction = () => directionAt(text, match.index, match[0].length, signs, verbs);
      const anchor = published && { day: published, direction };
      taken.push(...read(match, anchor).filter((found) => found.end <= text.length));
    }
  }
  const found = mergeWeekdays(
    text,
    taken.sort((a, b) => a.start - b.start),
  );
  return (published ? orderJoined(text, found, published, signs) : found).map(({ start, end, value }) => ({
    start: sentence.start + start,
    end: sentence.start + end,
    value,
  }));
}

/** "Tuesday, July 18": a weekday right before its own date is one expression with it. */
function mergeWeekdays(text: string, found: readonly Found[]): Found[] {
  return found.flatMap((date, index) => {
    const next = found[index + 1];
    const previous = found[index - 1];
    if (next && isWeekdayOf(text, date, next)) return [];
    return [previous && isWeekdayOf(text, previous, date) ? { ...date, start: previous.start } : date];
  });
}

/**
 * "From Monday to Wednesday", "3 May and 4 June 2012": joined dates follow each other, though either alone would have
 * been taken for another week or year.
 */
function orderJoined(text: string, found: readonly Found[], published: Day, signs: Signs): Found[] {
  const ordered = [...found];
  for (let index = ordered.length - 2; index >= 0; index--) {
    const [first, second] = [ordered[index]!, ordered[index + 1]!];
    if (!signs.joins.test(text.slice(first.end, second.start))) continue;
    const isWeekday = ({ start, end }: Found) => signs.weekdays.has(text.slice(start, end).toLowerCase());
    if (isWeekday(first) && isWeekday(second)) {
      // "On Sunday and Saturday" lists days, the later one first.
      const daysBetween = (dayOfWeek(second.value) - dayOfWeek(first.value) + 7) % 7;
      if (first.value <= second.value || daysBetween > 4) continue;
      if (first.value > isoDay(published)) ordered[index + 1] = { ...second, value: daysLater(second.value, 7) };
      else ordered[index] = { ...first, value: daysLater(first.value, -7) };
    } else if (/^\d{4}-/.test(first.value) && /^\d{4}-/.test(second.value) && !isWeekday(first) && !isWeekday(second)) {
      ordered[index] = { ...first, value: lastBefore(text.slice(first.start, first.end), first.value, second.value) };
    }
  }
  return ordered;
}

/** The value with the year that puts it right before another, where its words have no year and name a month. */
function lastBefore(words: string, value: string, other: string): string {
  if (!/\p{L}{3}/u.test(words) || /\d{4}/.test(words) || value.length !== other.length) return value;
  const year = Number(other.slice(0, 4));
  const inYear = year + value.slice(4);
  const before = inYear <= other ? inYear : year - 1 + value.slice(4);
  return value.length < 10 || dayOf(before) ? before : value;
}

function daysLater(value: string, days: number): string {
  const day = dayOf(value);
  return day ? isoDay(addDays(day, days)) : value;
}

function isWeekdayOf(text: string, weekday: Found, date: Found): boolean {
  const isWord = /^\p{L}+$/u.test(text.slice(weekday.start, weekday.end));
  const touches = /^,?\s(?:(?:the|den|dem)\s)?$/.test(text.slice(weekday.end, date.start));
  return (
    isWord && touches && /^\d{4}-\d\d-\d\d$/.test(date.value) && dayOfWeek(weekday.value) === dayOfWeek(date.value)
  );
}

/** 0 is Sunday; of a day, or of a weekday without one (`XXXX-WXX-1`). */
function dayOfWeek(value: string): number {
  return value.startsWith('X') ? Number(value.at(-1)) % 7 : new Date(value).getUTCDay();
}

/** "After Friday", "By the end of June": a preposition and what part of the time is meant, but not "He left in May". */
const OPENS_SENTENCE =
  /^\p{Lu}[\p{L}']*\s(?:(?:the|end|start|beginning|middle|of|early|late|mid|on|Ende|Anfang|Mitte|zum|la|le|fin|début|du|de|del|finales|principios|mediados|fine|inizio|di|o|do|final|início|het|eind|begin|van)\s)*$/u;

/** "A man who on Friday …", "… and on Friday …": an expression right behind what opens its clause. */
const OPENS_CLAUSE = /(?:(?<!\p{L})(?:who|which|that|when|where)|(?<!\p{L})(?:and|but) (?:on|by|from))(?: on)?\s$/u;

/** "The raid on Sunday that cost him his leg". */
const IS_RELATED = /^\s(?:that|which|who)\s(?!(?:is|are|has|have|will)\s)/;

/** "VARNO, March 11 (Reuters) - The council will …": where and when a story was filed, whatever it tells. */
const DATELINE_PLACE = /^\p{Lu}{2}[\p{L}.,'’/ -]*,\s$/u;
const DATELINE_AGENCY = /^\s(?:\([^)]{2,40}\)\s?)?[-–—]/u;

const SINCE = /(?<!\p{L})[Ss]ince\s(?:the\s)?$/u;

/** What tells of a day in the present that lies behind: a caption, a score. */
const SHORT_MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TELLS_OF_PAST = new RegExp(
  [
    '^(?:Photo|Pictured?|Photograph|Image|Caption|Above|Below)[^.]{0,30}:',
    '\\((?:left|right|cent(?:re|er)|top|bottom|front|back|pictured|L|R|C|AP|AFP|Reuters)[,)]',
    '(?:Photo(?:graph)?|Picture|Credit):',
    `(?<![\\d-]|${SHORT_MONTH}\\p{L}*\\.?\\s)\\d{1,2}[-–]\\d{1,2}(?![\\d-]|\\s${SHORT_MONTH})`,
  ].join('|'),
  'u',
);

/** "Fans mourn after the crash on Sunday": a day of what lies behind the plan, but not "after 41 years on Friday". */
const AFTER_EVENT =
  /(?<!\p{L})(?:after|following|despite)\s(?!\S+\s(?:years?|months?|weeks?|days?|decades?|hours?)\s)/u;

/** "The pilot bears no blame for the crash on Sunday": a day of what nobody planned. */
const OF_MISFORTUNE =
  /\s(?:(?:of|for|over|in|after|from|by|at|with)\s(?:the|this|that|their|his|her|\p{L}+['’]s)|(?:of|over|in|after|from|by)\san?)\s(?:[\p{L}-]+\s){0,3}(?:crash|collision|accident|fall|fire|blaze|raid|attack|shooting|stabbing|explosion|blast|bombing|storm|quake|earthquake|floods?|landslide|avalanche|deaths?|killings?|murders?|theft|robbery|burglary|break-in|incident|outage|spill|derailment|sinking|riots?|ambush|assault|collapse|tragedy|disaster)\s(?:on\s|of\s)?$/u;

/** Where the clause before an expression looks: the last sign counts, so "the plan was dropped on Monday" looks back. */
function directionAt(
  text: string,
  at: number,
  length: number,
  signs: Signs,
  verbsOfSentence: () => readonly VerbSign[],
): Direction {
  const knowsVerbs = signs.verbsOf !== undefined;
  const [head, rest] = [text.slice(0, at), text.slice(at + length)];
  if (DATELINE_PLACE.test(head) && DATELINE_AGENCY.test(rest)) return 'either';
  if (knowsVerbs && SINCE.test(head)) return 'back';
  const verbs = verbsOfSentence();
  const clause = head.replace(knowsVerbs ? /^.*[,;:–—](?!\d)/su : /^.*[,;:–—]/su, '');
  const opensRelative = knowsVerbs && OPENS_CLAUSE.test(clause);
  const opensClause = opensRelative || clause.trim().length < 4 || OPENS_SENTENCE.test(head);
  // "The winner of Sunday's final will meet": within a subject, whose verb comes behind.
  const isInSubject = /^['’]s\s/.test(rest) && !tells({ words: clause, start: at - clause.length, verbs }, signs);
  const behind = { words: rest, start: at + length, verbs: isInSubject ? [] : verbs };
  const ahead = opensClause || isInSubject ? directionOfRest(behind, signs) : undefined;
  if (ahead) return ahead;
  if (knowsVerbs && IS_RELATED.test(rest) && directionOfRest(behind, signs) === 'back') return 'back';
  const before = opensClause ? head : clause;
  const isAside = standsAside(head, behind) || (opensClause && /^\s*(?:but|yet|so)\s/.test(clause));
  return directionOfPart({ words: before, start: at - before.length, verbs: isAside ? pastOf(verbs) : verbs }, signs);
}

/** The finite verbs of a sentence, where they are known and its present is no caption's. */
function verbsIn(text: string, { verbsOf }: Signs): readonly VerbSign[] {
  const verbs = verbsOf?.(text) ?? [];
  return TELLS_OF_PAST.test(text) ? pastOf(verbs) : verbs;
}

/** Within a subject ("the talks on Friday brought no deal"), or between commas like the day of a caption. */
function standsAside(head: string, { words, start, verbs }: Part): boolean {
  const isEnclosed = /,\s$/.test(head) && /^(?:[,.;)]|$)/.test(words);
  const isBeforeVerb = /^\s(?:was|were|is|are|has|have|had|set|cut|hit|put|\p{L}+ed)\s/u.test(words);
  return isEnclosed || isBeforeVerb || verbs.some((verb) => verb.start === start + 1);
}

function pastOf(verbs: readonly VerbSign[]): VerbSign[] {
  return verbs.filter(({ tells }) => tells === 'past');
}

function directionOfPart({ words, start, verbs }: Part, { future, past }: Signs): Direction {
  const within = verbs.filter((verb) => verb.start >= start && verb.end <= start + words.length);
  const cue = [...words.matchAll(future)].at(-1);
  const cueEnd = cue ? cue.index + cue[0].length : 0;
  const last = within.filter((verb) => verb.start - start >= cueEnd).at(-1);
  const since = words.slice(cueEnd);
  if (last?.tells === 'plan') {
    const rest = words.slice(last.end - start);
    return past.test(rest) ? 'back' : AFTER_EVENT.test(rest) || OF_MISFORTUNE.test(rest) ? 'either' : 'ahead';
  }
  if (past.test(since) || last?.tells === 'past') return 'back';
  return cue ? 'ahead' : 'either';
}

/** Up to the comma behind an auxiliary, which is a verb of its own. */
const CLAUSE_WITH_VERB =
  /^((?:(?!\s(?:is|are|am|has|have|had|was|were|does|do)\s)[^;:–—])*(?:\s(?:is|are|am|has|have|had|was|were|does|do)\s[^,;:–—]*)?)/u;

/** Whether a clause has a verb that we know: of what will be, was or is said. */
function tells({ words, start, verbs }: Part, { future, past, reporting }: Signs): boolean {
  const hasSign = words.search(future) >= 0 || past.test(words);
  const hasVerb = verbs.some((verb) => verb.start >= start && verb.end <= start + words.length);
  return hasSign || hasVerb || [...words.matchAll(/\p{L}+/gu)].some(([word]) => reporting.has(word));
}

/**
 * An expression that opens its clause ("; on 3 May it will …") has its sign behind it; the first one counts, and none
 * of what somebody only says ("On Monday she said it will …"). Where the verbs are known, it may come behind a comma
 * ("On Friday, after years of repairs, the organ sounds again").
 */
function directionOfRest(
  { words, start, verbs }: Part,
  { future, past, reporting, verbsOf }: Signs,
): Direction | undefined {
  const clause = (verbsOf ? CLAUSE_WITH_VERB : /^[,\s]*([^,;:–—]*)/u).exec(words)?.[1] ?? '';
  const offset = words.indexOf(clause);
  const within = verbs
    .map((verb) => ({ ...verb, at: verb.start - start - offset }))
    .filter(({ at }) => at >= 0 && at < clause.length);
  const firstOf = (tells: VerbSign['tells']) => within.find((verb) => verb.tells === tells)?.at ?? Infinity;
  const ahead = Math.min([...clause.matchAll(future)][0]?.index ?? Infinity, firstOf('plan'));
  const back = Math.min(past.exec(clause)?.index ?? Infinity, firstOf('past'));
  const said = [...clause.matchAll(/\p{L}+/gu)].find(([word]) => reporting.has(word))?.index ?? Infinity;
  if (Math.min(said, firstOf('other')) < Math.min(ahead, back) || ahead === back) return undefined;
  return ahead < back ? 'ahead' : 'back';
}

function numericReaders(language: string): Reader[] {
  return [
    {
      pattern: /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/g,
      needs: 'digit',
      read: (match) => wholeDay(match, match[1], match[2], match[3]),
    },
    {
      pattern: /(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])/g,
      needs: 'digit',
      read: (match) =>
        language === 'en' && Number(match[3]) > 12
          ? wholeDay(match, match[4], match[1], match[3])
          : wholeDay(match, match[4], match[3], match[1]),
    },
    {
      pattern: /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]/g,
      needs: 'digit',
      read: (match) => wholeDay(match, match[1], match[2], match[3]),
    },
    {
      pattern: /(?<!\d|[年년]\s?)(\d{1,2})[月월]\s?(\d{1,2})[日号號일]/g,
      needs: 'digit',
      read: (match, anchor) => dayOfMonth(match, Number(match[1]), Number(match[2]), undefined, anchor),
    },
    ...(UNSPACED_DAYS[language] ?? []).map(([pattern, days]): Reader => ({
      pattern,
      needs: 'nothing',
      read: daysFromNow(days),
    })),
  ];
}

function verbalReaders(calendar: Calendar): Reader[] {
  const { pattern } = calendar;
  const monthOf = (match: RegExpExecArray) =>
    calendar.months.get(match.groups!.month!.toLowerCase().replace(/\.$/, '')) ?? 0;
  const readDays = (match: RegExpExecArray, anchor?: Anchor): Found[] => {
    const { day, from, year } = match.groups!;
    // "Imposed from 17 to 20 June": what began may end later.
    const opening = Number(/\d+/.exec(from ?? '')?.[0] ?? day);
    const began = !year && anchor?.direction() === 'back' && nearestYear(anchor.day, monthOf(match), opening, 'back');
    const last = dayOfMonth(match, monthOf(match), Number(day), began ? String(began) : year, anchor);
    if (!from || !last.length) return last;
    const fromAt = match[0].indexOf(from);
    const opensWithMonth = match[0].startsWith(match.groups!.month!);
    const start = match.index + match[0].indexOf(day!, fromAt + from.length);
    const first = [...from.matchAll(/\d+/g)].flatMap(({ index, 0: one }) => {
      const oneStart = match.index + fromAt + index;
      // "November 2 and 9": the month goes with the first.
      const opens = index === 0 && opensWithMonth ? match.index : oneStart;
      const found = dayOfMonth(match, monthOf(match), Number(one), last[0]!.value.slice(0, 4), anchor);
      return found.map(({ value }) => ({ start: opens, end: oneStart + one.length, value }));
    });
    return [...first, ...last.map(({ end, value }) => ({ start, end, value }))];
  };
  return [
    {
      pattern: pattern.dayMonth,
      needs: 'month',
      read: (match, anchor) => (isCapitalised(match, calendar) && !isStreet(match) ? readDays(match, anchor) : []),
    },
    {
      pattern: pattern.monthDay,
      needs: 'month',
      read: (match, anchor) => (isCapitalised(match, calendar) && !isStreet(match) ? readDays(match, anchor) : []),
    },
    {
      pattern: pattern.monthYear,
      needs: 'month',
      read: (match) => [at(match, isoMonth(Number(match.groups!.year), monthOf(match)))],
    },
    {
      pattern: pattern.feast,
      needs: 'word',
      read: (match, anchor) => (namesFurther(match, calendar) ? [] : feast(match, calendar, anchor)),
    },
    { pattern: pattern.beforeYesterday, needs: 'word', read: daysFromNow(-2) },
    { pattern: pattern.afterTomorrow, needs: 'word', read: daysFromNow(2) },
    { pattern: pattern.yesterday, needs: 'word', read: daysFromNow(-1) },
    { pattern: pattern.today, needs: 'word', read: daysFromNow(0) },
    { pattern: pattern.tomorrow, needs: 'word', read: daysFromNow(1) },
    {
      pattern: pattern.weekday,
      needs: 'word',
      read: (match, anchor) => (isNameLike(match, calendar) ? [] : weekday(match, calendar, anchor)),
    },
    { pattern: pattern.ago, needs: 'word', read: (match, anchor) => ago(match, calendar, anchor) },
    { pattern: pattern.dayOnly, needs: 'digit', read: dayOnly },
    {
      pattern: pattern.month,
      needs: 'word',
      read: (match, anchor) =>
        isNameLike(match, calendar) || isNoMonth(match) ? [] : month(match, monthOf(match), calendar, anchor),
    },
    { pattern: pattern.bracketedYears, needs: 'digit', read: years },
    { pattern: pattern.year, needs: 'digit', read: (match) => (isQuantity(match) ? [] : years(match)) },
  ];
}

function daysFromNow(days: number): Reader['read'] {
  return (match, anchor) => (anchor && !isInnerCapital(match) ? [at(match, isoDay(addDays(anchor.day, days)))] : []);
}

function wholeDay(match: RegExpExecArray, year?: string, month?: string, day?: string): Found[] {
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return isRealDay(date) ? [at(match, isoDay(date))] : [];
}

function dayOfMonth(
  match: RegExpExecArray,
  month: number,
  day: number,
  year: string | undefined,
  anchor?: Anchor,
): Found[] {
  const known = year ? Number(year) : anchor && nearestYear(anchor.day, month, day, anchor.direction());
  if (known === undefined) return [];
  const date = { year: known, month, day };
  return isRealDay(date) ? [at(match, isoDay(date))] : [];
}

/** An ordinal alone may count holes or floors, or days of a month named before: it is one to come or none. */
function dayOnly(match: RegExpExecArray, anchor?: Anchor): Found[] {
  const direction = anchor?.direction();
  if (!anchor || !direction || (match.groups!.ordinal && direction !== 'ahead')) return [];
  return [at(match, isoDay(nearestMonth(anchor.day, Number(match.groups!.day), direction)))];
}

function weekday(match: RegExpExecArray, calendar: Calendar, anchor?: Anchor): Found[] {
  const { weekday: name, this: thisOne, last, next, lastAfter, nextAfter, pastSuffix } = match.groups!;
  const { weekBefore, weekAfter, toCome, number } = match.groups!;
  const wanted = calendar.weekdays.get(name!.toLowerCase()) ?? 0;
  if (!anchor) return [at(match, `XXXX-WXX-${wanted || 7}`)];
  const today = new Date(Date.UTC(anchor.day.year, anchor.day.month - 1, anchor.day.day)).getUTCDay();
  const back = (today - wanted + 7) % 7;
  const ahead = (wanted - today + 7) % 7;
  if (weekBefore) return [at(match, isoDay(addDays(anchor.day, -back - 7)))];
  if (weekAfter) return [at(match, isoDay(addDays(anchor.day, ahead + 7)))];
  const numbered = number && dayNumbered(Number(number), anchor.day, [ahead, -back]);
  if (numbered) return [at(match, numbered)];
  if (last || lastAfter || pastSuffix) return [at(match, isoDay(addDays(anchor.day, -(back || 7))))];
  if (next || nextAfter) return [at(match, isoDay(addDays(anchor.day, ahead || 7)))];
  if (toCome !== undefined) return [at(match, isoDay(addDays(anchor.day, ahead)))];
  const direction = anchor.direction();
  const isAhead = direction === 'ahead' || (thisOne && direction === 'either');
  return [at(match, isoDay(addDays(anchor.day, isAhead ? ahead : -back)))];
}

/** The day of that number, so many days away or whole weeks further: the nearest one. */
function dayNumbered(number: number, today: Day, [ahead, back]: [number, number]): string | undefined {
  const distances = [0, 7, 14, 21, 28].flatMap((days) => [ahead + days, back - days]);
  const fitting = distances.filter((distance) => addDays(today, distance).day === number);
  const nearest = fitting.sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  return nearest === undefined ? undefined : isoDay(addDays(today, nearest));
}

function month(match: RegExpExecArray, wanted: number, calendar: Calendar, anchor?: Anchor): Found[] {
  if (!anchor) return [];
  const { year, month: current } = anchor.day;
  const words = match[0].split(/\s/);
  const isLast = words.some((word) => calendar.last.test(word));
  const isNext = words.some((word) => calendar.next.test(word));
  if (isNext || (anchor.direction() === 'ahead' && !isLast))
    return [at(match, isoMonth(wanted < current || (isNext && wanted === current) ? year + 1 : year, wanted))];
  return [at(match, isoMonth(wanted > current || (isLast && wanted === current) ? year - 1 : year, wanted))];
}

function feast(match: RegExpExecArray, { feasts }: Calendar, anchor?: Anchor): Found[] {
  const { feast: name, year } = match.groups!;
  const named = feasts.get(name!.toLowerCase().replace('’', "'"))!;
  if (named.startsWith('E')) {
    const offset = Number(named.slice(1));
    if (year) return [at(match, isoDay(addDays(easterSunday(Number(year)), offset)))];
    return anchor ? [at(match, isoDay(nearestFromEaster(anchor.day, offset, anchor.direction())))] : [];
  }
  const [month, day] = named.split('-');
  return dayOfMonth(match, Number(month), Number(day), year, anchor);
}

/** "in 2004, 2008": each year of a list. */
function years(match: RegExpExecArray): Found[] {
  return [...match[0].matchAll(/\d{4}/g)].map(({ index, 0: year }) => {
    const start = match.index + index;
    return { start, end: start + year.length, value: year };
  });
}

function ago(match: RegExpExecArray, calendar: Calendar, anchor?: Anchor): Found[] {
  if (!anchor) return [];
  const [, amount = '', unit = ''] = match;
  const count = Number(amount) || (calendar.numbers.get(amount.toLowerCase()) ?? 0);
  const kind = calendar.units.findIndex((name) => unit.toLowerCase().startsWith(name));
  const { year, month: current } = anchor.day;
  if (kind === 0) return [at(match, isoDay(addDays(anchor.day, -count)))];
  if (kind === 1) return [at(match, isoDay(addDays(anchor.day, -7 * count)))];
  if (kind === 3) return [at(match, String(year - count))];
  const months = year * 12 + current - 1 - count;
  return [at(match, isoMonth(Math.floor(months / 12), (months % 12) + 1))];
}

/** What may open a sentence right before a day or month, in English and German. */
const OPENS_BEFORE_DAY =
  /^(?:On|In|Since|By|From|Until|Till|Last|Next|This|During|Late|Early|Every|Before|After|Between|Through|For|Around|And|The|Am|Im|Bis|Seit|Ab|Vom|Von|Zum|Nach|Vor|Zwischen|Anfang|Mitte|Ende)$/;

/** "May" and "March" are words too, and "Sunday Times", "June Carter" and "Good Friday" are names. */
function isNameLike(match: RegExpExecArray, calendar: Calendar): boolean {
  const name = match.groups!.weekday ?? match.groups!.month!;
  const rest = match.input.slice(match.index + match[0].length);
  // "Le Dimanche" is a paper, "Sabato De Luca" a man.
  if (!writesCapitals(calendar)) {
    const opensName = /^\p{Lu}/u.test(name) && /^\s\p{Lu}\p{Ll}/u.test(rest);
    return match.groups!.weekday !== undefined && (isInnerCapital(match) || opensName);
  }
  if (!/^\p{Lu}/u.test(name)) return true;
  const before = /([^\s"“‘«„(]+)\s$/.exec(match.input.slice(0, match.index))?.[1] ?? '';
  if (/^\s&\s\p{Lu}/u.test(rest) || isNamedSo(match.input.slice(0, match.index), rest)) return true;
  // "Hosts Norvik next Sunday": a small word parts the day from the name before it.
  const isApart = /^\p{Ll}/u.test(match[0]);
  if (!isApart && /^\p{Lu}\p{Ll}+$/u.test(before) && !OPENS_BEFORE_DAY.test(before)) return true;
  // "am Montag Männer festgenommen": in German any noun may follow a day that a preposition or an article opens.
  if (isGerman(calendar) && /^\p{L}+$/u.test(before)) return false;
  const opensMarks = /["“‘«„]$/.test(match.input.slice(0, match.index));
  const after = (opensMarks ? /^(?:['’]s)?\s(\p{Lu}\p{L}+)/u : /^\s(\p{Lu}\p{L}+)/u).exec(rest)?.[1];
  if (after === undefined || calendar.weekdays.has(after.toLowerCase()) || calendar.months.has(after.toLowerCase()))
    return false;
  return opensMarks || !isTime(match, before, after);
}

const ON_DAY = /^(?:on|last|next|this)$/i;
const IN_MONTH = /^(?:in|since|by|until|till|last|next|this|during|from|early|late|mid)$/i;
/** What makes a programme of the day before it. */
const PROGRAMME = /^(?:Night|Morning|Live|Brunch|Football)$/;
const HONORIFIC =
  /^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|President|Prime|Judge|King|Queen|Prince|Princess|Pope|Professor)$/;

/** "On Tuesday President Holt said", "In July Holt left": a time and then a name, but not "on Saturday Night Live". */
function isTime({ groups }: RegExpExecArray, before: string, after: string): boolean {
  const { weekday: day, month: name, last, next, this: thisOne } = groups!;
  if (day !== undefined) return (ON_DAY.test(before) || !!(last ?? next ?? thisOne)) && !PROGRAMME.test(after);
  return IN_MONTH.test(before) && (HONORIFIC.test(after) || !MONTHS_AND_NAMES.has(name!.toLowerCase()));
}

/** "A parrot called Friday", but not "the union called Friday for a truce". */
function isNamedSo(before: string, rest: string): boolean {
  const isName = /(?<!\p{L})(?:called|named|nicknamed|christened|dubbed)\s$/u.test(before);
  const isPassive = /(?<!\p{L})(?:was|were|been)\s(?:[\p{L}]+\s){0,3}\p{L}+\s$/u.test(before) && /^[,.]/.test(rest);
  return isName && !isPassive && !/^(?:['’]s|\s(?:for|to|as|on|that))(?!\p{L})/u.test(rest);
}

/** "the Christmas Eve Fair": named after the day. In German any noun may follow a day. */
function namesFurther({ input, index, 0: words }: RegExpExecArray, calendar: Calendar): boolean {
  return !isGerman(calendar) && /^\s\p{Lu}/u.test(input.slice(index + words.length));
}

/** "the Today programme", "heute Morgen": a capital in mid-sentence makes the word a name or another noun. */
function isInnerCapital({ input, index, 0: word }: RegExpExecArray): boolean {
  return /^\p{Lu}/u.test(word) && /[\p{L}\p{N},;]\s$/u.test(input.slice(0, index));
}

function isCapitalised(match: RegExpExecArray, calendar: Calendar): boolean {
  return !writesCapitals(calendar) || /^\p{Lu}/u.test(match.groups!.month!);
}

/** "in mar." may be a word at the end of a sentence, "9 de Julio" in "avenida 9 de Julio" is no month. */
function isNoMonth({ input, index, groups }: RegExpExecArray): boolean {
  return /^\p{Ll}{1,3}\.$/u.test(groups!.month!) || /\d\sde\s$/.test(input.slice(0, index));
}

/** "avenida 9 de Julio", "Piazza 25 Aprile", "7 April Road": named for a day. */
function isStreet({ input, index, 0: words }: RegExpExecArray): boolean {
  if (/^\s(?:Street|Road|Avenue|Square|Lane|Boulevard|Bridge|Stadium)\b/.test(input.slice(index + words.length)))
    return true;
  const street =
    /(?<!\p{L})(?:avenida|av\.|calle|plaza|estadio|rua|praça|avenue|rue|boulevard|quai|via|viale|piazza|corso|straße|platz)\s(?:d[eou]s?\s)?$/iu;
  return /^(?:du\s|des\s)?\d/iu.test(words) && street.test(input.slice(0, index));
}

/** English and German write months and days with a capital. */
function writesCapitals(calendar: Calendar): boolean {
  return calendar.months.has('march') || isGerman(calendar);
}

function isGerman({ months }: Calendar): boolean {
  return months.has('märz');
}

/** "from 1950 to 2010 crowns", "the 2000s": a number of things, a decade. */
function isQuantity(match: RegExpExecArray): boolean {
  const after = match.input.slice(match.index + match[0].length);
  const before = match.input.slice(0, match.index);
  if (
    /^(?:s\b|[,.]\d|%|-[\d\p{L}]|\s?(?:met(?:re|er)s?|feet|k?m|miles?|kg|tonnes?|tons?|cc|hp|people|percent|per cent)(?!\p{L}))/u.test(
      after,
    )
  )
    return true;
  // "pages 1984 to 1997": a run of numbers.
  if (/\b(?:pages|rooms|lines|flights|lots|seats|numbers|Seiten|páginas|pagine)\s\d{4}\s\p{L}{1,7}\s$/u.test(before))
    return true;
  if (/[\d$€£]\s?$/.test(before)) return true;
  // "a 1776 Room".
  if (/\ban?\s$/i.test(before) && /^\s\p{Lu}/u.test(after)) return true;
  // "sank von 2040 auf 1990": what changes from one number to another.
  if (/^\s(?:auf|naar)\s\d/.test(after)) return true;
  // German nouns: "vor 2014 Zuschauern", "hat 2014 Mitglieder".
  if (
    /\b(?:vor|mit|von|für|über|rund|etwa|noch|ha(?:t|tten?|ben)|will|wollen|soll(?:en)?|wird|werden|ist|sind)\s$/i.test(
      before,
    ) &&
    /^\s\p{Lu}\p{Ll}/u.test(after)
  )
    return true;
  return (
    /\b(?:for|to|of|about|around|from|by|after|before)\s$/i.test(before) &&
    /^\s\p{Ll}+s\b/u.test(after) &&
    !/^\s(?:was|is|has|its|his|this|as)\b/.test(after)
  );
}

function at(match: RegExpExecArray, value: string): Found {
  return { start: match.index, end: match.index + match[0].trimEnd().length, value };
}
