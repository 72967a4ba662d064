import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { type FetchRequest, type Subscription, WebSubSubscriber, signatureOf } from '@wireroom/fetching';
import mongoose, { type Connection } from 'mongoose';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { subscriptionSchema } from '../../apps/ingest/src/websub/subscription.schema.js';
import { MongoSubscriptionStore } from '../../apps/ingest/src/websub/subscription.store.js';
import { FixtureSite, paragraphs, rss } from './fixture-site.js';
import { Wire } from './wire.js';

jest.setTimeout(240_000);

let wire: Wire;
let site: FixtureSite;
let hub: Hub;

beforeAll(async () => {
  site = await FixtureSite.start();
  hub = await Hub.start();
  wire = await Wire.start();
  const ingestUrl = await wire.reserve('ingest');
  await wire.startAll({ FETCH_ALLOW: `${site.host},${hub.host}`, WEBSUB_CALLBACK_URL: `${ingestUrl}/v1/websub/` });
});
afterAll(async () => {
  await wire.stop();
  await hub.stop();
  await site.stop();
});

describe('a feed with a hub', () => {
  const entry = (id: string, title: string) => ({
    guid: id,
    link: site.url(`/${id}`),
    title,
    content: paragraphs(title),
  });

  function publish(...entries: ReturnType<typeof entry>[]): void {
    const { type, body } = rss('The Skerry Courier', entries) as { type: string; body: string };
    site.set('/feed.xml', (response) => {
      response.writeHead(200, { 'content-type': type, link: `<${hub.url}>; rel="hub"` }).end(body);
    });
  }

  it('is subscribed to, and polled rarely from then on', async () => {
    publish(entry('quay', 'Quay opens again'));
    await wire.ingest.addSource({ name: 'skerry', kind: 'feed', address: site.url('/feed.xml') });
    await waitUntil(() => hub.subscriptions.length === 1, 60_000);
    expect(hub.subscriptions[0]?.get('hub.topic')).toBe(site.url('/feed.xml'));
    await waitUntil(() => hub.answers.length === 1, 60_000);
    expect(hub.answers).toEqual(['200 riddle']);
    await waitUntil(async () => (await wire.ingest.showSource('skerry')).pushedUntil !== undefined, 60_000);
  });

  it('brings its news when the hub tells of it, long before the next poll', async () => {
    await waitUntil(async () => (await wire.ingest.showSource('skerry')).totals.added === 1, 60_000);
    publish(entry('ferry', 'Ferry is back at Skerry'), entry('quay', 'Quay opens again'));
    await expect(hub.deliver('<rss/>')).resolves.toBe(202);
    await waitUntil(async () => (await wire.ingest.showSource('skerry')).totals.added === 2, 60_000);
    await waitUntil(async () => (await wire.publishing.listArticles()).items.length === 2, 60_000);
  });

  it('is not polled for what nobody signed', async () => {
    const visits = site.visitsTo('/feed.xml').length;
    await expect(hub.deliver('<rss/>', 'sha256=00')).resolves.toBe(401);
    await expect(hub.deliver('<rss/>', undefined, 'nobody')).resolves.toBe(404);
    expect(site.visitsTo('/feed.xml').length).toBe(visits);
  });

  it('is unsubscribed from when it is removed', async () => {
    await wire.ingest.removeSource('skerry');
    await waitUntil(() => hub.subscriptions.at(-1)?.get('hub.mode') === 'unsubscribe', 60_000);
    await expect(hub.deliver('<rss/>')).resolves.toBe(410);
  });
});

describe('a source in the own network', () => {
  it.each([
    'http://2130706433/',
    'http://169.254.169.254/latest/',
    'http://[::ffff:7f00:1]:27017/',
    'http://u:p@a.example/',
  ])('is refused at the door: %s', async (address) => {
    const refusal = await wire.ingest
      .addSource({ name: 'inside', kind: 'feed', address })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 400, code: 'contract-violation', faults: [{ field: 'address' }] });
  });
});

