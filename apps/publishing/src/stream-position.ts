import { ContractViolation } from '@wireroom/contracts';

/**
 * How far a reader of the stream has come: for each partition of `content.published` the next offset. It is
 * the reader's Last-Event-ID, `12.0.7` for three partitions, and needs no memory at the server.
 */
export class StreamPosition {
  private constructor(private readonly next: number[]) {}

  static of(next: number[]): StreamPosition {
    return new StreamPosition([...next]);
  }

  /** @throws ContractViolation for what is no position of a topic with that many partitions. */
  static parse(text: string, partitions: number): StreamPosition {
    const parts = text.split('.');
    if (parts.length !== partitions || !parts.every((part) => /^\d{1,15}$/.test(part))) {
      throw new ContractViolation([{ field: 'Last-Event-ID', reason: 'is not an id of this stream' }]);
    }
    return new StreamPosition(parts.map(Number));
  }

  /** Whether the event at this place is still ahead of the reader. */
  isAhead(partition: number, offset: number): boolean {
    return offset >= (this.next[partition] ?? 0);
  }

  /** The position after the event at this place. */
  after(partition: number, offset: number): StreamPosition {
    const next = [...this.next];
    next[partition] = Math.max(next[partition] ?? 0, offset + 1);
    return new StreamPosition(next);
  }

  nextOffset(partition: number): number {
    return this.next[partition] ?? 0;
  }

  get partitions(): number {
    return this.next.length;
  }

  toString(): string {
    return this.next.join('.');
  }
}
