import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type LocalServer, serveHttp } from '../testing/local-server.js';
import { TestClock } from '../testing/test-clock.js';
import { type FetchAnswer, FetchInterrupted } from './fetch-answer.js';
import type { FetchEnding, FetcherOptions } from './fetch-request.js';
import { Fetcher } from './fetcher.js';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

let server: LocalServer;
let fetcher: Fetcher;
let requests: { method?: string; url: string; headers: IncomingMessage['headers'] }[];
let endings: FetchEnding[];
/** By path; what is missing is answered with 404. */
let answers: Record<string, Answer>;

beforeEach(async () => {
  requests = [];
  endings = [];
  answers = {};
  server = await serveHttp((request, response) => {
    const { method, url = '', headers } = request;
    requests.push({ method, url, headers });
    const answer = answers[url] ?? ((none) => none.writeHead(404).end());
    answer(response, request);
  });
  fetcher = newFetcher();
});

afterEach(async () => {
  await fetcher.close();
  await server.close();
});

function newFetcher(options: FetcherOptions = {}): Fetcher {
  const observe = (ending: FetchEnding): void => void endings.push(ending);
  return new Fetcher({ allow: [server.host], hostIntervalMs: 0, observe, ...options });
}

async function restart(options: FetcherOptions): Promise<void> {
  await fetcher.close();
  fetcher = newFetcher(options);
}

function text(body: string, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(200, headers).end(body);
}

function redirect(status: number, location: string): Answer {
  return (response) => response.writeHead(status, { location }).end('moved');
}

function bodyOf(answer: FetchAnswer): string | undefined {
  return answer.outcome === 'fetched' ? new TextDecoder().decode(answer.body) : undefined;
}

const asked = (): string[] => requests.map(({ url }) => url);
const fetchFeed = (path = '/feed', request = {}) => fetcher.fetch(server.url + path, { purpose: 'feed', ...request });

describe('a fetch', () => {
  it('brings the body with what its head says', async () => {
    answers['/feed'] = text('<rss/>', {
      'content-type': 'application/rss+xml; charset="ISO-8859-1"',
      etag: '"v1"',
      'last-modified': 'Tue, 03 Nov 2026 08:00:00 GMT',
      'cache-control': 'max-age=600',
      age: '60',
      'set-cookie': 'id=1',
    });
    const answer = await fetchFeed('/feed#top');
    expect(answer).toMatchObject({
      outcome: 'fetched',
      status: 200,
      finalUrl: `${server.url}/feed`,
      redirects: [],
      contentType: 'application/rss+xml; charset="ISO-8859-1"',
      charset: 'iso-8859-1',
      etag: '"v1"',
      lastModified: 'Tue, 03 Nov 2026 08:00:00 GMT',
      freshForMs: 540_000,
      bytes: 6,
      wireBytes: 6,
    });
    expect(bodyOf(answer)).toBe('<rss/>');
    expect(answer).not.toHaveProperty(['headers', 'set-cookie']);
  });

  it('says who asks, and where to complain', async () => {
    await restart({ product: 'HarbourDesk/2.0', contactUrl: 'https://wire.example/bot' });
    await fetchFeed();
    expect(requests[0]?.headers['user-agent']).toBe('HarbourDesk/2.0 (news intake; +https://wire.example/bot)');
    expect(() => new Fetcher({ contactUrl: 'us' })).toThrow(TypeError);
    expect(() => new Fetcher({ product: 'a\r\nb: c' })).toThrow(TypeError);
  });

  it('sends what a caller posts', async () => {
    let body = '';
    answers['/hub'] = (response, request) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.writeHead(202).end());
    };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = { purpose: 'websub', body: 'hub.mode=subscribe', headers } as const;
    await expect(fetcher.fetch(`${server.url}/hub`, post)).resolves.toMatchObject({ outcome: 'fetched', status: 202 });
    expect(requests).toMatchObject([{ method: 'POST', headers }]);
    expect(body).toBe('hub.mode=subscribe');
  });

  it('throws for a request that cannot be sent', async () => {
    await expect(fetchFeed('/feed', { ignoreRobots: true, headers: { 'x-a': 'b\r\nc: d' } })).rejects.toThrow();
    // Its turn is given back.
    answers['/feed'] = text('<rss/>');
    await expect(fetchFeed()).resolves.toMatchObject({ outcome: 'fetched' });
  });
});

