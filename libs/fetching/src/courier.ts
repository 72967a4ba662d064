import { orAborted } from './abortable.js';
import type { AddressPolicy } from './address/address-policy.js';
import { readTarget } from './address/target.js';
import type { Clock } from './clock.js';
import { FetchEnd } from './fetch-end.js';
import type { FetchRequest } from './fetch-request.js';
import { type Overload, overloadOf } from './http/overload.js';
import { isConditional, requestFields } from './http/request-fields.js';
import type { Hosts, Turn } from './politeness/hosts.js';
import { Route } from './route.js';
import { type Transport, type WireAnswer, discard } from './transport/transport.js';
import type { Trip, Visit } from './trip.js';

export interface CourierParts {
  policy: AddressPolicy;
  transport: Transport;
  hosts: Hosts;
  clock: Clock;
  userAgent: string;
}

/** Asks whether an address may be visited; answers the pause its origin wants, milliseconds. Throws FetchEnd. */
export type Permit = (url: URL) => Promise<number>;

const DEFAULT_WAIT_MS = 30_000;

/** Takes a fetch to the address that answers it, and asks at every step whether it may go on. */
export class Courier {
  constructor(private readonly parts: CourierParts) {}

  /** Reads an address and judges its text. @throws FetchEnd `bad-address`, `fetch-blocked` */
  addressed(address: string): URL {
    const url = readTarget(address);
    if (!url) throw FetchEnd.refused('bad-address', 'no absolute address');
    this.refuseUnlessAllowed(url);
    return url;
  }

  /**
   * Goes from address to address until one answers with anything but a redirect.
   *
   * @throws FetchEnd
   */
  async open(start: URL, trip: Trip, permit?: Permit): Promise<Visit> {
    const route = new Route(start, { hasBody: trip.request.body !== undefined });
    trip.route = route;
    for (;;) {
      const turn = await this.turnAt(route.url, trip.request, permit);
      const visit = await this.visit(route, trip, turn);
      if (!followed(visit)) return visit;
      this.refuseUnlessAllowed(route.url);
    }
  }

  private refuseUnlessAllowed(url: URL): void {
    const refusal = this.parts.policy.refusalOfUrl(url);
    if (refusal !== undefined) throw FetchEnd.refused('fetch-blocked', refusal);
  }

  private async turnAt(
    url: URL,
    { signal, maxWaitMs = DEFAULT_WAIT_MS }: FetchRequest,
    permit?: Permit,
  ): Promise<Turn> {
    const crawlDelayMs = permit && (await unlessUnwanted(permit(url), signal));
    return this.parts.hosts.enter(url.host, { maxWaitMs, crawlDelayMs, signal });
  }

  private async visit(route: Route, { request, stopwatch }: Trip, turn: Turn): Promise<Visit> {
    const { url, start, keepsBody } = route;
    const fields = requestFields(request, { url, origin: start.origin, userAgent: this.parts.userAgent });
    const run = stopwatch.start(request.signal);
    try {
      const answer = await this.parts.transport.send(
        { url, fields, method: methodOf(request, keepsBody), body: keepsBody ? request.body : undefined },
        run.signal,
      );
      const leave = once(() => {
        run.signal.removeEventListener('abort', leave);
        discard(answer.body);
        run.stop();
        turn.end(timedOut(run.signal.reason) ?? this.overloadOf(answer));
      });
      run.signal.addEventListener('abort', leave);
      return { route, answer, conditional: isConditional(fields), leave };
    } catch (error) {
      run.stop();
      turn.end(timedOut(error));
      throw error;
    }
  }

  private overloadOf({ status, fields }: WireAnswer): Overload | undefined {
    return overloadOf(status, fields, this.parts.clock.date());
  }
}

/** A host that does not answer in time is treated as one that says it is overtaxed. */
function timedOut(reason: unknown): Overload | undefined {
  return reason instanceof FetchEnd && reason.end.code === 'timeout' ? {} : undefined;
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

async function unlessUnwanted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return orAborted(work, signal).catch((error: unknown) => {
    throw signal.aborted ? FetchEnd.failed('aborted', 'the caller gave it up') : error;
  });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
