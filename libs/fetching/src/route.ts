import { readTarget } from './address/target.js';
import type { Redirect } from './fetch-answer.js';
import { FetchEnd } from './fetch-end.js';

/** As many as RFC 9309 asks of crawlers for robots.txt; the twenty of browsers serve logins. */
const MOST_REDIRECTS = 5;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);
const KEEPS_BODY: ReadonlySet<number> = new Set([307, 308]);

/** The way of one fetch from its own address over its redirects. It judges their form, not where they lead. */
export class Route {
  readonly redirects: Redirect[] = [];
  private at: URL;
  private body: boolean;

  constructor(
    readonly start: URL,
    { hasBody }: { hasBody: boolean },
  ) {
    this.at = start;
    this.body = hasBody;
  }

  /** Where the fetch is now. */
  get url(): URL {
    return this.at;
  }

  /** Whether method and body still go along: 303, and by custom 301 and 302, turn a POST into a GET. */
  get keepsBody(): boolean {
    return this.body;
  }

  /** Where the start has moved for good: as far as every step was permanent and none left https. */
  get permanentUrl(): string | undefined {
    let moved: string | undefined;
    for (const { to, status, downgrade } of this.redirects) {
      if (!PERMANENT.has(status) || downgrade) break;
      moved = to;
    }
    return moved;
  }

  /**
   * Takes the step an answer asks for.
   *
   * @returns false where it asks for none
   * @throws FetchEnd `bad-redirect`, `too-many-redirects`
   */
  follow(status: number, location: string | undefined): boolean {
    if (!REDIRECTS.has(status)) return false;
    const next = location === undefined ? undefined : readTarget(location, this.at);
    if (!next) throw FetchEnd.failed('bad-redirect', 'a redirect without an address', { status });
    if (this.redirects.length === MOST_REDIRECTS) {
      throw FetchEnd.failed('too-many-redirects', `over ${MOST_REDIRECTS} redirects`, { status });
    }
    this.body &&= KEEPS_BODY.has(status);
    if (this.body && next.origin !== this.start.origin) {
      throw FetchEnd.failed('bad-redirect', 'a redirect that would carry a body to another origin', { status });
    }
    this.step(next, status);
    return true;
  }

  private step(next: URL, status: number): void {
    const downgrade = this.at.protocol === 'https:' && next.protocol === 'http:';
    this.redirects.push({ from: this.at.href, to: next.href, status, ...(downgrade ? { downgrade } : {}) });
    this.at = next;
  }
}
