import { afterEach, describe, expect, it } from '@jest/globals';
import type { ArticleView } from '@wireroom/contracts';
import type { Response } from 'express';
import { type Server, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamPosition } from './stream-position.js';
import { MAX_WAITING_BYTES, StreamReader } from './stream-reader.js';
import { StreamReaders } from './stream-readers.js';

const START = StreamPosition.of([0]);
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A reader that is connected and takes nothing of what it is sent. */
async function readerThatStopped(): Promise<{ reader: StreamReader; closed: Promise<unknown> }> {
  const answered = new Promise<ServerResponse>((resolve) => {
    server = createServer((_request, response) => resolve(response)).listen(0, '127.0.0.1', () => {
      const { port } = server!.address() as AddressInfo;
      request({ port, host: '127.0.0.1', headers: { 'user-agent': 'desk/1' } }, (answer) => answer.pause())
        .on('error', () => undefined)
        .end();
    });
  });
  const response = await answered;
  const closed = new Promise((resolve) => response.on('close', resolve));
  return { reader: new StreamReader(response as unknown as Response, START), closed };
}

const viewOf = (chars: number): ArticleView => ({ status: 'published', title: 'x'.repeat(chars) }) as never;

describe('a reader of the stream', () => {
  it('tells who it is and what it was sent', async () => {
    const { reader } = await readerThatStopped();
    expect(reader.view()).toMatchObject({ agent: 'desk/1', address: '127.0.0.1', state: 'catching-up', sent: 0 });
    await reader.send(0, 0, viewOf(10));
    await reader.send(0, 0, viewOf(10));
    reader.caughtUp();
    expect(reader.view()).toMatchObject({ state: 'live', sent: 1, lastSentAt: expect.any(String) });
    reader.end();
  });

  it('is slow while it takes less than it is sent, and is cut off and counted when too much waits', async () => {
    const readers = new StreamReaders();
    const { reader, closed } = await readerThatStopped();
    readers.add(reader);
    reader.caughtUp();
    void reader.send(0, 0, viewOf(MAX_WAITING_BYTES / 2));
    expect(readers.views()).toMatchObject([{ state: 'slow', sent: 1 }]);
    expect(readers.views()[0]!.waitingBytes).toBeGreaterThan(0);
    for (let offset = 1; !reader.isGone; offset++) void reader.send(0, offset, viewOf(MAX_WAITING_BYTES));
    await closed;
    readers.remove(reader);
    readers.remove(reader);
    expect(readers).toMatchObject({ size: 0, cutOff: 1 });
  });
});
