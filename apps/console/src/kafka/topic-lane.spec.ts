import { describe, expect, it } from '@jest/globals';
import type { FetchedPartition } from './kafka-wire.js';
import { BackwardLane, type FetchOne, ForwardLane, type Lane } from './topic-lane.js';

/** A partition with these offsets, handed out in batches that may begin before the place asked for. */
function partitionWith(offsets: number[], batch = 3): FetchOne {
  const batches = Array.from({ length: Math.ceil(offsets.length / batch) }, (_value, n) =>
    offsets.slice(n * batch, (n + 1) * batch),
  );
  return (partition, from): Promise<FetchedPartition> => {
    const found = batches.find((one) => one.some((offset) => offset >= Number(from))) ?? [];
    const messages = found.map((offset) => ({
      magicByte: 2,
      offset: String(offset),
      timestamp: String(offset),
      key: null,
      value: null,
      isControlRecord: offset % 10 === 9,
    }));
    return Promise.resolve({ partition, highWatermark: '0', messages });
  };
}

async function offsetsOf(lane: Lane): Promise<number[]> {
  const offsets: number[] = [];
  for (let record = await lane.peek(); record; record = await lane.peek()) {
    offsets.push(Number(record.offset));
    lane.take();
  }
  return offsets;
}

const ALL = [0, 1, 2, 3, 4, 5, 6, 7];
const range = { partition: 0, low: 0n, high: 8n };

describe('a lane forwards', () => {
  it('begins where it is told and ends at the end', async () => {
    expect(await offsetsOf(new ForwardLane(range, 2n, partitionWith(ALL)))).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('begins at what is still there, and passes over what compaction removed', async () => {
    const fetch = partitionWith([3, 7, 8]);
    expect(await offsetsOf(new ForwardLane({ partition: 0, low: 3n, high: 9n }, 0n, fetch))).toEqual([3, 7, 8]);
  });

  it('leaves out what was written after it began, and control records', async () => {
    const fetch = partitionWith([...ALL, 8, 9, 10, 11]);
    expect(await offsetsOf(new ForwardLane({ partition: 0, low: 0n, high: 11n }, 6n, fetch))).toEqual([6, 7, 8, 10]);
  });

  it('knows where to go on', async () => {
    const lane = new ForwardLane(range, 0n, partitionWith(ALL));
    await lane.peek();
    expect(lane.position).toBe(0n);
    lane.take();
    expect(lane.position).toBe(1n);
  });

  it('ends where nothing is left before its end', async () => {
    const lane = new ForwardLane(range, 5n, partitionWith([0, 1]));
    expect(await offsetsOf(lane)).toEqual([]);
    expect(lane.position).toBe(8n);
  });
});

describe('a lane backwards', () => {
  it.each([1, 2, 5, 100])('goes from the end to the beginning, %d offsets at once', async (window) => {
    expect(await offsetsOf(new BackwardLane(range, 8n, partitionWith(ALL), window))).toEqual([...ALL].reverse());
  });

  it('begins before the place it is told, and passes over gaps', async () => {
    const lane = new BackwardLane({ partition: 0, low: 0n, high: 100n }, 90n, partitionWith([1, 50, 89, 95]), 4);
    expect(await offsetsOf(lane)).toEqual([50, 1]);
    expect(lane.position).toBe(0n);
  });

  it('does not go below what is still there', async () => {
    expect(await offsetsOf(new BackwardLane({ partition: 0, low: 4n, high: 8n }, 8n, partitionWith(ALL), 3))).toEqual([
      7, 6, 5, 4,
    ]);
  });

  it('knows where to go on', async () => {
    const lane = new BackwardLane(range, 8n, partitionWith(ALL), 4);
    await lane.peek();
    expect(lane.position).toBe(8n);
    lane.take();
    expect(lane.position).toBe(7n);
  });
});
