import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalServer, serveHttp } from '../../testing/local-server.js';
import { Fetcher } from '../fetcher.js';
import { signatureOf } from './signature.js';
import { type DeliveryAnswer, type SubscriptionStore, WebSubSubscriber } from './subscriber.js';
import { type Subscription, isPushing } from './subscription.js';

/**
 * A hub and our callback, both on real sockets. The hub verifies while it is being asked, as some do, and delivers on
 * command.
 */

const TOPIC = 'https://news.example/feed';
const DAY_MS = 24 * 3_600_000;

class MemoryStore implements SubscriptionStore {
  readonly all = new Map<string, Subscription>();

  find = async (id: string) => this.all.get(id);
  findBySource = async (source: string) =>
    [...this.all.values()].find((one) => one.source === source && one.wants === 'subscribe');
  add = async (one: Subscription) => void this.all.set(one.id, one);
  listDue = async (now: number, most: number) =>
    [...this.all.values()].filter(({ nextAt = Infinity }) => nextAt <= now).slice(0, most);
  update = async (id: string, change: (current: Subscription) => Subscription | undefined) => {
    const current = this.all.get(id);
    const next = current && change(current);
    if (next) this.all.set(id, next);
    return next;
  };
}

let store: MemoryStore;
let fetcher: Fetcher;
let subscriber: WebSubSubscriber;
let hub: LocalServer;
let callback: LocalServer;
let now: number;
let woken: string[];
/** What the hub was asked. */
let asked: URLSearchParams[];
let hubStatus: number;
let hubConfirms: boolean;

beforeEach(async () => {
  now = Date.parse('2026-11-03T08:00:00Z');
  [store, woken, asked, hubStatus, hubConfirms] = [new MemoryStore(), [], [], 202, true];
  fetcher = new Fetcher({ allow: ['127.0.0.1:*'], hostIntervalMs: 0 });
  hub = await serveHttp((request, response) => {
    void (async () => {
      const form = new URLSearchParams(await textOf(request));
      asked.push(form);
      if (hubConfirms && hubStatus === 202) await verify(form);
      response.writeHead(hubStatus).end();
    })();
  });
  callback = await serveHttp((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://callback');
      const id = pathname.slice(1);
      const body = Buffer.from(await textOf(request), 'latin1');
      const answer: DeliveryAnswer =
        request.method === 'POST'
          ? await subscriber.answerDelivery(id, request.headers['x-hub-signature'], body)
          : await subscriber.answerVerification(id, Object.fromEntries(searchParams));
      if (answer.source !== undefined) woken.push(answer.source);
      response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
    })();
  });
  subscriber = new WebSubSubscriber({ fetcher, store, callbackBase: `${callback.url}/`, now: () => now });
});

afterEach(async () => {
  await fetcher.close();
  await Promise.all([hub.close(), callback.close()]);
});

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

/** Calls back as a hub does that was asked so. */
async function verify(form: URLSearchParams, changes: Record<string, string> = {}): Promise<[number, string]> {
  const address = new URL(form.get('hub.callback') ?? '');
  const query = {
    'hub.mode': form.get('hub.mode') ?? '',
    'hub.topic': form.get('hub.topic') ?? '',
    'hub.challenge': 'riddle-7',
    'hub.lease_seconds': '86400',
    ...changes,
  };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await fetch(address);
  return [answer.status, await answer.text()];
}

async function deliver(body: string, signature: string, form = asked[0]): Promise<number> {
  const headers = { 'x-hub-signature': signature, 'content-type': 'application/rss+xml' };
  const address = form?.get('hub.callback') ?? '';
  return (await fetch(address, { method: 'POST', body, headers })).status;
}

const offer = () => ({ hubs: [hub.url], topic: TOPIC });
const only = (): Subscription => [...store.all.values()][0] as Subscription;
const secret = (): string => asked.at(-1)?.get('hub.secret') ?? '';

async function subscribe(): Promise<void> {
  await subscriber.follow('harbour-news', offer());
  await subscriber.askDue();
}

