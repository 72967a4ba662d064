/**
 * A subscription at a WebSub hub (W3C Recommendation, 2018) as a state machine of pure functions: each takes the
 * subscription as it is and answers it as it is then. What is asked of the hub is asked elsewhere; here is when and
 * what follows.
 */

/** What is stored of one. Times are epoch milliseconds. */
export interface Subscription {
  /** Unguessable: the end of the callback's address, and all that gives a hub entrance there. */
  id: string;
  /** Whose news it is; a source has one subscription. */
  source: string;
  hub: string;
  topic: string;
  wants: 'subscribe' | 'unsubscribe';
  /**
   * `asked`: the hub has not confirmed what we want. `active`: it pushes until `leaseUntil`. `refused`: it said no, and
   * is asked again after a day. `ended`: it pushes no more, as we wanted.
   */
  state: 'asked' | 'active' | 'refused' | 'ended';
  /** Signs deliveries; comes into force when the hub confirms a request that offered it. */
  secret?: string;
  offeredSecret?: string;
  /** The one before, for deliveries that were under way when the hub changed to the new one. */
  previousSecret?: string;
  leaseUntil?: number;
  /** When the hub is to be asked next; absent where there is nothing to ask. */
  nextAt?: number;
  /** Requests since the last confirmation. */
  failures: number;
  /** Why the hub failed or refused, for people. */
  reason?: string;
}

/** Asked for; hubs grant what they like. */
export const LEASE_SECONDS = 10 * 24 * 3_600;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A hub confirms a request within so long, or is asked again. */
const CONFIRM_MS = 10 * MINUTE_MS;
/** Renewed when four fifths of the lease are over: a hub that is away for a while costs no news. */
const RENEW_AFTER = 0.8;
const SHORTEST_LEASE_MS = 5 * MINUTE_MS;
const LONGEST_LEASE_MS = 60 * DAY_MS;
const FIRST_RETRY_MS = MINUTE_MS;
const LONGEST_RETRY_MS = 6 * HOUR_MS;
/** A hub that does not let us go is left: the lease ends by itself. */
const FAREWELLS = 5;
const REASON_LENGTH = 200;

/** One that is to be asked for at once. */
export function newSubscription(
  { id, source, hub, topic }: Pick<Subscription, 'id' | 'source' | 'hub' | 'topic'>,
  now: number,
): Subscription {
  return { id, source, hub, topic, wants: 'subscribe', state: 'asked', nextAt: now, failures: 0 };
}

/** Whether the hub pushes, so that polls may be rare. */
export function isPushing({ state, leaseUntil = 0 }: Subscription, now: number): boolean {
  return state === 'active' && leaseUntil > now;
}

/** Secrets that a delivery may be signed with now. */
export function secretsOf({ secret, offeredSecret, previousSecret }: Subscription): string[] {
  return [secret, offeredSecret, previousSecret].filter((one) => one !== undefined);
}

/**
 * The hub is about to be asked. Until it confirms, that is a failure: the confirmation may arrive before the answer to
 * the request does, and the answer alone means nothing.
 *
 * @param freshSecret offered unless one is offered already, which the hub may yet confirm
 */
export function asking(subscription: Subscription, freshSecret: string, now: number): Subscription {
  const { wants, failures, offeredSecret } = subscription;
  return {
    ...subscription,
    ...(wants === 'subscribe' ? { offeredSecret: offeredSecret ?? freshSecret } : {}),
    failures: failures + 1,
    nextAt: now + Math.max(CONFIRM_MS, retryMs(failures + 1)),
  };
}

/** The request did not get through. It may have been confirmed nevertheless. */
export function notReached(
  subscription: Subscription,
  { reason, retryAfterMs = 0 }: { reason: string; retryAfterMs?: number },
  now: number,
): Subscription {
  const { wants, failures } = subscription;
  if (failures === 0) return subscription;
  const told = { ...subscription, reason: reason.slice(0, REASON_LENGTH) };
  if (wants === 'unsubscribe' && failures >= FAREWELLS) return ended(told);
  return { ...told, nextAt: now + Math.max(retryMs(failures), retryAfterMs) };
}

/** The hub will not have it, by its answer or by a denial later on. */
export function refused(subscription: Subscription, reason: string, now: number): Subscription {
  const told = { ...subscription, reason: reason.slice(0, REASON_LENGTH), leaseUntil: undefined };
  return subscription.wants === 'unsubscribe' ? ended(told) : { ...told, state: 'refused', nextAt: now + DAY_MS };
}

/**
 * The hub has asked whether we want it, and we do.
 *
 * @param leaseSeconds what it grants; undefined where it doesn't say, which older hubs don't
 */
export function confirmed(subscription: Subscription, leaseSeconds: number | undefined, now: number): Subscription {
  if (subscription.wants === 'unsubscribe') return ended(subscription);
  const { secret, offeredSecret, previousSecret } = subscription;
  const lease = Math.min(Math.max((leaseSeconds ?? LEASE_SECONDS) * 1000, SHORTEST_LEASE_MS), LONGEST_LEASE_MS);
  return {
    ...subscription,
    state: 'active',
    secret: offeredSecret ?? secret,
    offeredSecret: undefined,
    previousSecret: offeredSecret === undefined ? previousSecret : secret,
    leaseUntil: now + lease,
    nextAt: now + lease * RENEW_AFTER,
    failures: 0,
    reason: undefined,
  };
}

/** We want no more of it. */
export function leaving(subscription: Subscription, now: number): Subscription {
  if (subscription.wants === 'unsubscribe') return subscription;
  return { ...subscription, wants: 'unsubscribe', nextAt: now, failures: 0 };
}

function ended(subscription: Subscription): Subscription {
  return { ...subscription, state: 'ended', leaseUntil: undefined, nextAt: undefined, failures: 0 };
}

function retryMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
}
