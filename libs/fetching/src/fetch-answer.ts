/** Why a request was not sent at all. Stable: ledgers and metrics store them. */
export type RefusalCode =
  /** No absolute address. */
  | 'bad-address'
  /** The address policy forbids it: scheme, port, credentials in the address, an address that is not public. */
  | 'fetch-blocked'
  /** The host's robots.txt forbids it. */
  | 'robots-disallowed'
  /** The host's robots.txt can't be had (server errors), which RFC 9309 reads as a ban for the time being. */
  | 'robots-unreachable'
  /** Too many failures one after the other; the circuit breaker lets nothing through for `retryAfterMs`. */
  | 'circuit-open'
  /** The host asked for a rest, or its queue is longer than the caller's `maxWaitMs`. */
  | 'host-busy'
  /** The fetcher was closed. */
  | 'closed';

/** Why a request that was sent brought nothing. Stable, as the above. */
export type FailureCode =
  /** The name has no address, or no name server answered. */
  | 'dns-failed'
  /** No connection: refused, unreachable, reset before an answer. */
  | 'connect-failed'
  /** No TLS: certificate, name or protocol don't fit. */
  | 'tls-failed'
  /** Not complete within the deadline. */
  | 'timeout'
  /** More than `maxBytes`, decompressed. */
  | 'too-large'
  /** Decompresses to more than a hundredfold. */
  | 'ratio-exceeded'
  /** More than one content coding, or one that nobody asked for. */
  | 'unsupported-encoding'
  /** The content coding can't be undone: corrupt, or not what it says. */
  | 'bad-encoding'
  /** More header fields than one answer may have. */
  | 'headers-too-large'
  /** Not HTTP. */
  | 'malformed-answer'
  /** The connection ended before the body did. */
  | 'truncated'
  /** Sound, film, picture or font where text was asked for. */
  | 'wrong-type'
  /** More than five redirects, or a circle of them. */
  | 'too-many-redirects'
  /** A redirect without an address, or one that would carry a body to another origin. */
  | 'bad-redirect'
  /** The host wants fewer requests: 429, or 503 with Retry-After. */
  | 'rate-limited'
  /** Any other status that brings no content; see `status`. */
  | 'http-status'
  /** The caller's signal. */
  | 'aborted';

/** One redirect that was followed. */
export interface Redirect {
  from: string;
  to: string;
  status: number;
  /** The step leads from https to http. */
  downgrade?: true;
}

/** A reservation of rights against mining or training, as the answer declares it. */
export interface OptOut {
  signal: 'x-robots-tag' | 'robots-meta' | 'tdm-reservation' | 'tdm-reservation-meta' | 'tdmrep';
  /** What was declared: `noai`, `noimageai`, or `1` for a TDM reservation. */
  value: string;
  /** Address of the policy that goes with a TDM reservation. */
  policy?: string;
}

/** What every answer tells of its way. */
interface Journey {
  /** Where the last request went, without fragment. */
  finalUrl: string;
  redirects: Redirect[];
  /** From the first request to the last byte, waiting for a turn left out, milliseconds. */
  tookMs: number;
}

/** What stays valid of an address, told by 200 and by 304 alike. */
interface Standing extends Journey {
  status: number;
  /**
   * Where the address has moved for good (301 or 308, followed from the start without a temporary step between);
   * the caller should store it as the source's address. Never a step from https to http.
   */
  permanentUrl?: string;
  /** Response fields that are safe and useful to keep, names in lower case; repeated fields joined by `, `. */
  headers: Record<string, string>;
  /** Validators for the next request, only in a form that can be sent back. On 304 those sent, where none came. */
  etag?: string;
  lastModified?: string;
  /** How long the server calls this fresh, by Cache-Control, Expires and Age (RFC 9111); absent where it is silent. */
  freshForMs?: number;
}

/** The content of an address, in one piece. */
export interface Fetched extends Standing {
  outcome: 'fetched';
  /** Without content coding; character encoding and any gzip of the file itself are left as they are. */
  body: Uint8Array;
  /** The Content-Type field whole, as the parsers of libs/intake and libs/extraction take it. */
  contentType?: string;
  /** Its charset parameter, lower case. */
  charset?: string;
  /** Size of the body as it came over the wire. */
  wireBytes: number;
  /** Size of `body`. */
  bytes: number;
  optOut: OptOut[];
}

/** The validators still hold. */
export interface NotModified extends Standing {
  outcome: 'not-modified';
  optOut: OptOut[];
}

/** Nothing was asked of the far side, or of the place a redirect named. */
export interface Refused extends Partial<Journey> {
  outcome: 'refused';
  code: RefusalCode;
  /** One sentence for people. Never decide on it. */
  reason: string;
  /** When trying again makes sense; absent where it never does. */
  retryAfterMs?: number;
}

/** The far side was asked and brought nothing. */
export interface Failed extends Journey {
  outcome: 'failed';
  code: FailureCode;
  reason: string;
  /** Of the answer, where there was one. */
  status?: number;
  /** What the server asked for by Retry-After, bounded to a day. */
  retryAfterMs?: number;
}

/** How a fetch ended. */
export type FetchAnswer = Fetched | NotModified | Refused | Failed;

/** The content of an address while it arrives. */
export interface Streaming extends Omit<Fetched, 'outcome' | 'body' | 'bytes' | 'wireBytes'> {
  outcome: 'streaming';
  /**
   * The body under the same limits; iterating throws `FetchInterrupted` where one is broken. The host's turn is held
   * until the iteration ends, so it must be ended: a `for await` does so however it is left.
   */
  body: AsyncIterable<Uint8Array>;
}

/** How opening a stream ended. */
export type StreamAnswer = Streaming | NotModified | Refused | Failed;

/** A streamed body that broke off. */
export class FetchInterrupted extends Error {
  readonly code: FailureCode;

  /** @param failed what `fetch` would have answered */
  constructor(
    readonly failed: Failed,
    options?: ErrorOptions,
  ) {
    super(failed.reason, options);
    this.name = 'FetchInterrupted';
    this.code = failed.code;
  }
}
