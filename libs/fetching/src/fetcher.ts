import { orAborted } from './abortable.js';
import { AddressPolicy } from './address/address-policy.js';
import { systemResolve } from './address/resolve.js';
import { type Clock, systemClock } from './clock.js';
import { Courier, type Permit } from './courier.js';
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
import { CircuitBreakers } from './politeness/circuit-breakers.js';
import { Hosts } from './politeness/hosts.js';
import { verdictOf } from './politeness/verdict.js';
import { type Reader, readHead } from './read-head.js';
import { optOutsOfPage } from './rights/opt-out.js';
import { TdmFiles } from './rights/tdm-files.js';
import { type RobotsAnswer, RobotsGuard } from './robots/robots-guard.js';
import { readBody } from './transport/read-body.js';
import { Transport, endOfBody } from './transport/transport.js';
import { Trip, type Visit } from './trip.js';
import { userAgentOf } from './user-agent.js';

const MIB = 1024 * 1024;
const MAX_BYTES: Record<FetchPurpose, number> = { feed: 32 * MIB, page: 10 * MIB, robots: 500 * 1024, websub: MIB };
const TDM_FILE_BYTES = 64 * 1024;

/**
 * The one way out: every request Wireroom sends to an address that others chose goes through a fetcher, which knows
 * where it may go, how much it may take, how long that may last and how often a host may be asked. docs/fetching.md
 * has the rules.
 *
 * What the far side does never throws: it is an answer. One fetcher serves a process; its politeness is its memory.
 */
export class Fetcher {
  readonly userAgent: string;
  private readonly product: string;
  private readonly clock: Clock;
  private readonly transport: Transport;
  private readonly hosts: Hosts;
  private readonly courier: Courier;
  private readonly circuits: CircuitBreakers;
  private readonly robots: RobotsGuard;
  private readonly tdmFiles: TdmFiles;
  private closed = false;

  /** @throws TypeError naming an option that can't be read. */
  constructor(private readonly options: FetcherOptions = {}) {
    const { resolve = systemResolve, clock = systemClock, random = Math.random, ca } = options;
    const { hostConcurrency = 2, concurrency = 64, hostIntervalMs = 200, product = 'Wireroom/0.1' } = options;
    const policy = new AddressPolicy(options.allow);
    const userAgent = userAgentOf(product, options.contactUrl);
    this.hosts = new Hosts({ clock, random, hostConcurrency, concurrency, hostIntervalMs });
    this.userAgent = userAgent;
    this.product = product;
    this.clock = clock;
    this.transport = new Transport({ policy, resolve, ca, hostConcurrency });
    this.courier = new Courier({ policy, transport: this.transport, hosts: this.hosts, clock, userAgent });
    this.circuits = new CircuitBreakers({ clock, random });
    this.robots = new RobotsGuard({ clock, userAgent, load: (url) => this.loadRobots(url) });
    this.tdmFiles = new TdmFiles({ clock, load: (url) => this.loadTdmFile(url) });
  }

