import { ValidateBy } from 'class-validator';

const DAY = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?`;
const ZONE = String.raw`(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)`;

/** A year, month, day or time of day in the extended format of ISO 8601, as in W3C's note on dates and times. */
const TIMESTAMP = new RegExp(String.raw`^(\d{4}|\d{4}-(0[1-9]|1[0-2])|${DAY}(${TIME}${ZONE}?)?)$`);

/** A date-time of RFC 3339 whose seconds may be missing. */
const INSTANT = new RegExp(`^${DAY}${TIME}${ZONE}$`);

/** A point in time as precise as its source gave it: `2026`, `2026-03-01`, `2026-03-01T08:00`, with or without zone. */
export function IsTimestamp(): PropertyDecorator {
  return matchesCalendar(TIMESTAMP, 'a date or a date and time such as 2026-03-01 or 2026-03-01T08:00:00Z');
}

/** A moment, the same in every zone: date, time and time zone. Unlike most of ISO 8601, `Date` reads all of these. */
export function IsInstant(): PropertyDecorator {
  return matchesCalendar(INSTANT, 'a date and time with its time zone, such as 2026-03-01T08:00:00Z');
}

function matchesCalendar(pattern: RegExp, description: string): PropertyDecorator {
  return ValidateBy({
    name: 'matchesCalendar',
    constraints: [pattern],
    validator: {
      validate: (value: unknown) => typeof value === 'string' && pattern.test(value) && dayExists(value),
      defaultMessage: (args) => `${args?.property ?? 'value'} must be ${description}`,
    },
  });
}

/** Every month has this many days. */
const SURE_DAYS = 28;

/** A timestamp without a day has none that could be wrong. */
function dayExists(timestamp: string): boolean {
  const day = Number(timestamp.slice(8, 10));
  if (day <= SURE_DAYS) return true;
  const [year, month] = [Number(timestamp.slice(0, 4)), Number(timestamp.slice(5, 7))];
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
