import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CallFailed, EnrichmentClient, IngestClient, PublishingClient } from './clients.js';

interface Call {
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Answer = (response: ServerResponse) => void;

const ID = '7d9a5f7e-63a1-5f0e-9d43-b1a1a6f2c002';
const SUBMISSION = { source: 'harbour-news', externalId: 'hn-1', contentType: 'text/plain', body: 'Tide tables' };

let server: Server;
let baseUrl: string;
let calls: Call[];
let answer: Answer;

beforeEach(async () => {
  calls = [];
  answer = json(200, {});
  server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url, headers } = request;
  calls.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
  answer(response);
}

function json(status: number, body: object): Answer {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function failureOf(call: Promise<unknown>): Promise<CallFailed> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CallFailed);
  return error as CallFailed;
}

describe('a client', () => {
  it('posts a JSON body and gives back the answer', async () => {
    answer = json(202, { contentId: ID, outcome: 'accepted' });
    const client = new IngestClient(baseUrl);
    await expect(client.submit(SUBMISSION, { idempotencyKey: 'k-1', traceparent: 't' })).resolves.toEqual({
      contentId: ID,
      outcome: 'accepted',
    });
    expect(calls).toMatchObject([
      {
        method: 'POST',
        url: '/v1/content',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', traceparent: 't' },
      },
    ]);
    expect(JSON.parse(calls[0]!.body)).toEqual(SUBMISSION);
  });

  it('puts the fields of a GET into the query and leaves out what is not given', async () => {
    await new PublishingClient(baseUrl).listArticles({ category: 'Häfen & Schiffe', limit: 5, cursor: undefined });
    expect(calls[0]).toMatchObject({ method: 'GET', body: '' });
    expect(Object.fromEntries(new URL(calls[0]!.url!, baseUrl).searchParams)).toEqual({
      category: 'Häfen & Schiffe',
      limit: '5',
    });
  });

  it('writes parameters into the path, safely', async () => {
    await new EnrichmentClient(baseUrl).showDeadLetter('../../admin?x');
    expect(calls[0]!.url).toBe('/v1/ops/dead-letters/..%2F..%2Fadmin%3Fx');
  });

  it('sends the operators’ token only where it has one', async () => {
    await new EnrichmentClient(baseUrl, { token: 'ops' }).status();
    await new EnrichmentClient(baseUrl).status();
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer ops', undefined]);
  });

  it('fetches an original byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0x80]);
    answer = (response) => response.end(bytes);
    const original = await new IngestClient(baseUrl).original(ID, 2);
    expect(Buffer.from(original)).toEqual(bytes);
    expect(calls[0]!.url).toBe(`/v1/originals/${ID}/2`);
  });

  it('fails with status, code and faults of the answer', async () => {
    const faults = [{ field: 'source', reason: 'must be given' }];
    answer = json(400, { code: 'contract-violation', message: 'source: must be given', faults });
    const failure = await failureOf(new IngestClient(baseUrl).submit(SUBMISSION));
    expect(failure).toMatchObject({
      status: 400,
      code: 'contract-violation',
      message: 'source: must be given',
      faults,
    });
  });

  it('fails readably when the answer is not from a Wireroom service', async () => {
    answer = (response) => response.writeHead(502).end('<h1>Bad gateway</h1>');
    const failure = await failureOf(new IngestClient(baseUrl).status());
    expect(failure).toMatchObject({ status: 502, code: 'unreadable-answer', message: '<h1>Bad gateway</h1>' });
  });

  it.each([json(500, {}), json(500, { code: 5 }), json(500, [])])(
    'does not take any JSON for an error',
    async (given) => {
      answer = given;
      const failure = await failureOf(new IngestClient(baseUrl).status());
      expect(failure).toMatchObject({ status: 500, code: 'unreadable-answer' });
    },
  );

  it('fails when the answer breaks off', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"stage":', () => response.destroy());
    };
    const failure = await failureOf(new IngestClient(baseUrl).status());
    expect(failure).toMatchObject({ status: 0, code: 'unreadable-answer' });
  });

  it('fails as unreachable when nobody answers', async () => {
    const failure = await failureOf(new IngestClient('http://127.0.0.1:1').status());
    expect(failure).toMatchObject({ status: 0, code: 'unreachable' });
    expect(failure.cause).toBeDefined();
  });

  it('fails as unreachable when the deadline passes', async () => {
    answer = () => undefined;
    const failure = await failureOf(new IngestClient(baseUrl, { deadlineMs: 50 }).status());
    expect(failure).toMatchObject({ status: 0, code: 'unreachable', cause: { name: 'TimeoutError' } });
  });
});
