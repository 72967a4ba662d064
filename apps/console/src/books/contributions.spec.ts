import { describe, expect, it } from '@jest/globals';
import { contributionsOf } from './contributions.js';
import { bucketOf } from './histogram.js';
import type { ItemDocument } from './item.schema.js';
import { ALL_SOURCES } from './tally.schema.js';

const at = (text: string): Date => new Date(`2026-03-01T${text}Z`);

function item(changes: Partial<ItemDocument> = {}): ItemDocument {
  return {
    _id: 'a/1',
    contentId: 'a',
    revision: 1,
    kind: 'original',
    source: 'harbour-news',
    outcome: 'in-flight',
    stage: 'enrichment',
    at: at('08:00:30'),
    acceptedAt: at('08:00:30'),
    processingVersion: 1,
    words: [],
    ...changes,
  };
}

const idsOf = (given: ItemDocument, book: string): string[] =>
  contributionsOf(given)
    .filter((contribution) => contribution.book === book)
    .map(({ id }) => id);

describe('what a revision adds to the sums', () => {
  it('is one in the ledger for each grain, at the time of its acceptance', () => {
    expect(idsOf(item(), 'ledger')).toEqual([
      'week|2026-02-26T00:00:00.000Z|harbour-news|in-flight|enrichment|',
      'day|2026-03-01T00:00:00.000Z|harbour-news|in-flight|enrichment|',
      'hour|2026-03-01T08:00:00.000Z|harbour-news|in-flight|enrichment|',
      'minute|2026-03-01T08:00:00.000Z|harbour-news|in-flight|enrichment|',
    ]);
  });

  it('is counted in the flow when it happens, for its source and for all', () => {
    const released = item({ outcome: 'published', enrichedAt: at('08:01:10'), publishedAt: at('08:02:30') });
    const published = { published: 1, [`latency.${bucketOf(120_000)}`]: 1, [`lag.${bucketOf(120_000)}`]: 1 };
    const minutes = contributionsOf(released).filter(({ book, key }) => book === 'flow' && key['grain'] === 'minute');
    expect(minutes.map(({ key, counts }) => [key['source'], key['at'], counts])).toEqual([
      ['harbour-news', at('08:00:00'), { accepted: 1 }],
      [ALL_SOURCES, at('08:00:00'), { accepted: 1 }],
      ['harbour-news', at('08:01:00'), { enriched: 1 }],
      [ALL_SOURCES, at('08:01:00'), { enriched: 1 }],
      ['harbour-news', at('08:02:00'), published],
      [ALL_SOURCES, at('08:02:00'), published],
    ]);
  });

  it('lags from when a source showed it, which may be long before the door', () => {
    const published = { acceptedAt: at('08:00:30'), publishedAt: at('08:01:00'), outcome: 'published' } as const;
    const countsOf = (changes: Partial<ItemDocument>): object =>
      contributionsOf(item(changes)).find(({ counts }) => 'published' in counts)!.counts;
    const fromTheDoor = { published: 1, [`latency.${bucketOf(30_000)}`]: 1 };
    expect(countsOf(published)).toEqual({ ...fromTheDoor, [`lag.${bucketOf(30_000)}`]: 1 });
    expect(countsOf({ ...published, discoveredAt: at('07:01:00') })).toEqual({
      ...fromTheDoor,
      [`lag.${bucketOf(3_600_000)}`]: 1,
    });
  });

  it('names what its article holds by fields that are no path in the database', () => {
    const given = item({
      enrichedAt: at('08:01:10'),
      has: ['title', 'entities'],
      language: 'x.$where',
      bodyChars: 500,
      failedSteps: ['places'],
    });
    const [quality] = contributionsOf(given).filter(({ book }) => book === 'quality');
    expect(quality!.counts).toEqual({
      items: 1,
      'has.title': 1,
      'has.entities': 1,
      'languages.x__where': 1,
      [`bodyChars.${bucketOf(500)}`]: 1,
      'failedSteps.places': 1,
    });
  });

  it('is nothing to quality without an article', () => {
    expect(idsOf(item({ enrichedAt: at('08:01:10') }), 'quality')).toEqual([]);
  });
});
