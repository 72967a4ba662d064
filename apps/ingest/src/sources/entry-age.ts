import type { SourceSpec } from '@wireroom/contracts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A sitemap may list a site's whole past; news ones hold two days. */
const USUAL_MAX_AGE_DAYS: Partial<Record<SourceSpec['kind'], number>> = { sitemap: 7 };

/** Whether an entry is older than the source is to look back. One without a date is not. */
export function isTooOld(
  date: string | null | undefined,
  { spec, now }: { spec: Pick<SourceSpec, 'kind' | 'maxAgeDays'>; now: Date },
): boolean {
  const days = spec.maxAgeDays ?? USUAL_MAX_AGE_DAYS[spec.kind];
  if (days === undefined || date === undefined || date === null) return false;
  return Date.parse(date) < now.getTime() - days * DAY_MS;
}
