/** Zone names of RFC 822 and those that news sites write, as hours east of UTC. */
const NAMED_HOURS: Record<string, number> = {
  ...{ ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, bst: 1, west: 1, cet: 1, met: 1, mez: 1, cest: 2, mest: 2, mesz: 2 },
  ...{ eet: 2, eest: 3, sast: 2, cat: 2, eat: 3, wat: 1, msk: 3, trt: 3, gst: 4, pkt: 5, ist: 5.5, npt: 5.75 },
  ...{ ict: 7, wib: 7, hkt: 8, sgt: 8, myt: 8, awst: 8, jst: 9, kst: 9, acst: 9.5, acdt: 10.5, aest: 10, aedt: 11 },
  ...{ nzst: 12, nzdt: 13, brt: -3, art: -3, clt: -4, clst: -3, nst: -3.5, ndt: -2.5 },
  ...{ ast: -4, adt: -3, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 },
  ...{ akst: -9, akdt: -8, hst: -10, hast: -10 },
};

/** North American names that leave open whether it is summer. */
const GENERIC_HOURS: Record<string, number> = { at: -4, et: -5, ct: -6, mt: -7, pt: -8 };

const OFFSET = /^(?:gmt|utc|ut)?([+-])(\d{1,2}):?(\d{2})?$/i;
const NAME = /^[a-z]{1,5}$/i;
const PLACE = /^[a-z_]+(?:\/[a-z0-9_+-]+){1,2}$/i;

/**
 * A zone as minutes east of UTC: `+0200`, `-05:30`, `GMT+1`, `EDT`, `ET`, `Europe/Oslo`. A name nobody listed counts as UTC, as
 * RFC 2822 section 4.3 asks. `undefined` for what can't be a zone.
 */
export function zoneMinutes(text: string): number | ((local: number) => number) | undefined {
  const [, sign, hours = '', minutes = '0'] = OFFSET.exec(text) ?? [];
  if (sign !== undefined) return signed(sign, Number(hours), Number(minutes));
  if (PLACE.test(text)) return (local) => offsetAt(text, local);
  if (!NAME.test(text)) return undefined;
  const name = text.toLowerCase();
  const generic = GENERIC_HOURS[name];
  if (generic !== undefined) return (local) => (generic + (isAmericanSummer(local) ? 1 : 0)) * 60;
  return (NAMED_HOURS[name] ?? 0) * 60;
}

function signed(sign: string, hours: number, minutes: number): number | undefined {
  if (hours > 18 || minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** What the time zone database says of a place; UTC for one it does not know. */
function offsetAt(place: string, local: number): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: place, timeZoneName: 'longOffset' });
    const written = format.formatToParts(local).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = OFFSET.exec(written) ?? [];
    return signed(sign, Number(hours), Number(minutes)) ?? 0;
  } catch {
    return 0;
  }
}

/** Second Sunday of March to first Sunday of November, 2 a.m. (Energy Policy Act of 2005). */
function isAmericanSummer(local: number): boolean {
  const year = new Date(local).getUTCFullYear();
  const twoOClock = 2 * 3_600_000;
  return local >= sunday(year, 2, 2) + twoOClock && local < sunday(year, 10, 1) + twoOClock;
}

function sunday(year: number, month: number, nth: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + (nth - 1) * 7);
}
