import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type LocalServer, serveHttp } from '../testing/local-server.js';
import type { ResolvedAddress } from './address/resolve.js';
import type { FetchAnswer } from './fetch-answer.js';
import type { FetcherOptions } from './fetch-request.js';
import { Fetcher } from './fetcher.js';

/**
 * The canary listens where nothing may ever go; the outside is one allowed address that stands for the public web.
 * Any request at the canary fails a test.
 */
const CANARY = '127.0.0.1';
const OUTSIDE = '127.0.0.2';

let canary: LocalServer;
let canaryHits: string[];
let outside: LocalServer;
let outsideRequests: IncomingMessage[];
let serveOutside: RequestListener;
let fetchers: Fetcher[];

beforeEach(async () => {
  canaryHits = [];
  outsideRequests = [];
  fetchers = [];
  serveOutside = (_request, response) => response.end('news');
  canary = await serveHttp(({ url = '' }, response) => {
    canaryHits.push(url);
    response.end('secret');
  }, CANARY);
  outside = await serveHttp((request, response) => {
    outsideRequests.push(request);
    serveOutside(request, response);
  }, OUTSIDE);
});

afterEach(async () => {
  await Promise.all(fetchers.map((fetcher) => fetcher.close()));
  await Promise.all([canary.close(), outside.close()]);
  expect(canaryHits).toEqual([]);
});

/** A fetcher for which the outside, on any port, is public. */
function fetcherWith(options: FetcherOptions = {}): Fetcher {
  const fetcher = new Fetcher({ allow: [`${OUTSIDE}:*`], hostIntervalMs: 0, ...options });
  fetchers.push(fetcher);
  return fetcher;
}

/** A name server that answers in this order, the last answer for ever. */
function answering(...answers: string[][]): { resolve: (name: string) => Promise<ResolvedAddress[]>; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (name) => {
      asked.push(name);
      const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  };
}

const BLOCKED = { outcome: 'refused', code: 'fetch-blocked' };
/** Without the requests for files about the host. */
const asIs = { purpose: 'feed', ignoreRobots: true } as const;

