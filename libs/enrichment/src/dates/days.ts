/** A calendar day, month 1 to 12. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

const MILLISECONDS_A_DAY = 86_400_000;

/** The day an ISO 8601 time names, in the zone it is written in. */
export function dayOf(iso: string | undefined): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? '');
  if (!match) return undefined;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isRealDay(day) ? day : undefined;
}

export function addDays({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function isRealDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The year that puts a day of the year ahead of `anchor`, behind it (the day itself is either), or nearest to it. */
export function nearestYear(anchor: Day, month: number, day: number, direction: 'ahead' | 'back' | 'either'): number {
  const distance = (year: number) =>
    Date.UTC(year, month - 1, day) - Date.UTC(anchor.year, anchor.month - 1, anchor.day);
  const years = [anchor.year - 1, anchor.year, anchor.year + 1].filter(
    (year) => direction === 'either' || (direction === 'ahead' ? distance(year) >= 0 : distance(year) <= 0),
  );
  return years.reduce((best, year) => (Math.abs(distance(year)) < Math.abs(distance(best)) ? year : best));
}

/** The day of that number that lies ahead of `anchor`, behind it (the day itself is either), or nearest to it. */
export function nearestMonth(anchor: Day, day: number, direction: 'ahead' | 'back' | 'either'): Day {
  const days = [-2, -1, 0, 1, 2]
    .map((months) => ({ ...addDays({ year: anchor.year, month: anchor.month + months, day: 1 }, 0), day }))
    .filter((one) => isRealDay(one));
  return nearest(anchor, days, direction);
}

/** Easter Sunday of a year in the Gregorian calendar (by the anonymous algorithm of 1876, as Meeus gives it). */
export function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * shift + 114;
  return { year, month: Math.floor(days / 31), day: (days % 31) + 1 };
}

/** The day so many days from Easter that lies ahead of `anchor`, behind it, or nearest to it. */
export function nearestFromEaster(anchor: Day, offset: number, direction: 'ahead' | 'back' | 'either'): Day {
  const days = [anchor.year - 1, anchor.year, anchor.year + 1].map((year) => addDays(easterSunday(year), offset));
  return nearest(anchor, days, direction);
}

function nearest(anchor: Day, days: readonly Day[], direction: 'ahead' | 'back' | 'either'): Day {
  const fitting = days.filter((day) => {
    const distance = daysBetween(anchor, day);
    return direction === 'either' || (direction === 'ahead' ? distance >= 0 : distance <= 0);
  });
  return fitting.reduce((best, day) =>
    Math.abs(daysBetween(anchor, day)) < Math.abs(daysBetween(anchor, best)) ? day : best,
  );
}

function daysBetween(from: Day, to: Day): number {
  return (Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / MILLISECONDS_A_DAY;
}

export function isoDay({ year, month, day }: Day): string {
  return `${isoMonth(year, month)}-${String(day).padStart(2, '0')}`;
}

export function isoMonth(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}