describe('a status', () => {
  it('of 202 is content from a hub only', async () => {
    answers['/feed'] = (response) => response.writeHead(202).end('<p>Are you a robot?');
    await expect(fetchFeed()).resolves.toMatchObject({ outcome: 'failed', code: 'http-status', status: 202 });
  });

  it('of 204 is an empty body', async () => {
    answers['/feed'] = (response) => response.writeHead(204).end();
    await expect(fetchFeed()).resolves.toMatchObject({ outcome: 'fetched', status: 204, bytes: 0 });
  });
});

describe('a conditional fetch', () => {
  const unlessChanged: Answer = (response, { headers }) =>
    headers['if-none-match'] === '"v1"'
      ? response.writeHead(304, { 'cache-control': 'max-age=60' }).end()
      : response.writeHead(200, { etag: '"v2"' }).end('changed');

  it('knows that nothing has changed, and keeps the validators', async () => {
    answers['/feed'] = unlessChanged;
    const validators = { etag: '"v1"', lastModified: 'Tue, 03 Nov 2026 08:00:00 GMT' };
    await expect(fetchFeed('/feed', validators)).resolves.toMatchObject({
      outcome: 'not-modified',
      status: 304,
      freshForMs: 60_000,
      ...validators,
    });
  });

  it('brings what has changed with its new validators', async () => {
    answers['/feed'] = unlessChanged;
    const answer = await fetchFeed('/feed', { etag: '"v0"' });
    expect(answer).toMatchObject({ outcome: 'fetched', etag: '"v2"' });
    expect(answer).toHaveProperty('lastModified', undefined);
  });

  it('takes the new validators of a 304 that brings some', async () => {
    answers['/feed'] = (response) => response.writeHead(304, { etag: 'W/"v3"' }).end();
    await expect(fetchFeed('/feed', { etag: '"v1"' })).resolves.toMatchObject({ etag: 'W/"v3"' });
  });

  it('never sends back what is no validator', async () => {
    answers['/feed'] = text('<rss/>');
    await fetchFeed('/feed', { etag: '"v1"\r\nx-injected: 1', lastModified: 'yesterday' });
    const { headers } = requests.at(-1) ?? {};
    expect(headers).not.toHaveProperty('if-none-match');
    expect(headers).not.toHaveProperty('if-modified-since');
    expect(headers).not.toHaveProperty('x-injected');
  });
});

