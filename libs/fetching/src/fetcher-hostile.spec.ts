import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { type LocalServer, serveBytes, serveHttp } from '../testing/local-server.js';
import type { FetchRequest, FetcherOptions } from './fetch-request.js';
import { Fetcher } from './fetcher.js';

const MIB = 1024 * 1024;

let servers: LocalServer[];
let fetcher: Fetcher;

beforeEach(() => {
  servers = [];
  fetcher = newFetcher();
});

afterEach(async () => {
  await fetcher.close();
  await Promise.all(servers.map((server) => server.close()));
});

function newFetcher(options: FetcherOptions = {}): Fetcher {
  return new Fetcher({ allow: ['127.0.0.1:*'], hostIntervalMs: 0, ...options });
}

/** Fetches from a server that answers so, as a feed and without robots.txt. */
async function fetchFrom(listener: RequestListener, request: FetchRequest = {}) {
  const server = await serveHttp(listener);
  servers.push(server);
  return fetcher.fetch(server.url, { purpose: 'feed', ignoreRobots: true, ...request });
}

/** The same from a server that writes these bytes once it was asked. */
async function fetchBytes(write: (socket: Socket) => void, request: FetchRequest = {}) {
  const server = await serveBytes((socket) => socket.once('data', () => write(socket)));
  servers.push(server);
  return fetcher.fetch(server.url, { purpose: 'feed', ignoreRobots: true, ...request });
}

function encoded(encoding: string, body: Uint8Array): RequestListener {
  return (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
}

describe('a host in trouble', () => {
  it.each([500, 502, 503, 404, 410, 403])('answers %i', async (status) => {
    const answer = await fetchFrom((_request, response) => response.writeHead(status).end('sorry'));
    expect(answer).toMatchObject({ outcome: 'failed', code: 'http-status', status });
  });

  it.each([
    [429, '120', 120_000],
    [503, '3', 3_000],
    [429, '999999999', 86_400_000],
    [429, 'soon', undefined],
    [429, undefined, undefined],
  ])('asks for a rest: %i, Retry-After %s', async (status, wait, retryAfterMs) => {
    const fields = wait === undefined ? {} : { 'retry-after': wait };
    const answer = await fetchFrom((_request, response) => response.writeHead(status, fields).end());
    expect(answer).toMatchObject({ outcome: 'failed', code: 'rate-limited', status });
    expect('retryAfterMs' in answer ? answer.retryAfterMs : undefined).toBe(retryAfterMs);
  });

  it('has no one listening', async () => {
    const server = await serveHttp(() => {});
    await server.close();
    const answer = await fetcher.fetch(server.url, { ignoreRobots: true });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'connect-failed', finalUrl: `${server.url}/` });
  });

  it('hangs up without an answer', async () => {
    const answer = await fetchBytes((socket) => socket.destroy());
    expect(answer).toMatchObject({ outcome: 'failed', code: 'connect-failed' });
  });

  it('closes a kept connection as the next request is on its way, which is sent once more', async () => {
    let connections = 0;
    const server = await serveBytes((socket) => {
      connections++;
      let requests = 0;
      socket.on('data', () => {
        if (requests++ > 0) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      });
    });
    servers.push(server);
    const ask = () => fetcher.fetch(server.url, { purpose: 'feed', ignoreRobots: true });
    await expect(ask()).resolves.toMatchObject({ outcome: 'fetched' });
    await expect(ask()).resolves.toMatchObject({ outcome: 'fetched' });
    expect(connections).toBe(2);
  });
});

