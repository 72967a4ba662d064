import type { FetchPurpose, FetchRequest } from './fetch-request.js';
import type { Redirect } from './fetch-answer.js';
import type { Route } from './route.js';
import { Stopwatch } from './stopwatch.js';
import type { BodyCount } from './transport/read-body.js';
import type { WireAnswer } from './transport/transport.js';

const DEFAULT_DEADLINE_MS = 15_000;

/** One fetch under way: what was asked and what it has cost so far. */
export class Trip {
  readonly purpose: FetchPurpose;
  readonly stopwatch: Stopwatch;
  readonly count: BodyCount = { wireBytes: 0, bytes: 0 };
  /** Set once the address has been read. */
  route?: Route;

  constructor(readonly request: FetchRequest) {
    this.purpose = request.purpose ?? 'page';
    this.stopwatch = new Stopwatch(request.deadlineMs ?? DEFAULT_DEADLINE_MS);
  }

  /** What every answer tells of its way. */
  journey(route: Route): { finalUrl: string; redirects: Redirect[]; tookMs: number } {
    return { finalUrl: route.url.href, redirects: route.redirects, tookMs: this.stopwatch.tookMs };
  }
}

/** The answer of one address. */
export interface Visit {
  route: Route;
  answer: WireAnswer;
  /** Whether 304 is an answer to what was asked. */
  conditional: boolean;
  /** Gives up what is unread of the body and lets the next one have its turn. Has an effect once. */
  leave: () => void;
}
