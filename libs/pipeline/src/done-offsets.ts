/** A partition and the offset a consumer group is to go on from, as a commit names it. */
export interface NextOffset {
  partition: number;
  offset: string;
}

/** How far partitions are done, until it is committed. */
export class DoneOffsets {
  private readonly next = new Map<number, string>();

  /** Everything of the partition up to and with this offset is done. */
  add(partition: number, offset: string): void {
    this.next.set(partition, String(BigInt(offset) + 1n));
  }

  /** What is to be committed now of the partitions that are held; the others are their new holders' to commit. */
  take(held: ReadonlySet<number>): NextOffset[] {
    const taken = [...this.next].filter(([partition]) => held.has(partition));
    this.next.clear();
    return taken.map(([partition, offset]) => ({ partition, offset }));
  }

  /** What could not be committed, to be taken again unless more is done by then. */
  putBack(offsets: NextOffset[]): void {
    for (const { partition, offset } of offsets) if (!this.next.has(partition)) this.next.set(partition, offset);
  }
}
