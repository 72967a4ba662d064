const GROUPED = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** What stands where the system has no figure. */
export const NO_FIGURE = '–';

/** A count in full: `12,480`. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NO_FIGURE : GROUPED.format(value);
}

/** A count that fits a small place: `12.5k`; in full below ten thousand. */
export function shortCount(value: number | null | undefined): string {
  if (value === null || value === undefined) return NO_FIGURE;
  return Math.abs(value) < 10_000 ? GROUPED.format(value) : COMPACT.format(value).toLowerCase();
}

/** A rate per second with as many digits as it deserves: `0.04`, `3.2`, `41`, `1,204`. */
export function rate(perSecond: number | null | undefined): string {
  if (perSecond === null || perSecond === undefined) return NO_FIGURE;
  if (perSecond === 0) return '0';
  if (perSecond < 0.01) return '<0.01';
  if (perSecond < 1) return perSecond.toFixed(2);
  return perSecond < 10 ? perSecond.toFixed(1) : GROUPED.format(Math.round(perSecond));
}

/** A share between 0 and 1 as percent. Only all is 100 %, and only nothing is 0 %. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return NO_FIGURE;
  if (share === 0 || share === 1) return `${share * 100} %`;
  if (share < 0.001) return '<0.1 %';
  if (share > 0.999) return '>99.9 %';
  return `${(share * 100).toFixed(share < 0.1 || share > 0.9 ? 1 : 0)} %`;
}

/** A size in decimal units: `512 B`, `4.2 kB`. */
export function bytes(size: number | null | undefined): string {
  if (size === null || size === undefined) return NO_FIGURE;
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

/** A noun with its count: `1 item`, `12 items`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${GROUPED.format(value)} ${value === 1 ? one : many}`;
}
