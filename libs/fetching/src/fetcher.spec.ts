import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LocalServer, serveHttp } from '../testing/local-server.js';
import { Fetcher } from './fetcher.js';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

let server: LocalServer;
let fetcher: Fetcher;
let requests: IncomingMessage[];
let answers: Record<string, Answer>;

beforeEach(async () => {
  requests = [];
  answers = {};
  server = await serveHttp((request, response) => {
    requests.push(request);
    const answer = answers[request.url ?? ''] ?? ((none) => none.writeHead(404).end());
    answer(response, request);
  });
  fetcher = new Fetcher({ allow: [server.host], contactUrl: 'https://wire.example/bot', hostIntervalMs: 0 });
});

afterEach(async () => {
  await fetcher.close();
  await server.close();
});

describe('a fetch', () => {
  it('brings the body with what its head says', async () => {
    answers['/feed'] = (response) =>
      response
        .writeHead(200, {
          'content-type': 'application/rss+xml; charset="ISO-8859-1"',
          etag: '"v1"',
          'last-modified': 'Tue, 03 Nov 2026 08:00:00 GMT',
          'cache-control': 'max-age=600',
          age: '60',
          'set-cookie': 'id=1',
        })
        .end('<rss/>');
    const answer = await fetcher.fetch(`${server.url}/feed#top`, { purpose: 'feed' });
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
    expect(answer).toHaveProperty('body', new TextEncoder().encode('<rss/>'));
    expect(answer).not.toHaveProperty(['headers', 'set-cookie']);
  });

  it('is refused where a redirect leads to a private address', async () => {
    answers['/moved'] = (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
    await expect(fetcher.fetch(`${server.url}/moved`)).resolves.toMatchObject({
      outcome: 'refused',
      code: 'fetch-blocked',
      redirects: [{ from: `${server.url}/moved`, to: 'http://169.254.169.254/latest/', status: 302 }],
    });
  });

  it('knows that nothing has changed', async () => {
    answers['/feed'] = (response, { headers }) =>
      headers['if-none-match'] === '"v1"' ? response.writeHead(304).end() : response.end('changed');
    await expect(fetcher.fetch(`${server.url}/feed`, { etag: '"v1"' })).resolves.toMatchObject({
      outcome: 'not-modified',
      status: 304,
      etag: '"v1"',
    });
  });
});
