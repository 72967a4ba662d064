import type { SpanData } from '@wireroom/contracts';
import { ENGLISH_MONTHS } from '../text/english-times.js';
import type { TextIndex } from '../text/text-index.js';
import type { Token } from '../text/tokens.js';
import type { NameSpan } from './name-span.js';
import { isCapital, isDash, knownKind, wordAt } from './name-words.js';

/** Tokens of an agency's name in brackets. */
const LONGEST_AGENCY = 6;
const LONGEST_REGION = 3;

/** The names of a document, with those of its dateline ("VARNO, Norrland (AP) —") as places. */
export function withDateline(tokens: readonly Token[], names: readonly NameSpan[]): NameSpan[] {
  const places = datelinePlaces(tokens);
  const others = names.filter((name) => !places.some(({ first, last }) => name.first < last && name.last > first));
  return [...places, ...others];
}

/**
 * "Varno, Norrland (AP) — Shares fell", as the article's dateline tells it: names end with it, and are places outside its
 * brackets. What it says without capitals is not seen by `withDateline`, which is not told.
 */
export function withinDateline(
  { body, tokens }: TextIndex,
  names: readonly NameSpan[],
  dateline: SpanData | undefined,
): readonly NameSpan[] {
  if (!dateline) return names;
  const words = body.slice(dateline.start, dateline.end);
  const isAgency = (at: number) => words.lastIndexOf('(', at) > words.lastIndexOf(')', at);
  return names.map((name) => {
    const start = tokens[name.first]!.start;
    if (start < dateline.start || start >= dateline.end) return name;
    const last = lastWithin(tokens, name, dateline.end);
    return { ...name, last, type: isAgency(start - dateline.start) ? name.type : 'place' };
  });
}

function datelinePlaces(tokens: readonly Token[]): NameSpan[] {
  const cityEnd = endOfShouted(tokens);
  if (cityEnd === 0) return [];
  const regionEnd = wordAt(tokens, cityEnd) === ',' ? endOfRegion(tokens, cityEnd + 1) : cityEnd;
  const dayEnd = pastDay(tokens, regionEnd);
  const agencyEnd = pastAgency(tokens, dayEnd);
  const city: NameSpan = { type: 'place', first: 0, last: cityEnd };
  // "EXCLUSIVE - …" shouts as well.
  const isSure = agencyEnd > cityEnd || knownKind(tokens, city) !== undefined;
  if (!isSure || !/^[-–—]$/.test(wordAt(tokens, agencyEnd))) return [];
  const isAbbreviated = wordAt(tokens, regionEnd - 1).endsWith('.');
  if (regionEnd === cityEnd || isAbbreviated) return [city];
  return [city, { type: 'place', first: cityEnd + 1, last: regionEnd }];
}

/** "ST. ALBAN", "NEW YORK": the words in capitals that open the text. */
function endOfShouted(tokens: readonly Token[]): number {
  let at = 0;
  while (/^(?:\p{Lu}[\p{Lu}'’]+|[.-](?=.?$))$/u.test(tokens[at]?.text ?? '') && !isDash(tokens, at)) at++;
  return tokens.slice(0, at).some(({ text }) => text.length > 2) ? at : 0;
}

/** "Norrland", "Mo.", "British Columbia". */
function endOfRegion(tokens: readonly Token[], first: number): number {
  let at = first;
  while (at < first + LONGEST_REGION && isCapital(tokens, at) && !ENGLISH_MONTHS.has(wordAt(tokens, at))) at++;
  if (at === first) return first - 1;
  return wordAt(tokens, at) === '.' ? at + 1 : at;
}

function pastDay(tokens: readonly Token[], at: number): number {
  const month = wordAt(tokens, at) === ',' ? at + 1 : at;
  if (!ENGLISH_MONTHS.has(wordAt(tokens, month).replace(/\.$/, ''))) return at;
  return /^\d{1,2}$/.test(wordAt(tokens, month + 1)) ? month + 2 : at;
}

function pastAgency(tokens: readonly Token[], at: number): number {
  if (wordAt(tokens, at) !== '(') return at;
  const close = tokens.slice(at, at + LONGEST_AGENCY).findIndex(({ text }) => text === ')');
  return close < 0 ? at : at + close + 1;
}

function lastWithin(tokens: TextIndex['tokens'], { first, last }: NameSpan, end: number): number {
  let within = last;
  while (within > first + 1 && tokens[within - 1]!.end > end) within--;
  return within;
}
