import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pauseBefore, refusal, submit } from './submit.js';

describe('pauseBefore', () => {
  const now = Date.parse('2026-03-01T08:00:00Z');

  it('does as Retry-After says, in seconds or as a date', () => {
    expect(pauseBefore(0, '7', now)).toBe(7000);
    expect(pauseBefore(0, 'Sun, 01 Mar 2026 08:00:20 GMT', now)).toBe(20_000);
  });

  it('waits longer each time otherwise, up to a limit', () => {
    expect([0, 1, 2, 10].map((attempt) => pauseBefore(attempt, undefined))).toEqual([500, 1000, 2000, 15_000]);
    expect(pauseBefore(1, 'soon', now)).toBe(1000);
    expect(pauseBefore(1, 'Sun, 01 Mar 2026 07:00:00 GMT', now)).toBe(1000);
  });
});

describe('refusal', () => {
  it('names each field once, with the first of its reasons', () => {
    const faults = [
      { field: 'source', reason: 'must be a string' },
      { field: 'source', reason: 'must be short' },
      { field: 'kind', reason: 'is unknown' },
    ];
    expect(refusal(400, { code: 'contract-violation', message: 'all of it', faults })).toEqual({
      accepted: false,
      status: 400,
      code: 'contract-violation',
      message: 'source: must be a string; kind: is unknown',
    });
  });
});

describe('submit', () => {
  const submission = { source: 'desk', externalId: '1', contentType: 'text/plain', body: 'x' };
  const accepted = { contentId: 'a', revision: 1, eventId: 'b', outcome: 'accepted' };
  let server: Server;
  let keys: (string | undefined)[];

  const serve = async (...answers: [status: number, body: object][]): Promise<string> => {
    keys = [];
    server = createServer((request, response) => {
      keys.push(request.headers['idempotency-key'] as string);
      const [status, body] = answers[Math.min(keys.length, answers.length) - 1]!;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('comes back under the same key while the door says later', async () => {
    const url = await serve([503, { code: 'unavailable', message: '' }], [202, accepted]);
    const answer = await submit(url, submission, 'key-1', { patienceMs: 5000 });
    expect(answer).toEqual({ accepted: true, ...accepted });
    expect(keys).toEqual(['key-1', 'key-1']);
  });

  it('takes a refusal for an answer', async () => {
    const url = await serve([415, { code: 'unsupported-media-type', message: 'no text' }]);
    const answer = await submit(url, submission, 'key-1', { patienceMs: 5000 });
    expect(answer).toMatchObject({ accepted: false, status: 415, code: 'unsupported-media-type' });
    expect(keys).toHaveLength(1);
  });

  it('gives up when patience is at its end', async () => {
    const url = await serve([429, { code: 'too-many-requests', message: '' }]);
    await expect(submit(url, submission as never, 'key-1', { patienceMs: 100 })).rejects.toMatchObject({ exitCode: 3 });
  });
});