describe('C1: literal addresses', () => {
  it('are refused at save and at fetch', async () => {
    const fetcher = fetcherWith();
    const spellings = ['2130706433', '0177.0.0.1', '127.1', '0x7f.1', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'];
    for (const host of spellings) {
      const address = `http://${host}:${canary.port}/`;
      expect(fetcher.refusalOf(address)).toMatchObject(BLOCKED);
      await expect(fetcher.fetch(address, asIs)).resolves.toMatchObject(BLOCKED);
    }
  });

  it('are refused with credentials even where the target is allowed', async () => {
    await expect(fetcherWith().fetch(`http://user:word@${outside.host}/`)).resolves.toMatchObject(BLOCKED);
    expect(outsideRequests).toEqual([]);
  });

  it('say what they are instead of an address', () => {
    expect(fetcherWith().refusalOf('news.example/feed')).toMatchObject({ outcome: 'refused', code: 'bad-address' });
    expect(fetcherWith().refusalOf('https://news.example/feed')).toBeUndefined();
  });
});

describe('C2: names', () => {
  it('are judged by where they lead', async () => {
    const { resolve } = answering([CANARY]);
    const fetcher = fetcherWith({ resolve });
    await expect(fetcher.fetch(`http://127.0.0.1.nip.example:${canary.port}/`)).resolves.toMatchObject(BLOCKED);
    await expect(fetcher.fetch('http://wire.example/')).resolves.toMatchObject(BLOCKED);
  });

  it.each(['localhost', 'localhost.', 'LOCALHOST..'])('are refused as the system knows them: %s', async (name) => {
    await expect(fetcherWith().fetch(`http://${name}:${canary.port}/`, asIs)).resolves.toMatchObject(BLOCKED);
  });

  it('that lead nowhere are failures of the far side', async () => {
    const missing = async (): Promise<never> => Promise.reject(new Error('ENOTFOUND'));
    const failed = { outcome: 'failed', code: 'dns-failed' };
    await expect(fetcherWith({ resolve: missing }).fetch('http://gone.example/', asIs)).resolves.toMatchObject(failed);
    const { resolve } = answering([]);
    await expect(fetcherWith({ resolve }).fetch('http://gone.example/', asIs)).resolves.toMatchObject(failed);
  });
});

describe('C3: DNS rebinding', () => {
  it('is met by connecting to the checked addresses and asking no second time', async () => {
    const names = answering([OUTSIDE], [CANARY]);
    const answer = await fetcherWith(names).fetch(`http://rebind.example:${outside.port}/`, asIs);
    expect(answer).toMatchObject({ outcome: 'fetched', status: 200 });
    expect(names.asked).toEqual(['rebind.example']);
    expect(outsideRequests[0]?.headers.host).toBe(`rebind.example:${outside.port}`);
  });

  it('is refused at the next connection', async () => {
    serveOutside = (_request, response) => response.setHeader('connection', 'close').end('news');
    const fetcher = fetcherWith(answering([OUTSIDE], [CANARY]));
    const address = `http://rebind.example:${outside.port}/`;
    await expect(fetcher.fetch(address, asIs)).resolves.toMatchObject({ outcome: 'fetched' });
    await expect(fetcher.fetch(address, asIs)).resolves.toMatchObject(BLOCKED);
    expect(outsideRequests).toHaveLength(1);
  });

  it('is refused where a private address hides among others', async () => {
    for (const addresses of [
      [OUTSIDE, CANARY],
      [CANARY, OUTSIDE],
      [OUTSIDE, '::1'],
    ]) {
      const fetcher = fetcherWith(answering(addresses));
      await expect(fetcher.fetch(`http://mixed.example:${outside.port}/`, asIs)).resolves.toMatchObject(BLOCKED);
    }
    expect(outsideRequests).toEqual([]);
  });

  it('is checked for robots.txt and its own connection as well', async () => {
    const fetcher = fetcherWith(answering([CANARY], [OUTSIDE]));
    const answer = await fetcher.fetch(`http://rebind.example:${outside.port}/`);
    // robots.txt could not be had from where the name led first; the page came from a checked address.
    expect(answer).toMatchObject({ outcome: 'fetched' });
    expect(outsideRequests.map(({ url }) => url)).not.toContain('/robots.txt');
  });

  it('goes to the next of the checked addresses when one does not answer', async () => {
    const names = answering(['127.0.0.3', OUTSIDE]);
    const fetcher = fetcherWith({ ...names, allow: ['127.0.0.3:*', `${OUTSIDE}:*`] });
    const answer = await fetcher.fetch(`http://two.example:${outside.port}/`, asIs);
    expect(answer).toMatchObject({ outcome: 'fetched' });
  });
});

describe('C4: redirects', () => {
  function redirecting(location: string, status = 302): void {
    serveOutside = (_request, response) => response.writeHead(status, { location }).end();
  }

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_',
    'http://user:word@news.example/',
    'http://[::1]/',
    'http://2130706433/',
    'http://news.example:6379/',
  ])('to %s are refused', async (location) => {
    redirecting(location);
    const { resolve } = answering(['93.184.215.14']);
    const answer = await fetcherWith({ resolve }).fetch(`${outside.url}/a`, asIs);
    expect(answer).toMatchObject({ ...BLOCKED, redirects: [{ from: `${outside.url}/a`, status: 302 }] });
  });

  it('to a name that leads to a private address are refused', async () => {
    redirecting(`http://inside.example:${canary.port}/`);
    const { resolve } = answering([CANARY]);
    await expect(fetcherWith({ resolve }).fetch(outside.url, asIs)).resolves.toMatchObject(BLOCKED);
  });

  it('are followed five times', async () => {
    serveOutside = ({ url = '' }, response) => {
      const step = Number(url.slice(1));
      if (step === 5) response.end('there');
      else response.writeHead(302, { location: `/${step + 1}` }).end();
    };
    const answer = await fetcherWith().fetch(`${outside.url}/0`, asIs);
    expect(answer).toMatchObject({ outcome: 'fetched', finalUrl: `${outside.url}/5` });
    expect((answer as FetchAnswer & { redirects: unknown[] }).redirects).toHaveLength(5);
  });

  it('end after that, a circle among them', async () => {
    redirecting('/again');
    const answer = await fetcherWith().fetch(outside.url, asIs);
    expect(answer).toMatchObject({ outcome: 'failed', code: 'too-many-redirects' });
    expect(outsideRequests).toHaveLength(6);
  });

  it('without an address are failures', async () => {
    for (const location of ['http://', 'http://[::1', '']) {
      redirecting(location);
      const answer = await fetcherWith().fetch(`${outside.url}/a`, asIs);
      expect(answer).toMatchObject({ outcome: 'failed' });
    }
  });

  it('leave behind what the caller said to the first origin', async () => {
    const other = await serveHttp((request, response) => {
      outsideRequests.push(request);
      response.end('elsewhere');
    }, OUTSIDE);
    redirecting(`${other.url}/b`, 301);
    const headers = { authorization: 'Bearer key', 'x-key': 'key', cookie: 'id=1' };
    const answer = await fetcherWith().fetch(`${outside.url}/a`, { ...asIs, headers });
    await other.close();
    expect(answer).toMatchObject({ outcome: 'fetched', permanentUrl: `${other.url}/b` });
    const [first, second] = outsideRequests.map((request) => request.headers);
    expect(first).toMatchObject({ authorization: 'Bearer key', 'x-key': 'key' });
    expect(second).not.toHaveProperty('authorization');
    expect(second).not.toHaveProperty('x-key');
    expect([first, second].some((fields) => fields !== undefined && 'cookie' in fields)).toBe(false);
  });

  it('carry a body to no other origin', async () => {
    const other = await serveHttp((_request, response) => response.end('elsewhere'), OUTSIDE);
    redirecting(`${other.url}/b`, 307);
    const post = { purpose: 'websub' as const, body: 'hub.mode=subscribe' };
    const answer = await fetcherWith().fetch(`${outside.url}/hub`, post);
    await other.close();
    expect(answer).toMatchObject({ outcome: 'failed', code: 'bad-redirect', status: 307 });
  });

  it('set no cookies', async () => {
    serveOutside = ({ url }, response) =>
      url === '/a'
        ? response.writeHead(302, { location: '/b', 'set-cookie': 'id=1' }).end()
        : response.writeHead(200, { 'set-cookie': 'id=2' }).end('there');
    const fetcher = fetcherWith();
    await fetcher.fetch(`${outside.url}/a`, asIs);
    await fetcher.fetch(`${outside.url}/a`, asIs);
    expect(outsideRequests.some(({ headers }) => 'cookie' in headers)).toBe(false);
  });
});

describe('C5: other services of the own network', () => {
  it('are out of reach by name, by port and from what pages refer to', async () => {
    const { resolve } = answering(['10.4.0.7']);
    const fetcher = fetcherWith({ resolve });
    for (const address of ['http://kafka:9092/', 'http://mongo/', 'https://broker.cluster.local./']) {
      await expect(fetcher.fetch(address, asIs)).resolves.toMatchObject(BLOCKED);
    }
  });
});