describe('a redirected fetch', () => {
  beforeEach(() => {
    answers['/new'] = text('here');
  });

  it.each([301, 308])('tells where the address has moved for good (%i)', async (status) => {
    answers['/old'] = redirect(status, '/new');
    const answer = await fetchFeed('/old');
    expect(answer).toMatchObject({
      outcome: 'fetched',
      permanentUrl: `${server.url}/new`,
      redirects: [{ from: `${server.url}/old`, to: `${server.url}/new`, status }],
    });
  });

  it.each([302, 303, 307])('keeps the address that is redirected for now (%i)', async (status) => {
    answers['/old'] = redirect(status, '/new');
    const answer = await fetchFeed('/old');
    expect(bodyOf(answer)).toBe('here');
    expect(answer).toHaveProperty('permanentUrl', undefined);
  });

  it('has moved for good as far as the first step that is for now', async () => {
    answers['/a'] = redirect(301, '/b');
    answers['/b'] = redirect(308, '/c');
    answers['/c'] = redirect(302, '/d');
    answers['/d'] = redirect(301, '/new');
    await expect(fetchFeed('/a')).resolves.toMatchObject({
      permanentUrl: `${server.url}/c`,
      finalUrl: `${server.url}/new`,
    });
  });

  it('has not moved when there is nothing at the new address', async () => {
    answers['/old'] = redirect(301, '/gone');
    await expect(fetchFeed('/old')).resolves.toMatchObject({ outcome: 'failed', status: 404 });
  });

  it('tells of unchanged content behind it', async () => {
    answers['/old'] = redirect(301, '/same');
    answers['/same'] = (response) => response.writeHead(304).end();
    await expect(fetchFeed('/old', { etag: '"v1"' })).resolves.toMatchObject({
      outcome: 'not-modified',
      permanentUrl: `${server.url}/same`,
    });
  });

  it('posts no body after a 303', async () => {
    answers['/hub'] = redirect(303, '/new');
    const answer = await fetcher.fetch(`${server.url}/hub`, { purpose: 'websub', body: 'a=b' });
    expect(bodyOf(answer)).toBe('here');
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});

describe('robots.txt', () => {
  beforeEach(() => {
    answers['/robots.txt'] = text('User-agent: *\nDisallow: /closed');
    answers['/closed/1'] = text('closed');
    answers['/open'] = text('open');
  });

  it('is asked before feeds and pages, once', async () => {
    await expect(fetchFeed('/closed/1')).resolves.toMatchObject({ outcome: 'refused', code: 'robots-disallowed' });
    await expect(fetchFeed('/open')).resolves.toMatchObject({ outcome: 'fetched' });
    expect(asked()).toEqual(['/robots.txt', '/open']);
  });

  it('is asked of every address a redirect leads to', async () => {
    answers['/open'] = redirect(302, '/closed/1');
    await expect(fetchFeed('/open')).resolves.toMatchObject({ outcome: 'refused', code: 'robots-disallowed' });
    expect(asked()).not.toContain('/closed/1');
  });

  it('is not asked where the publisher has agreed, or of a hub', async () => {
    expect(bodyOf(await fetchFeed('/closed/1', { ignoreRobots: true }))).toBe('closed');
    expect(bodyOf(await fetchFeed('/closed/1', { purpose: 'websub' }))).toBe('closed');
    expect(asked()).not.toContain('/robots.txt');
  });

  it('counts as far as its first 500 kibibytes', async () => {
    const filler = `# ${'-'.repeat(1022)}\n`.repeat(600);
    answers['/robots.txt'] = text(`User-agent: *\nDisallow: /closed\n${filler}Disallow: /open`);
    await expect(fetchFeed('/closed/1')).resolves.toMatchObject({ code: 'robots-disallowed' });
    await expect(fetchFeed('/open')).resolves.toMatchObject({ outcome: 'fetched' });
  });

  it('that fails keeps the host closed for a while', async () => {
    answers['/robots.txt'] = (response) => response.writeHead(500).end();
    await expect(fetchFeed('/open')).resolves.toMatchObject({ outcome: 'refused', code: 'robots-unreachable' });
    expect(asked()).toEqual(['/robots.txt']);
  });

  it('that breaks off is no permission', async () => {
    answers['/robots.txt'] = (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('User-agent: *\n');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(fetchFeed('/open')).resolves.toMatchObject({ outcome: 'failed', code: 'truncated' });
    expect(asked()).toEqual(['/robots.txt']);
  });
});

describe('reservations of rights', () => {
  it('are found in header, page and file of the host', async () => {
    answers['/page'] = text('<meta name="robots" content="noimageai"><p>News', {
      'content-type': 'text/html',
      'x-robots-tag': 'noai',
      'tdm-reservation': '1',
    });
    answers['/.well-known/tdmrep.json'] = text(
      '[{"location":"/","tdm-reservation":1},{"location":"/*","tdm-reservation":1}]',
    );
    await expect(fetcher.fetch(`${server.url}/page`)).resolves.toMatchObject({
      optOut: [
        { signal: 'x-robots-tag', value: 'noai' },
        { signal: 'tdm-reservation', value: '1' },
        { signal: 'robots-meta', value: 'noimageai' },
        { signal: 'tdmrep', value: '1' },
      ],
    });
  });

  it('need one turn at the host, not two', async () => {
    await restart({ hostConcurrency: 1, concurrency: 1 });
    answers['/page'] = text('<p>News');
    await expect(fetcher.fetch(`${server.url}/page`, { maxWaitMs: 1_000 })).resolves.toMatchObject({ optOut: [] });
    expect(asked()).toEqual(['/robots.txt', '/page', '/.well-known/tdmrep.json']);
  });
});

describe('a stream', () => {
  const openStream = (path: string, request = {}) =>
    fetcher.stream(server.url + path, { purpose: 'feed', ignoreRobots: true, ...request });

  async function read(answer: Awaited<ReturnType<typeof openStream>>): Promise<string> {
    if (answer.outcome !== 'streaming') throw new Error(`it is ${answer.outcome}`);
    let whole = '';
    for await (const piece of answer.body) whole += new TextDecoder().decode(piece);
    return whole;
  }

  it('brings the decoded body piece by piece', async () => {
    answers['/warc'] = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('one\ntwo'));
    const answer = await openStream('/warc');
    expect(answer).toMatchObject({ outcome: 'streaming', status: 200, headers: {} });
    await expect(read(answer)).resolves.toBe('one\ntwo');
    expect(endings).toMatchObject([{ outcome: 'streaming', status: 200 }]);
  });

  it('is interrupted at its limits', async () => {
    answers['/warc'] = text('x'.repeat(10_000));
    const failure = await read(await openStream('/warc', { maxBytes: 1_000 })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FetchInterrupted);
    expect(failure).toMatchObject({ code: 'too-large', failed: { outcome: 'failed', code: 'too-large' } });
    expect(endings).toMatchObject([{ outcome: 'failed', code: 'too-large' }]);
  });

  it('answers as a fetch does where there is none', async () => {
    await expect(openStream('/gone')).resolves.toMatchObject({ outcome: 'failed', status: 404 });
    await expect(openStream('/warc', { method: 'HEAD' })).resolves.toMatchObject({ outcome: 'failed' });
    answers['/same'] = (response) => response.writeHead(304).end();
    await expect(openStream('/same', { etag: '"v1"' })).resolves.toMatchObject({ outcome: 'not-modified' });
  });

  it('holds its turn until it is read, left or late', async () => {
    await restart({ hostConcurrency: 1 });
    answers['/warc'] = text('x'.repeat(100_000));
    const whole = await openStream('/warc');
    await expect(openStream('/warc', { maxWaitMs: 20 })).resolves.toMatchObject({ code: 'host-busy' });
    await read(whole);
    const left = await openStream('/warc');
    if (left.outcome === 'streaming') for await (const piece of left.body) if (piece.byteLength > 0) break;
    const forgotten = await openStream('/warc', { deadlineMs: 1_000 });
    expect(forgotten.outcome).toBe('streaming');
    await expect(openStream('/warc')).resolves.toMatchObject({ outcome: 'streaming' });
  });
});

describe('politeness', () => {
  it('leaves a host alone that asks for it', async () => {
    const clock = new TestClock();
    await restart({ clock });
    answers['/feed'] = (response) => response.writeHead(429, { 'retry-after': '600' }).end();
    const ask = () => fetchFeed('/feed', { ignoreRobots: true });
    await expect(ask()).resolves.toMatchObject({ code: 'rate-limited', retryAfterMs: 600_000 });
    answers['/feed'] = text('<rss/>');
    await expect(ask()).resolves.toMatchObject({ outcome: 'refused', code: 'host-busy', retryAfterMs: 600_000 });
    expect(requests).toHaveLength(1);
    await clock.pass(600_000);
    await expect(ask()).resolves.toMatchObject({ outcome: 'fetched' });
  });

  it('stops asking a host that fails, and asks again with one request', async () => {
    const clock = new TestClock();
    await restart({ clock });
    answers['/feed'] = (response) => response.writeHead(500).end();
    const ask = () => fetchFeed('/feed', { ignoreRobots: true });
    for (let time = 0; time < 5; time++) await ask();
    await expect(ask()).resolves.toMatchObject({ outcome: 'refused', code: 'circuit-open' });
    expect(requests).toHaveLength(5);
    await expect(fetchFeed('/other', { ignoreRobots: true, circuit: 'another-source' })).resolves.toMatchObject({
      status: 404,
    });
    answers['/feed'] = text('<rss/>');
    await clock.pass(40_000);
    await expect(ask()).resolves.toMatchObject({ outcome: 'fetched' });
  });

  it('asks a host with two requests at once and no more', async () => {
    let atOnce = 0;
    let most = 0;
    answers['/feed'] = (response) => {
      most = Math.max(most, ++atOnce);
      setTimeout(() => {
        atOnce--;
        response.end('<rss/>');
      }, 20);
    };
    await Promise.all(Array.from({ length: 8 }, () => fetchFeed('/feed', { ignoreRobots: true })));
    expect([most, requests.length]).toEqual([2, 8]);
  });
});

describe('an observer', () => {
  it('hears of every ending', async () => {
    answers['/feed'] = text('<rss/>');
    await fetchFeed();
    await fetcher.fetch('http://10.0.0.1/');
    expect(endings).toMatchObject([
      { purpose: 'robots', url: `${server.url}/robots.txt`, outcome: 'failed', code: 'http-status', status: 404 },
      { purpose: 'feed', url: `${server.url}/feed`, outcome: 'fetched', status: 200, wireBytes: 6 },
      { purpose: 'page', url: 'http://10.0.0.1/', outcome: 'refused', code: 'fetch-blocked', wireBytes: 0 },
    ]);
  });
});