describe('C8: a host that takes its time', () => {
  const deadlineMs = 300;
  const late = { outcome: 'failed', code: 'timeout' };

  it('and never answers', async () => {
    await expect(fetchFrom(() => {}, { deadlineMs })).resolves.toMatchObject(late);
  });

  it('and sends its header without end', async () => {
    const drip = (socket: Socket): void => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x-a: b\r\n'), 40);
      socket.on('close', () => clearInterval(timer));
    };
    await expect(fetchBytes(drip, { deadlineMs })).resolves.toMatchObject(late);
  });

  it('and sends byte by byte', async () => {
    const drip: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      const timer = setInterval(() => response.write('.'), 40);
      response.on('close', () => clearInterval(timer));
    };
    const answer = await fetchFrom(drip, { deadlineMs });
    expect(answer).toMatchObject({ ...late, tookMs: expect.any(Number) });
  });

  it('over the body of a redirect, and costs its connection soon', async () => {
    const closed: Promise<void>[] = [];
    const drip: RequestListener = ({ url, socket }, response) => {
      if (url === '/next') return void response.end('there');
      closed.push(new Promise((resolve) => socket.once('close', () => resolve())));
      response.writeHead(302, { location: '/next' });
      const timer = setInterval(() => response.write('.'), 40);
      response.on('close', () => clearInterval(timer));
    };
    await expect(fetchFrom(drip)).resolves.toMatchObject({ outcome: 'fetched' });
    await closed[0];
  });

  it('over several redirects, each within the time', async () => {
    const slow: RequestListener = (_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/next' }).end(), 120);
    };
    await expect(fetchFrom(slow, { deadlineMs })).resolves.toMatchObject(late);
  });

  it('and resolves its name without end', async () => {
    await fetcher.close();
    fetcher = newFetcher({ resolve: () => new Promise(() => {}) });
    const answer = fetcher.fetch('http://slow.example/', { ignoreRobots: true, deadlineMs });
    await expect(answer).resolves.toMatchObject(late);
  });
});

describe('C6: a body that grows', () => {
  it('is not read where it is declared too large', async () => {
    const declared: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': String(2 * MIB) }).write('a');
    };
    const answer = await fetchFrom(declared, { maxBytes: MIB });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'too-large', tookMs: expect.any(Number) });
  });

  it('beyond its limit ends there', async () => {
    let written = 0;
    const endless: RequestListener = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a'))) written += 65_536;
      };
      response.on('drain', more);
      more();
    };
    const answer = await fetchFrom(endless, { maxBytes: MIB });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'too-large' });
    expect(written).toBeLessThan(32 * MIB);
  });

  it('by its content coding ends at a ratio of 100', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * MIB, ' '));
    expect(bomb.byteLength).toBeLessThan(50_000);
    const answer = await fetchFrom(encoded('gzip', bomb), { maxBytes: 64 * MIB });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'ratio-exceeded' });
  });

  it('by its content coding ends at the limit as well', async () => {
    const answer = await fetchFrom(encoded('br', brotliCompressSync(Buffer.alloc(8 * MIB, ' '))), { maxBytes: MIB });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'too-large' });
  });

  it('is read where it only repeats itself', async () => {
    const page = Buffer.alloc(900 * 1024, '<p>The ferry is late.</p>');
    const answer = await fetchFrom(encoded('gzip', gzipSync(page)));
    expect(answer).toMatchObject({ outcome: 'fetched', bytes: page.byteLength, wireBytes: gzipSync(page).byteLength });
  });

  it('is decoded from each coding that was asked for', async () => {
    const page = Buffer.from('The ferry is late.');
    const codings: [string, Uint8Array][] = [
      ['gzip', gzipSync(page)],
      ['X-GZIP', gzipSync(page)],
      ['br', brotliCompressSync(page)],
      ['deflate', deflateSync(page)],
      ['deflate', deflateRawSync(page)],
      ['identity', page],
      ['', page],
    ];
    for (const [coding, body] of codings) {
      const answer = await fetchFrom(encoded(coding, body));
      expect(answer).toMatchObject({ outcome: 'fetched', body: new Uint8Array(page) });
    }
  });

  it('is refused with more than one coding, or one nobody asked for', async () => {
    const page = Buffer.from('x');
    for (const coding of ['gzip, gzip, gzip', 'gzip, br', 'zstd', 'gzip\t,deflate']) {
      const answer = await fetchFrom(encoded(coding, gzipSync(page)));
      expect(answer).toMatchObject({ outcome: 'failed', code: 'unsupported-encoding' });
    }
  });

  it('is refused where it is not encoded as it says', async () => {
    for (const coding of ['gzip', 'br', 'deflate']) {
      const answer = await fetchFrom(encoded(coding, Buffer.from('\x00plainly no such thing')));
      expect(answer).toMatchObject({ outcome: 'failed', code: 'bad-encoding' });
    }
  });

  it('may be empty, whatever its coding', async () => {
    const answer = await fetchFrom(encoded('gzip', Buffer.alloc(0)));
    expect(answer).toMatchObject({ outcome: 'fetched', bytes: 0 });
  });
});

