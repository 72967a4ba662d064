const MINUTE = 60_000;

const DAY = 24 * 60 * MINUTE;

/**
 * Lengths of the parts of time that are added up, milliseconds; whole parts since 1970, so days are days of UTC and weeks
 * begin on Thursdays.
 */
export const GRAINS = { minute: MINUTE, tenMinutes: 10 * MINUTE, hour: 60 * MINUTE, day: DAY, week: 7 * DAY } as const;
export type Grain = keyof typeof GRAINS;

/** A half-open range of whole parts. */
export interface Stretch {
  grain: Grain;
  from: Date;
  to: Date;
}

export function floorTo(grain: Grain, at: Date): Date {
  return new Date(Math.floor(at.getTime() / GRAINS[grain]) * GRAINS[grain]);
}

export function ceilTo(grain: Grain, at: Date): Date {
  return new Date(Math.ceil(at.getTime() / GRAINS[grain]) * GRAINS[grain]);
}

/**
 * Splits a period into as few parts as it can be read in: the coarsest grain in the middle, finer ones at its ends.
 *
 * @param grains coarse to fine; the ends of the period are whole parts of the last
 */
export function splitPeriod(from: Date, to: Date, [grain, ...finer]: readonly [Grain, ...Grain[]]): Stretch[] {
  if (from >= to) return [];
  const [next, ...rest] = finer;
  if (next === undefined) return [{ grain, from, to }];
  const start = ceilTo(grain, from);
  const end = floorTo(grain, to);
  if (start >= end) return splitPeriod(from, to, [next, ...rest]);
  return [
    ...splitPeriod(from, start, [next, ...rest]),
    { grain, from: start, to: end },
    ...splitPeriod(end, to, [next, ...rest]),
  ];
}