  /**
   * What can be said against an address before it is saved: undefined if nothing. Names are not resolved, since they may
   * lead elsewhere by the time they are fetched; where they lead is judged then, at every connection.
   */
  refusalOf(address: string): Refused | undefined {
    try {
      this.courier.addressed(address);
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
  async fetch(address: string, request: FetchRequest = {}): Promise<FetchAnswer> {
    const trip = new Trip(request);
    const answer = await this.settled<Fetched | NotModified>(address, trip, async (visit) => {
      try {
        return await this.readWhole(visit, trip);
      } finally {
        visit.leave();
      }
    });
    this.tell(address, trip, answer);
    return answer.outcome === 'fetched' && trip.purpose === 'page' ? this.withTdmFile(answer, request.signal) : answer;
  }

  /** Fetches an address piece by piece, for what is too large to hold; otherwise as `fetch`. */
  async stream(address: string, request: FetchRequest = {}): Promise<StreamAnswer> {
    const trip = new Trip(request);
    const answer = await this.settled<Streaming | NotModified>(address, trip, async (visit) => {
      try {
        return this.readPieces(visit, trip, address);
      } catch (error) {
        visit.leave();
        throw error;
      }
    });
    // What is streaming is told of when it ends.
    if (answer.outcome !== 'streaming') this.tell(address, trip, answer);
    return answer;
  }

  /** Breaks off what is under way and closes all connections; what is asked afterwards is refused. */
  async close(): Promise<void> {
    this.closed = true;
    this.hosts.close();
    await this.transport.close();
  }

  // ---- there and back ----

  private async settled<T extends FetchAnswer | StreamAnswer>(
    address: string,
    trip: Trip,
    read: (visit: Visit) => Promise<T>,
  ): Promise<T | Refused | Failed> {
    try {
      if (this.closed) throw FetchEnd.refused('closed', 'the fetcher is closed');
      const url = this.courier.addressed(address);
      return await this.underCircuit<T | Refused | Failed>(url, trip, () =>
        this.courier
          .open(url, trip, this.permitFor(trip))
          .then(read)
          .catch((error: unknown) => endedBy(error, trip)),
      );
    } catch (error) {
      return endedBy(error, trip);
    }
  }

  /** Files about a host are asked for in the course of a request that is counted itself. */
  private underCircuit<T extends FetchAnswer | StreamAnswer>(
    { host }: URL,
    { purpose, request }: Trip,
    work: () => Promise<T>,
  ): Promise<T> {
    return purpose === 'robots' ? work() : this.circuits.run(request.circuit ?? host, work, verdictOf);
  }

  private permitFor({ purpose, request: { ignoreRobots } }: Trip): Permit | undefined {
    const asks = (purpose === 'feed' || purpose === 'page') && !ignoreRobots;
    return asks ? (url) => this.robots.delayFor(url) : undefined;
  }

  private async readWhole(visit: Visit, trip: Trip): Promise<Fetched | NotModified> {
    const head = readHead(visit, trip, this.reader());
    if ('outcome' in head) return head;
    const chunks: Uint8Array[] = [];
    for await (const chunk of piecesOf(visit, trip)) chunks.push(chunk);
    const body = joined(chunks);
    const inPage = trip.purpose === 'page' ? optOutsOfPage(body, head.contentType, this.product) : [];
    const optOut = [...head.optOut, ...inPage];
    return { ...head, ...trip.journey(visit.route), outcome: 'fetched', body, ...trip.count, optOut };
  }

  private readPieces(visit: Visit, trip: Trip, address: string): Streaming | NotModified {
    const head = readHead(visit, trip, this.reader());
    if ('outcome' in head) return head;
    return { ...head, outcome: 'streaming', body: this.toldPieces(visit, trip, address, head.status) };
  }

  private async *toldPieces(visit: Visit, trip: Trip, address: string, status: number): AsyncGenerator<Uint8Array> {
    let ending: Told = { outcome: 'streaming', status };
    try {
      yield* piecesOf(visit, trip);
    } catch (error) {
      const failed = endedBy(error, trip) as Failed;
      ending = failed;
      throw new FetchInterrupted(failed, { cause: error });
    } finally {
      visit.leave();
      this.tell(address, trip, ending);
    }
  }

  private reader(): Reader {
    return { product: this.product, date: this.clock.date() };
  }

  // ---- what hosts say about themselves ----

  /** A caller that gives up meanwhile has its page as it is. */
  private async withTdmFile(page: Fetched, signal = new AbortController().signal): Promise<Fetched> {
    const asked = this.tdmFiles.optOutsOf(new URL(page.finalUrl));
    const declared = await orAborted(asked, signal).catch((error: unknown) => {
      if (signal.aborted) return [];
      throw error;
    });
    return { ...page, optOut: [...page.optOut, ...declared] };
  }

  /** The start of a robots.txt is all that counts of one: a longer one is no failure. */
  private async loadRobots(url: string): Promise<RobotsAnswer> {
    const answer = await this.stream(url, { purpose: 'robots', maxBytes: 2 * MAX_BYTES.robots });
    if (answer.outcome === 'not-modified') throw new Error('a 304 without a condition got through');
    return answer.outcome === 'streaming' ? startOf(answer.body, MAX_BYTES.robots) : answer;
  }

  private loadTdmFile(url: string): Promise<FetchAnswer> {
    return this.fetch(url, { purpose: 'robots', maxBytes: TDM_FILE_BYTES, accept: 'application/json' });
  }

  private tell(url: string, trip: Trip, { outcome, code, status }: Told): void {
    this.options.observe?.({
      purpose: trip.purpose,
      url,
      outcome,
      code,
      status,
      wireBytes: trip.count.wireBytes,
      tookMs: trip.stopwatch.tookMs,
    });
  }
}

/** What of an answer is told to the observer. */
interface Told {
  outcome: FetchAnswer['outcome'] | StreamAnswer['outcome'];
  code?: string;
  status?: number;
}

async function* piecesOf({ route, answer }: Visit, trip: Trip): AsyncGenerator<Uint8Array> {
  const maxBytes = trip.request.maxBytes ?? MAX_BYTES[trip.purpose];
  try {
    yield* readBody(answer.body, answer.fields, { maxBytes, count: trip.count });
  } catch (error) {
    throw endOfBody(error, route.url);
  }
}

async function startOf(body: AsyncIterable<Uint8Array>, most: number): Promise<RobotsAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length >= most) break;
    }
    return { outcome: 'read', bytes: joined(chunks).slice(0, most) };
  } catch (error) {
    if (error instanceof FetchInterrupted) return error.failed;
    throw error;
  }
}

/** One array of its own: a pooled buffer would take its neighbours along to other threads. */
function joined(chunks: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
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
