import { robotsAllows, robotsCrawlDelay } from '@wireroom/intake';
import type { Clock } from '../clock.js';
import type { FailureCode, Refused, Failed } from '../fetch-answer.js';
import { FetchEnd } from '../fetch-end.js';
import { type Kept, OriginFiles } from './origin-files.js';

/** The start of a robots.txt, or why there is none. */
export type RobotsAnswer = { outcome: 'read'; bytes: Uint8Array } | Refused | Failed;

export interface RobotsGuardOptions {
  clock: Clock;
  userAgent: string;
  /** Fetches a robots.txt without asking robots.txt. */
  load: (url: string) => Promise<RobotsAnswer>;
}

/** RFC 9309 section 2.4: no longer than a day. */
const KEEP_MS = 24 * 3_600_000;
/** A host that fails is asked for its robots.txt again after so long; what was known before goes on in the meantime. */
const KEEP_FAILURE_MS = 5 * 60_000;
const MOST_BYTES = 32 * 1024 * 1024;
/** Some files ask for hours between two requests, which no news would survive. */
const LONGEST_DELAY_MS = 30_000;

/** What an origin's robots.txt says to us. */
type Robots =
  | { kind: 'rules'; bytes: Uint8Array; crawlDelayMs: number }
  /** Server errors: everything is forbidden for the time being (RFC 9309 section 2.3.1.4). */
  | { kind: 'unreachable'; status?: number; reason: string; until: number; failure?: FailureCode };

/** Asks robots.txt for permission, by RFC 9309. */
export class RobotsGuard {
  private readonly files: OriginFiles<Robots>;

  constructor(private readonly options: RobotsGuardOptions) {
    this.files = new OriginFiles({
      clock: options.clock,
      mostBytes: MOST_BYTES,
      load: (origin, outdated) => this.load(origin, outdated),
    });
  }

  /**
   * The pause that the origin asks for between requests, milliseconds, 0 for none; if it lets us fetch the address.
   *
   * @throws FetchEnd `robots-disallowed`; `robots-unreachable` where the file is answered with a server error; the
   *   failure itself where the host can't be reached; `host-busy` where it may not be asked for the file yet.
   */
  async delayFor(url: URL): Promise<number> {
    const robots = await this.files.get(url.origin);
    if (robots.kind === 'unreachable') throw this.unreachable(robots);
    if (!robotsAllows(robots.bytes, { userAgent: this.options.userAgent, url: url.href })) {
      throw FetchEnd.refused('robots-disallowed', `robots.txt of ${url.host} forbids it`);
    }
    return robots.crawlDelayMs;
  }

  private unreachable({ failure, reason, status, until }: Extract<Robots, { kind: 'unreachable' }>): FetchEnd {
    const retryAfterMs = Math.max(Math.ceil(until - this.options.clock.now()), 0);
    return failure === undefined
      ? FetchEnd.refused('robots-unreachable', `robots.txt: ${reason}`, { status, retryAfterMs })
      : FetchEnd.failed(failure, `robots.txt: ${reason}`, { retryAfterMs });
  }

  private async load(origin: string, outdated: Robots | undefined): Promise<Kept<Robots>> {
    const answer = await this.options.load(`${origin}/robots.txt`);
    const robots = this.read(answer);
    if (robots.kind === 'rules') return { value: robots, keepMs: KEEP_MS, weight: robots.bytes.byteLength };
    const value = outdated?.kind === 'rules' ? outdated : robots;
    return { value, keepMs: KEEP_FAILURE_MS, weight: value.kind === 'rules' ? value.bytes.byteLength : 0 };
  }

  private read(answer: RobotsAnswer): Robots {
    if (answer.outcome === 'read') return this.rules(answer.bytes);
    if (answer.outcome === 'refused') {
      // A redirect to where we may not go is a file that isn't there; any other refusal is our own and passes.
      if (answer.code === 'fetch-blocked') return this.rules(NO_RULES);
      throw FetchEnd.refused(answer.code, answer.reason, { retryAfterMs: answer.retryAfterMs });
    }
    const until = this.options.clock.now() + KEEP_FAILURE_MS;
    const { code, reason, status } = answer;
    if (code === 'rate-limited' || (status !== undefined && status >= 500)) {
      return { kind: 'unreachable', reason, status, until };
    }
    return UNREACHABLE.has(code) ? { kind: 'unreachable', reason, until, failure: code } : this.rules(NO_RULES);
  }

  private rules(bytes: Uint8Array): Robots {
    const seconds = robotsCrawlDelay(bytes, this.options.userAgent) ?? 0;
    return { kind: 'rules', bytes, crawlDelayMs: Math.min(seconds * 1000, LONGEST_DELAY_MS) };
  }
}

const NO_RULES = new Uint8Array();

/** Failures that tell of the host, not of the file; after any other (4xx, redirects without end) there is no file. */
const UNREACHABLE: ReadonlySet<FailureCode> = new Set([
  'dns-failed',
  'connect-failed',
  'tls-failed',
  'timeout',
  'malformed-answer',
  'truncated',
  'aborted',
]);
