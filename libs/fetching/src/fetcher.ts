import { AddressPolicy } from './address/address-policy.js';
import { systemResolve } from './address/resolve.js';
import { readTarget } from './address/target.js';
import { type Clock, systemClock } from './clock.js';
import {
  type Failed,
  type FetchAnswer,
  FetchInterrupted,
  type Fetched,
  type NotModified,
  type Refused,
  type StreamAnswer,
  type Streaming,
} from './fetch-answer.js';
import { FetchEnd } from './fetch-end.js';
import type { FetchPurpose, FetchRequest, FetcherOptions } from './fetch-request.js';
import { isConditional, requestFields } from './http/request-fields.js';
import { readHead } from './read-head.js';
import { Route } from './route.js';
import { readBody } from './transport/read-body.js';
import { Transport, discard, endOfBody } from './transport/transport.js';
import { Trip, type Visit } from './trip.js';
import { userAgentOf } from './user-agent.js';

const MIB = 1024 * 1024;
const MAX_BYTES: Record<FetchPurpose, number> = { feed: 32 * MIB, page: 10 * MIB, robots: 500 * 1024, websub: MIB };

/**
 * The one way out: every request Wireroom sends to an address that others chose goes through a fetcher, which knows
 * where it may go, how much it may take, how long that may last and how often a host may be asked. docs/fetching.md
 * has the rules.
 *
 * What the far side does never throws: it is an answer. One fetcher serves a process; its politeness is its memory.
 */
export class Fetcher {
  readonly userAgent: string;
  private readonly policy: AddressPolicy;
  private readonly transport: Transport;
  private readonly clock: Clock;
  private closed = false;

  /** @throws TypeError naming an option that can't be read. */
  constructor(private readonly options: FetcherOptions = {}) {
    this.policy = new AddressPolicy(options.allow);
    this.clock = options.clock ?? systemClock;
    this.userAgent = userAgentOf(options);
    this.transport = new Transport({
      policy: this.policy,
      resolve: options.resolve ?? systemResolve,
      ca: options.ca,
      hostConcurrency: options.hostConcurrency ?? 2,
    });
  }

  /**
   * What can be said against an address before it is saved: undefined if nothing. Names are not resolved, since they may
   * lead elsewhere by the time they are fetched; where they lead is judged then, at every connection.
   */
  refusalOf(address: string): Refused | undefined {
    try {
      this.readAddress(address);
      return undefined;
    } catch (error) {
      return endedBy(error) as Refused;
    }
  }

  /**
   * Fetches an address whole.
   *
   * @throws Error for a request that can't be sent (say, a line break in a field), never for an answer.
   */
  fetch(address: string, request: FetchRequest = {}): Promise<FetchAnswer> {
    return this.settle<Fetched | NotModified>(address, new Trip(request), async (visit, trip) => {
      try {
        return await this.readWhole(visit, trip);
      } finally {
        visit.leave();
      }
    });
  }

  /** Fetches an address piece by piece, for what is too large to hold; otherwise as `fetch`. */
  stream(address: string, request: FetchRequest = {}): Promise<StreamAnswer> {
    return this.settle<Streaming | NotModified>(address, new Trip(request), async (visit, trip) => {
      try {
        return this.readPieces(visit, trip);
      } catch (error) {
        visit.leave();
        throw error;
      }
    });
  }

  /** Breaks off what is under way and closes all connections; what is asked afterwards is refused. */
  async close(): Promise<void> {
    this.closed = true;
    await this.transport.close();
  }

  // ---- the way there ----

  private async settle<T extends FetchAnswer | StreamAnswer>(
    address: string,
    trip: Trip,
    read: (visit: Visit, trip: Trip) => Promise<T>,
  ): Promise<T | Refused | Failed> {
    const answer = await this.open(address, trip)
      .then((visit) => read(visit, trip))
      .catch((error: unknown) => endedBy(error, trip));
    this.tell(address, trip, answer);
    return answer;
  }

  /** Goes from address to address until one answers with anything but a redirect. */
  private async open(address: string, trip: Trip): Promise<Visit> {
    if (this.closed) throw FetchEnd.refused('closed', 'the fetcher is closed');
    const route = new Route(this.readAddress(address), { hasBody: trip.request.body !== undefined });
    trip.route = route;
    for (;;) {
      const visit = await this.visit(route, trip);
      if (!followed(visit)) return visit;
      this.refuseUnlessAllowed(route.url);
    }
  }

