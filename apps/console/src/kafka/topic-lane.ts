import type { FetchedPartition, FetchedRecord } from './kafka-wire.js';

/** A message and the partition it lies in. */
export interface Placed {
  partition: number;
  record: FetchedRecord;
}

/** The part of a partition that a lane may read: from `low` up to and without `high`. */
export interface Range {
  partition: number;
  low: bigint;
  high: bigint;
}

/** Reads one partition from a place on, what fits. */
export type FetchOne = (partition: number, from: bigint) => Promise<FetchedPartition | undefined>;

/**
 * Messages of one partition in one direction, read ahead a little. A compacted topic has gaps, so a window of offsets
 * may hold fewer messages than it is long.
 */
export interface Lane {
  readonly partition: number;
  /** Where to go on: the next offset to read forwards; one past the next backwards. */
  readonly position: bigint;
  /** The next message; undefined where there is none left. */
  peek(): Promise<FetchedRecord | undefined>;
  take(): void;
}

export class ForwardLane implements Lane {
  readonly partition: number;
  private ahead: FetchedRecord[] = [];
  private readFrom: bigint;

  constructor(
    private readonly range: Range,
    public position: bigint,
    private readonly fetch: FetchOne,
  ) {
    this.partition = range.partition;
    this.position = position < range.low ? range.low : position;
    this.readFrom = this.position;
  }

  async peek(): Promise<FetchedRecord | undefined> {
    while (this.ahead.length === 0 && this.readFrom < this.range.high) {
      const records = await recordsFrom(this.fetch, this.partition, this.readFrom);
      // A stretch that compaction has emptied: the broker answers with what lies behind it, or with nothing at the end.
      if (records.length === 0) this.readFrom = this.range.high;
      else this.readFrom = BigInt(records.at(-1)!.offset) + 1n;
      this.ahead = records.filter((record) => isData(record) && BigInt(record.offset) < this.range.high);
    }
    if (this.ahead.length === 0) this.position = this.range.high;
    return this.ahead[0];
  }

  take(): void {
    const record = this.ahead.shift();
    if (record) this.position = BigInt(record.offset) + 1n;
  }
}

export class BackwardLane implements Lane {
  readonly partition: number;
  private ahead: FetchedRecord[] = [];
  private readTo: bigint;

  constructor(
    private readonly range: Range,
    public position: bigint,
    private readonly fetch: FetchOne,
    /** Offsets looked at together. */
    private readonly window: number,
  ) {
    this.partition = range.partition;
    this.position = position > range.high ? range.high : position;
    this.readTo = this.position;
  }

  async peek(): Promise<FetchedRecord | undefined> {
    while (this.ahead.length === 0 && this.readTo > this.range.low) {
      const from = maxOf(this.range.low, this.readTo - BigInt(this.window));
      this.ahead = (await this.allWithin(from, this.readTo)).reverse();
      this.readTo = from;
    }
    if (this.ahead.length === 0) this.position = this.range.low;
    return this.ahead[0];
  }

  take(): void {
    const record = this.ahead.shift();
    if (record) this.position = BigInt(record.offset);
  }

  private async allWithin(from: bigint, to: bigint): Promise<FetchedRecord[]> {
    const found: FetchedRecord[] = [];
    let next = from;
    while (next < to) {
      const records = await recordsFrom(this.fetch, this.partition, next);
      if (records.length === 0) break;
      found.push(...records.filter((record) => isData(record) && BigInt(record.offset) < to));
      next = BigInt(records.at(-1)!.offset) + 1n;
    }
    return found;
  }
}

/** A fetch answers with whole batches, so it may begin before the place it was asked for. */
async function recordsFrom(fetch: FetchOne, partition: number, from: bigint): Promise<FetchedRecord[]> {
  const fetched = await fetch(partition, from);
  return (fetched?.messages ?? []).filter(({ offset }) => BigInt(offset) >= from);
}

function isData(record: FetchedRecord): boolean {
  return !record.isControlRecord;
}

function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