describe('an answer that breaks off', () => {
  const truncated = { outcome: 'failed', code: 'truncated' };

  it('before its declared length', async () => {
    const answer = fetchBytes((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf a feed'));
    await expect(answer).resolves.toMatchObject(truncated);
  });

  it('before its last chunk', async () => {
    const answer = fetchBytes((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    );
    await expect(answer).resolves.toMatchObject(truncated);
  });

  it('inside of its content coding', async () => {
    for (const [coding, whole] of [
      ['gzip', gzipSync(Buffer.alloc(5000, 'abc'))],
      ['br', brotliCompressSync(Buffer.alloc(5000, 'abc'))],
    ] as const) {
      const answer = await fetchFrom(encoded(coding, whole.subarray(0, -6)));
      expect(answer).toMatchObject(truncated);
    }
  });
});

describe('an answer that is none', () => {
  it('is no TLS, and was asked for by the name of the host', async () => {
    let hello = '';
    const server = await serveBytes((socket) => {
      socket.once('data', (bytes: Buffer) => {
        hello = bytes.toString('latin1');
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
    });
    servers.push(server);
    await fetcher.close();
    fetcher = newFetcher({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    const answer = await fetcher.fetch(`https://wire.example.:${server.port}/`, { ignoreRobots: true });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'tls-failed' });
    // The server name of the greeting (SNI), although the connection went to a pinned address.
    expect(hello).toContain('wire.example');
    expect(hello).not.toContain('127.0.0.1');
  });

  it('is no HTTP', async () => {
    const answer = fetchBytes((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await expect(answer).resolves.toMatchObject({ outcome: 'failed', code: 'malformed-answer' });
  });

  it('has more header than fits', async () => {
    const bomb = (socket: Socket): void => {
      socket.write('HTTP/1.1 200 OK\r\n');
      for (let line = 0; line < 5000; line++) socket.write(`x-${line}: ${'a'.repeat(100)}\r\n`);
    };
    const answer = await fetchBytes(bomb);
    expect(answer).toMatchObject({ outcome: 'failed', code: 'headers-too-large' });
  });

  it.each(['video/mp4', 'image/png', 'audio/mpeg', 'font/woff2'])('is %s', async (type) => {
    const answer = await fetchFrom((_request, response) => response.writeHead(200, { 'content-type': type }).end('x'));
    expect(answer).toMatchObject({ outcome: 'failed', code: 'wrong-type' });
  });

  it('is left to the parsers where the type may be a mistake', async () => {
    for (const type of ['text/html', 'application/octet-stream', 'nonsense', 'image/svg+xml']) {
      const answer = await fetchFrom((_request, response) =>
        response.writeHead(200, { 'content-type': type }).end('x'),
      );
      expect(answer).toMatchObject({ outcome: 'fetched', contentType: type });
    }
  });

  it('is 304 to a question without a condition', async () => {
    const answer = await fetchFrom((_request, response) => response.writeHead(304).end());
    expect(answer).toMatchObject({ outcome: 'failed', code: 'http-status', status: 304 });
  });
});

describe('a caller that loses interest', () => {
  it('is not kept waiting', async () => {
    const control = new AbortController();
    setTimeout(() => control.abort(), 50);
    await expect(fetchFrom(() => {}, { signal: control.signal })).resolves.toMatchObject({
      outcome: 'failed',
      code: 'aborted',
    });
  });

  it('is not even asked for when it has lost it before', async () => {
    const answer = await fetchFrom((_request, response) => response.end('x'), { signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ outcome: 'failed', code: 'aborted' });
  });

  it('closes the fetcher, and with it what waits and what is under way', async () => {
    await fetcher.close();
    fetcher = newFetcher({ hostConcurrency: 1 });
    const heard = new EventEmitter();
    const server = await serveHttp(() => heard.emit('request'));
    servers.push(server);
    const asked = once(heard, 'request');
    const underWay = [1, 2].map(() => fetcher.fetch(server.url, { ignoreRobots: true }));
    await asked;
    await fetcher.close();
    for (const answer of underWay) await expect(answer).resolves.toMatchObject({ outcome: 'failed', code: 'aborted' });
  });

  it('is refused after the fetcher was closed', async () => {
    await fetcher.close();
    await expect(fetcher.fetch('http://127.0.0.1/')).resolves.toMatchObject({ outcome: 'refused', code: 'closed' });
  });
});