describe('subscribing', () => {
  it('asks the hub with all it needs, and is confirmed while it asks', async () => {
    await subscribe();
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': TOPIC,
      'hub.callback': `${callback.url}/${only().id}`,
      'hub.lease_seconds': '864000',
      'hub.secret': expect.stringMatching(/^[\da-f]{64}$/),
    });
    expect(only().id).toMatch(/^[\w-]{32}$/);
    expect(only()).toMatchObject({ state: 'active', leaseUntil: now + DAY_MS, failures: 0 });
  });

  it('happens once, however often the source is polled', async () => {
    await subscribe();
    await subscribe();
    expect([asked.length, store.all.size]).toEqual([1, 1]);
  });

  it('happens once, however many instances find it due', async () => {
    await subscriber.follow('harbour-news', offer());
    await Promise.all([subscriber.askDue(), subscriber.askDue(), subscriber.askDue()]);
    expect(asked).toHaveLength(1);
  });

  it('is renewed with a new secret before its lease is over', async () => {
    await subscribe();
    const before = secret();
    now += 0.8 * DAY_MS - 1;
    await subscriber.askDue();
    expect(asked).toHaveLength(1);
    now += 1;
    await subscriber.askDue();
    expect(asked).toHaveLength(2);
    expect(secret()).not.toBe(before);
    expect(isPushing(only(), now + 0.9 * DAY_MS)).toBe(true);
  });

  it('is asked for again when the hub says yes and does nothing', async () => {
    hubConfirms = false;
    await subscribe();
    expect(isPushing(only(), now)).toBe(false);
    now += 10 * 60_000;
    hubConfirms = true;
    await subscriber.askDue();
    expect(isPushing(only(), now)).toBe(true);
  });

  it('waits for a hub in trouble, and for a day after a no', async () => {
    hubStatus = 503;
    await subscribe();
    expect(only()).toMatchObject({ state: 'asked', nextAt: now + 60_000, reason: expect.stringContaining('503') });
    hubStatus = 403;
    now += 60_000;
    await subscriber.askDue();
    expect(only()).toMatchObject({ state: 'refused', nextAt: now + DAY_MS });
  });

  it('never asks a hub in the own network', async () => {
    await subscriber.follow('harbour-news', { hubs: ['http://169.254.169.254/hub'], topic: TOPIC });
    await subscriber.askDue();
    expect(only()).toMatchObject({ state: 'refused' });
  });

  it('moves to another hub or topic, and takes leave of the old', async () => {
    await subscribe();
    await subscriber.follow('harbour-news', { ...offer(), topic: `${TOPIC}/all` });
    await subscriber.askDue();
    expect(asked.slice(1).map((form) => [form.get('hub.mode'), form.get('hub.topic')])).toEqual(
      expect.arrayContaining([
        ['unsubscribe', TOPIC],
        ['subscribe', `${TOPIC}/all`],
      ]),
    );
    expect([...store.all.values()].map(({ state }) => state)).toEqual(['ended', 'active']);
  });

  it('ends when the source is left', async () => {
    await subscribe();
    await subscriber.leave('harbour-news');
    await subscriber.askDue();
    expect(asked.at(-1)?.has('hub.secret')).toBe(false);
    expect(only()).toMatchObject({ state: 'ended' });
    await subscriber.leave('nobody');
  });
});

describe('a hub’s question', () => {
  beforeEach(async () => {
    hubConfirms = false;
    await subscribe();
  });

  it('is answered with its challenge when we want it', async () => {
    await expect(verify(asked[0] as URLSearchParams)).resolves.toEqual([200, 'riddle-7']);
  });

  it.each([
    ['another topic', { 'hub.topic': 'https://evil.example/feed' }, 404],
    ['leave we did not ask for', { 'hub.mode': 'unsubscribe' }, 404],
    ['a mode that is none', { 'hub.mode': 'publish' }, 404],
    ['no challenge', { 'hub.challenge': '' }, 400],
    ['a challenge that is a page', { 'hub.challenge': '<b> x' }, 400],
    ['a challenge without end', { 'hub.challenge': 'x'.repeat(2_000) }, 400],
  ])('is not, for %s', async (_what, changes, status) => {
    const [answered, body] = await verify(asked[0] as URLSearchParams, changes);
    expect(answered).toBe(status);
    expect(body).not.toBe('riddle-7');
    expect(only()).toMatchObject({ state: 'asked' });
  });

  it('is not, at an address nobody has', async () => {
    const form = new URLSearchParams({
      ...Object.fromEntries(asked[0] ?? []),
      'hub.callback': `${callback.url}/guess`,
    });
    await expect(verify(form)).resolves.toEqual([404, 'no such subscription']);
  });

  it('may be a no', async () => {
    await verify(asked[0] as URLSearchParams, { 'hub.mode': 'denied', 'hub.reason': 'too many' });
    expect(only()).toMatchObject({ state: 'refused', reason: 'too many' });
  });
});

describe('C13, C14: a delivery', () => {
  const BODY = '<rss>news</rss>';

  beforeEach(subscribe);

  it('that is signed wakes its source', async () => {
    await expect(deliver(BODY, signatureOf(Buffer.from(BODY), secret()))).resolves.toBe(202);
    await expect(deliver(BODY, signatureOf(Buffer.from(BODY), secret(), 'sha1'))).resolves.toBe(202);
    expect(woken).toEqual(['harbour-news', 'harbour-news']);
  });

  it.each(['', 'sha256=00', 'sha256=zz', `sha256=${'0'.repeat(64)}`, 'sha256'])(
    'signed with %j is not',
    async (signature) => {
      await expect(deliver(BODY, signature)).resolves.toBe(401);
      expect(woken).toEqual([]);
    },
  );

  it('that was changed on its way is not', async () => {
    await expect(deliver(`${BODY} `, signatureOf(Buffer.from(BODY), secret()))).resolves.toBe(401);
  });

  it('that comes again two leases later is not', async () => {
    const signature = signatureOf(Buffer.from(BODY), secret());
    for (let renewal = 0; renewal < 2; renewal++) {
      await expect(deliver(BODY, signature)).resolves.toBe(202);
      now += 0.8 * DAY_MS;
      await subscriber.askDue();
    }
    await expect(deliver(BODY, signature)).resolves.toBe(401);
  });

  it('of a topic we have left is turned away for good', async () => {
    await subscriber.leave('harbour-news');
    await expect(deliver(BODY, signatureOf(Buffer.from(BODY), secret()))).resolves.toBe(410);
    expect(woken).toEqual([]);
  });
});