  private readAddress(address: string): URL {
    const url = readTarget(address);
    if (!url) throw FetchEnd.refused('bad-address', 'no absolute address');
    this.refuseUnlessAllowed(url);
    return url;
  }

  private refuseUnlessAllowed(url: URL): void {
    const refusal = this.policy.refusalOfUrl(url);
    if (refusal !== undefined) throw FetchEnd.refused('fetch-blocked', refusal);
  }

  private async visit(route: Route, { request, stopwatch }: Trip): Promise<Visit> {
    const { url, start, keepsBody } = route;
    const fields = requestFields(request, { url, origin: start.origin, userAgent: this.userAgent });
    const run = stopwatch.start(request.signal);
    try {
      const answer = await this.transport.send(
        { url, fields, method: methodOf(request, keepsBody), body: keepsBody ? request.body : undefined },
        run.signal,
      );
      const leave = (): void => {
        discard(answer.body);
        run.stop();
      };
      run.signal.addEventListener('abort', leave, { once: true });
      return { route, answer, conditional: isConditional(fields), leave };
    } catch (error) {
      run.stop();
      throw error;
    }
  }

  // ---- what it brought ----

  private async readWhole(visit: Visit, trip: Trip): Promise<Fetched | NotModified> {
    const head = readHead(visit, trip, this.clock.date());
    if ('outcome' in head) return head;
    const chunks: Uint8Array[] = [];
    for await (const chunk of piecesOf(visit, trip)) chunks.push(chunk);
    const body = joined(chunks, trip.count.bytes);
    return { ...head, ...trip.journey(visit.route), outcome: 'fetched', body, ...trip.count };
  }

  private readPieces(visit: Visit, trip: Trip): Streaming | NotModified {
    const head = readHead(visit, trip, this.clock.date());
    if ('outcome' in head) return head;
    return { ...head, outcome: 'streaming', body: interruptible(visit, trip) };
  }

  private tell(url: string, trip: Trip, answer: FetchAnswer | StreamAnswer): void {
    this.options.observe?.({
      purpose: trip.purpose,
      url,
      outcome: answer.outcome,
      code: 'code' in answer ? answer.code : undefined,
      status: 'status' in answer ? answer.status : undefined,
      wireBytes: trip.count.wireBytes,
      tookMs: trip.stopwatch.tookMs,
    });
  }
}

/** Whether the answer sends the fetch on; a visit that does, or whose redirect is at fault, is left. */
function followed({ route, answer, leave }: Visit): boolean {
  try {
    const goesOn = route.follow(answer.status, answer.fields['location']);
    if (goesOn) leave();
    return goesOn;
  } catch (error) {
    leave();
    throw error;
  }
}

function methodOf({ method = 'GET', body }: FetchRequest, keepsBody: boolean): 'GET' | 'HEAD' | 'POST' {
  if (body === undefined) return method;
  return keepsBody ? 'POST' : 'GET';
}

async function* piecesOf({ route, answer }: Visit, trip: Trip): AsyncGenerator<Uint8Array> {
  const maxBytes = trip.request.maxBytes ?? MAX_BYTES[trip.purpose];
  try {
    yield* readBody(answer.body, answer.fields, { maxBytes, count: trip.count });
  } catch (error) {
    throw endOfBody(error, route.url);
  }
}

/** One array of its own: a pooled buffer would take its neighbours along to other threads. */
function joined(chunks: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function* interruptible(visit: Visit, trip: Trip): AsyncGenerator<Uint8Array> {
  try {
    yield* piecesOf(visit, trip);
  } catch (error) {
    if (!(error instanceof FetchEnd) || error.end.outcome !== 'failed') throw error;
    throw new FetchInterrupted(error.end.code, error.message, { cause: error });
  } finally {
    visit.leave();
  }
}

function endedBy(error: unknown, trip?: Trip): Refused | Failed {
  if (!(error instanceof FetchEnd)) throw error;
  const { status, retryAfterMs } = error.details;
  const told = { reason: error.message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  const way = trip?.route && trip.journey(trip.route);
  if (error.end.outcome === 'refused') return { ...way, ...error.end, ...told };
  if (!way) throw error;
  return { ...way, ...error.end, ...told, ...(status === undefined ? {} : { status }) };
}
