const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The periods a view can be asked for by name, shortest first. */
export const PERIODS = { '15m': 15 * MINUTE, '1h': HOUR, '6h': 6 * HOUR, '24h': DAY, '7d': 7 * DAY } as const;
export type PeriodName = keyof typeof PERIODS;

export interface Period {
  from: string;
  to: string;
}

export function isPeriodName(text: string | undefined): text is PeriodName {
  return text !== undefined && Object.hasOwn(PERIODS, text);
}

/**
 * The period of a name, up to now. Whole minutes, so that a view asked twice in a minute asks the same question and
 * is answered from what it knows.
 */
export function periodOf(name: PeriodName, now: number): Period {
  const to = Math.ceil(now / MINUTE) * MINUTE;
  return { from: new Date(to - PERIODS[name]).toISOString(), to: new Date(to).toISOString() };
}

/** What a `datetime-local` field shows for a moment, in the viewer's zone. */
export function toLocalField(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}

/** The moment a `datetime-local` field names, in UTC; undefined where it names none. */
export function fromLocalField(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
