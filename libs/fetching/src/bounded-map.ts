/** A map that forgets what was used longest ago once its values weigh too much together. */
export class BoundedMap<TValue> {
  private readonly entries = new Map<string, TValue>();
  private weight = 0;

  /** @param weigh weight of one value; 1 each by default, so that `most` is their number */
  constructor(
    private readonly most: number,
    private readonly weigh: (value: TValue) => number = () => 1,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): TValue | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: string, value: TValue): void {
    this.delete(key);
    this.entries.set(key, value);
    this.weight += this.weigh(value);
    for (const oldest of this.entries.keys()) {
      if (this.weight <= this.most || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.weight -= this.weigh(value);
  }
}
