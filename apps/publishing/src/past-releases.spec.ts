import { describe, expect, it } from '@jest/globals';
import type { OutboxBatches } from '@wireroom/pipeline';
import type { Connection } from 'mongoose';
import { PastReleases } from './past-releases.js';
import type { Publication } from './publication.schema.js';
import { StreamPosition } from './stream-position.js';

/** What lies where on partition 0: said by the documents themselves, or by their batches. */
interface Topic {
  telling?: number[];
  inBatches?: number[];
}

interface Filter {
  _id?: { $in: string[] };
  'saidPlace.offset'?: { $gte: number; $lt: number };
}

function publicationAt(offset: number): Publication {
  const article = { title: `release ${offset}`, paragraphs: [] };
  const saidPlace = { topic: 't', partition: 0, offset };
  const releasedAt = new Date(offset);
  return {
    _id: String(offset),
    status: 'published',
    article,
    saidPlace,
    releasedAt,
    firstReleasedAt: releasedAt,
  } as never;
}

/** Reads of a topic, each counted. */
function reading({ telling = [], inBatches = [] }: Topic): { past: PastReleases; count: () => number } {
  let count = 0;
  const within = (offset: number, from: number, until: number): boolean => offset >= from && offset < until;
  const matching = ({ _id, 'saidPlace.offset': range }: Filter): number[] =>
    _id ? _id.$in.map(Number) : telling.filter((offset) => within(offset, range!.$gte, range!.$lt));
  const publications = {
    find: (filter: Filter) => ({ lean: () => Promise.resolve((count++, matching(filter)).map(publicationAt)) }),
    exists: (filter: Filter) => Promise.resolve((count++, matching(filter)).length > 0 ? {} : null),
  };
  const batches = {
    saidBetween: (_partition: number, from: number, until: number) =>
      Promise.resolve(
        inBatches.filter((offset) => within(offset, from, until)).map((offset) => ({ _id: String(offset), offset })),
      ),
  };
  const mongo = { model: () => publications } as unknown as Connection;
  return { past: new PastReleases(mongo, batches as unknown as OutboxBatches), count: () => count };
}

async function offsetsOf(past: PastReleases, from: number, until: number, isWanted?: () => boolean): Promise<number[]> {
  const offsets: number[] = [];
  const releases = past.between(StreamPosition.of([from]), StreamPosition.of([until]), isWanted);
  for await (const { offset } of releases) offsets.push(offset);
  return offsets;
}

describe('PastReleases', () => {
  it('given releases that documents and batches tell of, then they come in the order of the topic', async () => {
    const { past } = reading({ telling: [3, 5, 300], inBatches: [2, 4, 255, 256, 999] });
    await expect(offsetsOf(past, 3, 999)).resolves.toEqual([3, 4, 5, 255, 256, 300]);
  });

  it('given a topic that begins far behind the position, then what is empty is gone past in large steps', async () => {
    const { past, count } = reading({ telling: [10_000_001], inBatches: [0, 10_000_000] });
    await expect(offsetsOf(past, 0, 10_000_500)).resolves.toEqual([0, 10_000_000, 10_000_001]);
    expect(count()).toBeLessThan(800);
  });

  it('given a reader that is gone, then nothing more is read', async () => {
    const { past, count } = reading({ telling: [1] });
    await expect(offsetsOf(past, 0, 10_000_000, () => false)).resolves.toEqual([]);
    expect(count()).toBe(0);
  });
});