describe('two instances on one database', () => {
  const HOUR_MS = 3_600_000;
  const TOPIC = 'https://news.example/feed';
  const connections: Connection[] = [];
  const requests: URLSearchParams[] = [];
  let now = Date.parse('2026-03-02T08:00:00Z');
  let stores: MongoSubscriptionStore[];
  let instances: WebSubSubscriber[];

  const fetcher = {
    fetch: async (url: string, { body = '' }: FetchRequest = {}) => {
      requests.push(new URLSearchParams(String(body)));
      const answer = { finalUrl: url, redirects: [], tookMs: 1, headers: {}, optOut: [] };
      return { ...answer, outcome: 'fetched' as const, status: 202, body: new Uint8Array(), bytes: 0, wireBytes: 0 };
    },
  };
  const everyone = (work: (instance: WebSubSubscriber) => Promise<unknown>): Promise<unknown[]> =>
    Promise.all([...instances, ...instances].map(work));
  const current = async (): Promise<Subscription> => (await stores[0]!.findBySource('skerry'))!;

  beforeAll(async () => {
    for (let number = 0; number < 2; number++) {
      // A database of its own: the services of the line ask for what is due in theirs.
      const connection = mongoose.createConnection(wire.backends.mongoUri, { dbName: 'contended' });
      await connection.asPromise();
      await connection.model('WebSubSubscription', subscriptionSchema).init();
      connections.push(connection);
    }
    stores = connections.map((connection) => new MongoSubscriptionStore(connection));
    const callbackBase = 'https://wire.example/v1/websub/';
    instances = stores.map((store) => new WebSubSubscriber({ fetcher, store, callbackBase, now: () => now }));
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  it('make one subscription of a source, whoever follows it', async () => {
    await everyone((instance) => instance.follow('skerry', { hubs: ['https://hub.example/'], topic: TOPIC }));
    expect(await stores[0]!.listFollowed()).toHaveLength(1);
    expect(await stores[1]!.listDue(now, 10)).toHaveLength(1);
  });

  it('ask the hub once each time it is due, by the secret that then holds', async () => {
    for (let renewal = 1; renewal <= 4; renewal++) {
      await everyone((instance) => instance.askDue());
      expect(requests).toHaveLength(renewal);
      const { id } = await current();
      const query = { 'hub.mode': 'subscribe', 'hub.topic': TOPIC, 'hub.lease_seconds': '36000' };
      const answer = await instances[renewal % 2]!.answerVerification(id, { ...query, 'hub.challenge': 'riddle' });
      expect(answer).toEqual({ status: 200, body: 'riddle' });
      expect(await current()).toMatchObject({
        state: 'active',
        secret: requests.at(-1)!.get('hub.secret'),
        failures: 0,
        nextAt: now + 8 * HOUR_MS,
      });
      now += 8 * HOUR_MS;
    }
  });

  it('lose no change that another makes meanwhile', async () => {
    const { id } = await current();
    const changes = Array.from({ length: 16 }, (_, number) =>
      stores[number % 2]!.update(id, (one) => ({ ...one, failures: one.failures + 1 })),
    );
    await Promise.all(changes);
    expect((await current()).failures).toBe(16);
  });

  it('take one leave, and one new subscription after it', async () => {
    const { id } = await current();
    await everyone((instance) => instance.leave('skerry'));
    expect(await current()).toBeUndefined();
    await everyone((instance) => instance.follow('skerry', { hubs: ['https://other.example/'], topic: TOPIC }));
    expect(await stores[1]!.listFollowed()).toMatchObject([{ hub: 'https://other.example/', state: 'asked' }]);
    expect(await stores[0]!.find(id)).toMatchObject({ wants: 'unsubscribe' });
  });
});

/** A hub on this machine that confirms what it is asked and delivers on command. */
class Hub {
  readonly subscriptions: URLSearchParams[] = [];
  /** What its questions were answered with. */
  readonly answers: string[] = [];
  private readonly server = createServer((request, response) => {
    void this.hear(request).then(() => response.writeHead(202).end());
  });

  static async start(): Promise<Hub> {
    const hub = new Hub();
    await new Promise<void>((resolve) => hub.server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/`;
  }

  /** Delivers to the first subscription, or to another id in its place. */
  async deliver(body: string, signature?: string, id?: string): Promise<number> {
    const [form] = this.subscriptions;
    const callback = form?.get('hub.callback') ?? '';
    const signed = signature ?? signatureOf(Buffer.from(body), form?.get('hub.secret') ?? '');
    const response = await fetch(id === undefined ? callback : new URL(id, callback), {
      method: 'POST',
      body,
      headers: { 'x-hub-signature': signed, 'content-type': 'application/rss+xml' },
    });
    return response.status;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async hear(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    this.subscriptions.push(form);
    const question = new URL(form.get('hub.callback') ?? '');
    for (const name of ['hub.mode', 'hub.topic', 'hub.lease_seconds']) {
      question.searchParams.set(name, form.get(name) ?? '');
    }
    question.searchParams.set('hub.challenge', 'riddle');
    const response = await fetch(question);
    this.answers.push(`${response.status} ${await response.text()}`);
  }
}
