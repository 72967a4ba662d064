import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.js';
import { waitUntil } from './wait.js';

let echo: Server;
let proxy: TcpProxy;
let received: number;

beforeEach(async () => {
  received = 0;
  echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received += chunk.length;
      socket.write(chunk);
    });
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await TcpProxy.start((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

describe('TcpProxy', () => {
  it('carries bytes both ways, and the end of them', async () => {
    const caller = await call();
    caller.socket.write('hello');
    expect(await caller.heard('hello')).toBe(true);
    caller.socket.end();
    await once(caller.socket, 'close');
    expect(await waitUntil(() => proxy.connections === 0, 2000)).toBe(true);
  });

  it('carries more than fits into its buffers', async () => {
    const caller = await call();
    const megabytes = 'x'.repeat(8 * 1024 ** 2);
    caller.socket.write(megabytes);
    expect(await waitUntil(() => caller.text().length === megabytes.length, 10_000)).toBe(true);
  });

  it('delays without changing the order', async () => {
    proxy.set({ kind: 'delay', ms: 100 });
    const caller = await call();
    const began = performance.now();
    for (const piece of ['a', 'b', 'c']) caller.socket.write(piece);
    expect(await caller.heard('abc')).toBe(true);
    expect(performance.now() - began).toBeGreaterThanOrEqual(195);
  });

  it('stalls open connections and delivers once healed', async () => {
    const caller = await call();
    proxy.set({ kind: 'stall' });
    caller.socket.write('held');
    expect(await waitUntil(() => caller.text() !== '', 200)).toBe(false);
    expect(caller.socket.closed).toBe(false);
    proxy.heal();
    expect(await caller.heard('held')).toBe(true);
  });

  it('resets open and new connections', async () => {
    const open = await call();
    proxy.set({ kind: 'reset' });
    expect(await open.failure()).toBe('ECONNRESET');
    expect(await (await call()).failure()).toBe('ECONNRESET');
  });

  it('cuts after exactly so many bytes', async () => {
    proxy.set({ kind: 'cut', afterBytes: 7 });
    const caller = await call();
    caller.socket.write('four');
    expect(await caller.heard('four')).toBe(true);
    caller.socket.write('and more');
    expect(await caller.failure()).toBe('ECONNRESET');
    expect(await waitUntil(() => received === 7, 2000)).toBe(true);
  });
});

async function call() {
  const socket: Socket = connect(proxy.port, '127.0.0.1');
  let text = '';
  let code: string | undefined;
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code));
  await waitUntil(() => !socket.connecting, 2000);
  return {
    socket,
    text: () => text,
    heard: (expected: string) => waitUntil(() => text === expected, 2000),
    failure: async () => ((await waitUntil(() => socket.closed, 2000)) ? code : 'still open'),
  };
}
