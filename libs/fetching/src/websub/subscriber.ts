import { randomBytes } from 'node:crypto';
import type { FetchAnswer } from '../fetch-answer.js';
import type { Fetcher } from '../fetcher.js';
import type { HubOffer } from './discovery.js';
import { isSignedBy } from './signature.js';
import {
  LEASE_SECONDS,
  type Subscription,
  asking,
  confirmed,
  leaving,
  newSubscription,
  notReached,
  refused,
  secretsOf,
} from './subscription.js';

/** Where subscriptions are kept. */
export interface SubscriptionStore {
  find(id: string): Promise<Subscription | undefined>;
  /** The source's subscription that has not ended. */
  findBySource(source: string): Promise<Subscription | undefined>;
  add(subscription: Subscription): Promise<void>;
  /**
   * Changes one as a whole, whoever else changes it at the same time: `change` is called again with what another has
   * stored meanwhile. Where it answers undefined, or there is none, nothing is stored.
   *
   * @returns what was stored
   */
  update(id: string, change: (current: Subscription) => Subscription | undefined): Promise<Subscription | undefined>;
  /** Those whose `nextAt` has come, so many at most. */
  listDue(now: number, most: number): Promise<Subscription[]>;
}

export interface SubscriberOptions {
  fetcher: Pick<Fetcher, 'fetch'>;
  store: SubscriptionStore;
  /** Public address hubs call, without the id at its end: `https://wire.example/v1/websub/`. */
  callbackBase: string;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** What a hub's call is answered with. */
export interface CallbackAnswer {
  status: 200 | 202 | 400 | 401 | 404 | 410;
  /** Plain text, to be sent as nothing else: it may be a hub's words. */
  body: string;
}

/** A delivery that was checked, and whose news it tells of. */
export type DeliveryAnswer = CallbackAnswer & { source?: string };

const DUE_AT_ONCE = 20;
/** A challenge is sent back as it came, so it must be no more than that. */
const CHALLENGE = /^[\x21-\x7e]{1,1024}$/;

/**
 * Subscribes to topics at WebSub hubs (W3C Recommendation, 2018), keeps subscriptions alive and answers hubs' calls.
 * A delivery says that there is news, not what it is: its body is checked and dropped, and the publisher is asked. So
 * a replayed or late delivery costs a conditional request, and can bring back nothing that was corrected since
 * (PITFALLS C14).
 */
export class WebSubSubscriber {
  private readonly now: () => number;

  constructor(private readonly options: SubscriberOptions) {
    this.now = options.now ?? Date.now;
  }

  /** Sees to it that a source is subscribed to at its hub, the first it offers. Safe to call with every poll. */
  async follow(source: string, { hubs: [hub], topic }: HubOffer): Promise<void> {
    const { store } = this.options;
    const current = await store.findBySource(source);
    if (hub === undefined || (current?.hub === hub && current.topic === topic)) return;
    if (current) await this.update(current.id, leaving);
    await store.add(newSubscription({ id: randomBytes(24).toString('base64url'), source, hub, topic }, this.now()));
  }

  /** Takes leave of a source's hub, if it has one. */
  async leave(source: string): Promise<void> {
    const current = await this.options.store.findBySource(source);
    if (current) await this.update(current.id, leaving);
  }

  /** Asks hubs for what is due: first subscriptions, renewals, farewells, what failed before. Some at a time. */
  async askDue(): Promise<void> {
    const due = await this.options.store.listDue(this.now(), DUE_AT_ONCE);
    await Promise.all(due.map((subscription) => this.ask(subscription)));
  }

  /** Answers a hub that asks whether we want what it was asked for, or tells that it denies it. */
  async answerVerification(id: string, query: Record<string, unknown>): Promise<CallbackAnswer> {
    const { mode, topic, challenge, reason, leaseSeconds } = readQuery(query);
    if (mode === 'denied') return this.hearDenial(id, topic, reason);
    if (challenge === undefined || !CHALLENGE.test(challenge)) return { status: 400, body: 'hub.challenge is missing' };
    const wanted = await this.options.store.update(id, (current) =>
      current.wants === mode && current.topic === topic && current.state !== 'ended'
        ? confirmed(current, leaseSeconds, this.now())
        : undefined,
    );
    return wanted ? { status: 200, body: challenge } : NOT_WANTED;
  }

  /**
   * Checks a delivery.
   *
   * @param signature the `X-Hub-Signature` field as Node's server gives it
   * @param body byte for byte as it arrived
   */
  async answerDelivery(
    id: string,
    signature: string | string[] | undefined,
    body: Uint8Array,
  ): Promise<DeliveryAnswer> {
    const subscription = await this.options.store.find(id);
    if (!subscription) return NOT_WANTED;
    if (subscription.wants === 'unsubscribe') return { status: 410, body: 'not subscribed any more' };
    if (!isSignedBy(signature, body, secretsOf(subscription))) return { status: 401, body: 'no valid signature' };
    return { status: 202, body: 'thanks', source: subscription.source };
  }

  private async hearDenial(
    id: string,
    topic: string | undefined,
    reason = 'the hub denies it',
  ): Promise<CallbackAnswer> {
    const denied = await this.options.store.update(id, (current) =>
      current.topic === topic && current.state !== 'ended' ? refused(current, reason, this.now()) : undefined,
    );
    return denied ? { status: 200, body: 'noted' } : NOT_WANTED;
  }

  /** Of several instances that find it due, one asks. */
  private async ask({ id, nextAt }: Subscription): Promise<void> {
    const secret = randomBytes(32).toString('hex');
    const mine = await this.options.store.update(id, (current) =>
      current.nextAt === nextAt ? asking(current, secret, this.now()) : undefined,
    );
    if (mine) await this.hearHub(id, await this.request(mine));
  }

  private request({ id, hub, topic, wants, offeredSecret }: Subscription): Promise<FetchAnswer> {
    const form = new URLSearchParams({
      'hub.callback': new URL(id, this.options.callbackBase).href,
      'hub.mode': wants,
      'hub.topic': topic,
      ...(wants === 'subscribe' && offeredSecret !== undefined
        ? { 'hub.lease_seconds': String(LEASE_SECONDS), 'hub.secret': offeredSecret }
        : {}),
    });
    return this.options.fetcher.fetch(hub, {
      purpose: 'websub',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** What a hub accepts counts for nothing until it has confirmed it. */
  private async hearHub(id: string, answer: FetchAnswer): Promise<void> {
    if (answer.outcome === 'fetched' || answer.outcome === 'not-modified') return;
    const isFinal = answer.code === 'fetch-blocked' || (answer.code === 'http-status' && isClientError(answer.status));
    await this.update(id, (current, now) =>
      isFinal ? refused(current, answer.reason, now) : notReached(current, answer, now),
    );
  }

  private async update(id: string, change: (current: Subscription, now: number) => Subscription): Promise<void> {
    await this.options.store.update(id, (current) => change(current, this.now()));
  }
}

const NOT_WANTED: CallbackAnswer = { status: 404, body: 'no such subscription' };

function isClientError(status = 0): boolean {
  return status >= 400 && status < 500;
}

function readQuery(query: Record<string, unknown>) {
  const text = (name: string): string | undefined => {
    const value = query[`hub.${name}`];
    return typeof value === 'string' ? value : undefined;
  };
  const lease = text('lease_seconds');
  return {
    mode: text('mode'),
    topic: text('topic'),
    challenge: text('challenge'),
    reason: text('reason'),
    leaseSeconds: lease !== undefined && /^\d{1,12}$/.test(lease) ? Number(lease) : undefined,
  };
}
