import type { AgencyItem, PublishingStatus } from './agency-item.js';

const STATUSES: Record<string, PublishingStatus> = {
  usable: 'usable',
  withheld: 'withheld',
  withhold: 'withheld',
  canceled: 'canceled',
  cancelled: 'canceled',
  killed: 'canceled',
  kill: 'canceled',
  deleted: 'canceled',
  delete: 'canceled',
};

/** A status from its name, qcode (`stat:usable`) or address; others, such as "embargoed", say nothing about use. */
export function statusOf(text: string | undefined): PublishingStatus | undefined {
  const name = text?.split(/[:/#]/).at(-1)?.trim().toLowerCase() ?? '';
  return Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined;
}

/** Whether a status, whatever its case, is that of an item under embargo. */
export function isEmbargoed(status: string | undefined): boolean {
  return status?.split(/[:/#]/).at(-1)?.trim().toLowerCase() === 'embargoed';
}

/** An embargo with its end. One whose end can't be read still holds: to publish too early can't be undone. */
export function embargoOf(isThere: boolean, end: string | undefined): Pick<AgencyItem, 'embargo' | 'embargoOpen'> {
  if (end !== undefined) return { embargo: end };
  return isThere ? { embargoOpen: true } : {};
}

/** What a version is for from the name, qcode (`sig:correction`) or address of a signal; others say nothing of it. */
export function instructionOf(text: string | undefined): 'correction' | 'update' | undefined {
  const name = text?.split(/[:/#]/).at(-1)?.trim().toLowerCase();
  return name === 'correction' || name === 'update' ? name : undefined;
}

/** An urgency of 0 to 9; anything else is `undefined`. */
export function urgencyOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d\s*$/.test(text) ? Number(text) : undefined;
}
