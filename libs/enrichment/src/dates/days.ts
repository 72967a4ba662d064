/** A calendar day, month 1 to 12. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

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

export function isoDay({ year, month, day }: Day): string {
  return `${isoMonth(year, month)}-${String(day).padStart(2, '0')}`;
}

export function isoMonth(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}
