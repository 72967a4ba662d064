import { Injectable } from '@nestjs/common';
import { HttpFailure } from '@wireroom/pipeline';

const WINDOW_MS = 60_000;
const MAX_FAILURES = 20;

/** Slows down who tries tokens: refuses an address that failed too often within a minute. */
@Injectable()
export class SignInLimit {
  private readonly failures = new Map<string, { count: number; until: number }>();

  /** @throws HttpFailure 429 `too-many-requests`; else what the attempt throws */
  async watch<T>(address: string, attempt: () => Promise<T>, now = Date.now()): Promise<T> {
    this.forgetOld(now);
    const before = this.failures.get(address);
    if (before && before.count >= MAX_FAILURES) {
      const seconds = Math.ceil((before.until - now) / 1000);
      throw new HttpFailure(429, 'too-many-requests', 'too many failed sign-ins from this address', undefined, {
        'retry-after': String(seconds),
      });
    }
    try {
      return await attempt();
    } catch (error) {
      const { count, until } = before ?? { count: 0, until: now + WINDOW_MS };
      this.failures.set(address, { count: count + 1, until });
      throw error;
    }
  }

  private forgetOld(now: number): void {
    for (const [address, { until }] of this.failures) if (until <= now) this.failures.delete(address);
  }
}
