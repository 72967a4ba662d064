/** A token bucket for each name: `perSecond` on average, twice that in a burst. 0 is no limit. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one token. @returns 0 when there was one, else the seconds until there is. */
  take(name: string): number {
    if (this.perSecond === 0) return 0;
    const at = this.now();
    const burst = this.perSecond * 2;
    const bucket = this.buckets.get(name) ?? { tokens: burst, at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * this.perSecond);
    bucket.at = at;
    this.remember(name, bucket);
    if (bucket.tokens < 1) return (1 - bucket.tokens) / this.perSecond;
    bucket.tokens -= 1;
    return 0;
  }

  /** Keeps the map small: names that were not seen for longest, and so are full again, go first. */
  private remember(name: string, bucket: { tokens: number; at: number }): void {
    this.buckets.delete(name);
    this.buckets.set(name, bucket);
    if (this.buckets.size > 10_000) this.buckets.delete(this.buckets.keys().next().value!);
  }
}
