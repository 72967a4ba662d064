import { type Grain, floorTo } from './grains.js';
import { bucketOf } from './histogram.js';
import type { ItemDocument } from './item.schema.js';
import { ALL_SOURCES } from './tally.schema.js';

/** What a revision adds to one sum. Counters are field paths, as `$inc` takes them. */
export interface Contribution {
  book: 'ledger' | 'flow' | 'quality';
  id: string;
  key: Record<string, string | Date>;
  counts: Record<string, number>;
}

/** The parts of time that each kind of sum is kept for, coarse to fine. */
export const LEDGER_GRAINS = ['week', 'day', 'hour', 'minute'] as const satisfies readonly Grain[];
export const FLOW_GRAINS = ['week', 'day', 'hour', 'tenMinutes', 'minute'] as const satisfies readonly Grain[];
export const QUALITY_GRAINS = ['day', 'hour'] as const satisfies readonly Grain[];

/** Everything a revision adds to the sums: they are the sum of this over all revisions, at any moment. */
export function contributionsOf(item: ItemDocument): Contribution[] {
  return [...ledgerOf(item), ...flowOf(item), ...qualityOf(item)];
}

function ledgerOf({ at, source, outcome, stage, code = '' }: ItemDocument): Contribution[] {
  return LEDGER_GRAINS.map((grain) =>
    contribution('ledger', grain, at, { source, outcome, stage, code }, { count: 1 }),
  );
}

function flowOf(item: ItemDocument): Contribution[] {
  const { acceptedAt, enrichedAt, publishedAt, endedAt, outcome } = item;
  const happened: [at: Date | undefined, counts: Record<string, number>][] = [
    [acceptedAt, { accepted: 1 }],
    [enrichedAt, { enriched: 1 }],
    [publishedAt, { published: 1, ...waysOf(item) }],
    [endedAt, outcome === 'skipped' ? { skipped: 1 } : { deadLettered: 1 }],
  ];
  return happened.flatMap(([at, counts]) =>
    at === undefined
      ? []
      : [item.source, ALL_SOURCES].flatMap((source) =>
          FLOW_GRAINS.map((grain) => contribution('flow', grain, at, { source }, counts)),
        ),
  );
}

/** How long it took to the readers: from the door, and from when its source first showed it. */
function waysOf({ discoveredAt, acceptedAt, publishedAt }: ItemDocument): Record<string, number> {
  if (acceptedAt === undefined || publishedAt === undefined) return {};
  const bucketSince = (since: Date): string => bucketOf(publishedAt.getTime() - since.getTime());
  return { [`latency.${bucketSince(acceptedAt)}`]: 1, [`lag.${bucketSince(discoveredAt ?? acceptedAt)}`]: 1 };
}

function qualityOf({
  enrichedAt,
  has,
  source,
  language,
  bodyChars = 0,
  failedSteps = [],
}: ItemDocument): Contribution[] {
  if (enrichedAt === undefined || has === undefined) return [];
  const counts = {
    items: 1,
    [`bodyChars.${bucketOf(bodyChars)}`]: 1,
    ...Object.fromEntries(has.map((name) => [`has.${name}`, 1])),
    ...(language === undefined ? {} : { [`languages.${fieldName(language)}`]: 1 }),
    ...Object.fromEntries(failedSteps.map((step) => [`failedSteps.${fieldName(step)}`, 1])),
  };
  return QUALITY_GRAINS.map((grain) => contribution('quality', grain, enrichedAt, { source }, counts));
}

function contribution(
  book: Contribution['book'],
  grain: Grain,
  at: Date,
  rest: Record<string, string>,
  counts: Record<string, number>,
): Contribution {
  const start = floorTo(grain, at);
  const id = [grain, start.toISOString(), ...Object.values(rest)].join('|');
  return { book, id, key: { grain, at: start, ...rest }, counts };
}

/** A text as the name of a field: what would be a path or an operator in MongoDB is no letter of a code. */
function fieldName(text: string): string {
  return text.replace(/[^\w-]/g, '_') || '_';
}
