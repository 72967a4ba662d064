import type { Clock } from './clock.js';
import type { FetchAnswer, StreamAnswer } from './fetch-answer.js';
import type { Resolve } from './address/resolve.js';

/** What a fetch is for. It picks limits and Accept, and whether robots.txt is asked (feed and page). */
export type FetchPurpose = 'feed' | 'page' | 'robots' | 'websub';

/** One request. */
export interface FetchRequest {
  /** Default: page. */
  purpose?: FetchPurpose;
  /** Validators of the last answer, as it gave them. One in no sane form is not sent. */
  etag?: string;
  lastModified?: string;
  /** `finalUrl` of that answer: where it is given, validators go to that address only. */
  validatorsUrl?: string;
  accept?: string;
  /** Most bytes of a body, decompressed. Default by purpose: feed 32 MiB, page 10 MiB, robots 500 KiB, websub 1 MiB. */
  maxBytes?: number;
  /** For everything that is asked of servers, redirects included, milliseconds. Default 15 s. */
  deadlineMs?: number;
  /** For waiting until the host may be asked, at each redirect anew, milliseconds. Default 30 s. */
  maxWaitMs?: number;
  /** Default: GET. */
  method?: 'GET' | 'HEAD' | 'POST';
  body?: string | Uint8Array;
  /** More request fields. They go to the address's own origin only; hop-by-hop fields and cookies are not sent. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** What the circuit breaker counts by: a source's name. Default: the host. */
  circuit?: string;
  /** Only where the publisher has agreed: robots.txt is not asked. */
  ignoreRobots?: boolean;
}

/** How a fetcher behaves to all hosts. */
export interface FetcherOptions {
  /** Name and version of what fetches, in User-Agent and robots.txt. Default: `Wireroom/0.1`. */
  product?: string;
  /** Where publishers can complain, an http(s) or mailto address; sent in User-Agent. */
  contactUrl?: string;
  /**
   * Targets beyond public addresses on ports 80 and 443, each `target` or `target:port` or `target:*` with target an
   * address, a CIDR block or a host name; IPv6 before a port in brackets. Without a port, 80 and 443 are meant.
   * A host name admits the private and loopback addresses it resolves to, never link-local ones (metadata services).
   *
   * @example ['10.20.0.0/16', 'cms.intranet.example:8080', '127.0.0.1:*', '[fd00::/8]:8443']
   */
  allow?: readonly string[];
  /** Requests to one host at once. Default 2. */
  hostConcurrency?: number;
  /** Requests at once in all. Default 64. */
  concurrency?: number;
  /** Least time between the starts of two requests to one host, milliseconds. Default 200. */
  hostIntervalMs?: number;
  /** Name resolution; the system's by default. All answers are checked, and the connection goes to one of them. */
  resolve?: Resolve;
  /** Time and waiting of the politeness rules; deadlines of connections run on real timers. */
  clock?: Clock;
  /** 0 to 1, for jitter. */
  random?: () => number;
  /** More trusted certificates, PEM, for intranet sources. */
  ca?: string;
  /** Hears of every ending, requests for robots.txt included; must not throw. See `FetchMetrics`. */
  observe?: (ending: FetchEnding) => void;
}

/** What is told of one fetch. */
export interface FetchEnding {
  purpose: FetchPurpose;
  url: string;
  outcome: FetchAnswer['outcome'] | StreamAnswer['outcome'];
  /** Of refusals and failures. */
  code?: string;
  status?: number;
  wireBytes: number;
  tookMs: number;
}
