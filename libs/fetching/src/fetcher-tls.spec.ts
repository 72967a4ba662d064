import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { CERTIFICATE } from '../testing/certificate.js';
import { type LocalServer, serveHttp, serveHttps } from '../testing/local-server.js';
import type { FetcherOptions } from './fetch-request.js';
import { Fetcher } from './fetcher.js';

let secure: LocalServer;
let listener: RequestListener;
let fetcher: Fetcher;

beforeEach(async () => {
  listener = (request, response) => response.end(request.headers.host);
  secure = await serveHttps((request, response) => listener(request, response));
  fetcher = newFetcher({ ca: CERTIFICATE });
});

afterEach(async () => {
  await fetcher.close();
  await secure.close();
});

/** A fetcher to which every name leads to this machine. */
function newFetcher(options: FetcherOptions): Fetcher {
  const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }];
  return new Fetcher({ allow: ['127.0.0.1:*'], hostIntervalMs: 0, resolve, ...options });
}

const ask = (address: string) => fetcher.fetch(address, { purpose: 'feed', ignoreRobots: true });

describe('a fetch over TLS', () => {
  it('goes to the pinned address by the name of the host', async () => {
    const answer = await ask(`${secure.url}/feed`);
    expect(answer).toMatchObject({ outcome: 'fetched', finalUrl: `${secure.url}/feed` });
    expect(answer.outcome === 'fetched' && new TextDecoder().decode(answer.body)).toBe(`wire.example:${secure.port}`);
  });

  it('ends where nobody trusted vouches for the host', async () => {
    await fetcher.close();
    fetcher = newFetcher({});
    await expect(ask(secure.url)).resolves.toMatchObject({ outcome: 'failed', code: 'tls-failed' });
  });

  it('ends where the certificate is another’s, once for each that asks', async () => {
    const asked = [1, 2, 3].map(() => ask(`https://other.example:${secure.port}/`));
    for (const answer of asked) await expect(answer).resolves.toMatchObject({ outcome: 'failed', code: 'tls-failed' });
  });

  it('that is redirected to http tells of it, and has not moved for good', async () => {
    const plain = await serveHttp((_request, response) => response.end('plain'));
    listener = (_request, response) => response.writeHead(301, { location: `${plain.url}/feed` }).end();
    const answer = await ask(`${secure.url}/feed`);
    await plain.close();
    expect(answer).toMatchObject({ outcome: 'fetched', redirects: [{ status: 301, downgrade: true }] });
    expect(answer).toHaveProperty('permanentUrl', undefined);
  });
});
