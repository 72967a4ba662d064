/** How many items came to what. */
export interface Totals {
  sent: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** With --wait only. */
  published: number;
  retracted: number;
  skipped: number;
  deadLettered: number;
  unfinished: number;
}

export function noTotals(): Totals {
  return {
    sent: 0,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
    published: 0,
    retracted: 0,
    skipped: 0,
    deadLettered: 0,
    unfinished: 0,
  };
}

const WORDS: [keyof Totals, string][] = [
  ['accepted', 'accepted'],
  ['duplicate', 'duplicate'],
  ['rejected', 'rejected'],
  ['published', 'published'],
  ['retracted', 'retracted'],
  ['skipped', 'skipped'],
  ['deadLettered', 'dead-lettered'],
  ['unfinished', 'unfinished'],
];

/** The totals in words, without those that are nought. */
export function totalsLine(totals: Totals): string {
  const words = WORDS.flatMap(([field, word]) => (totals[field] > 0 ? [`${totals[field]} ${word}`] : []));
  return `${totals.sent} sent${words.length > 0 ? `: ${words.join(', ')}` : ''}`;
}

/** Whether anything came to a bad end. A skip is a decision of the line, and none. */
export function hasFailures({ rejected, deadLettered, unfinished }: Totals): boolean {
  return rejected + deadLettered + unfinished > 0;
}
