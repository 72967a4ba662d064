import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, createServer as createTcpServer } from 'node:net';
import { CERTIFICATE, KEY } from './certificate.js';

/** A server of a spec, on a free port. */
export interface LocalServer {
  url: string;
  /** `address:port`, as `FetcherOptions.allow` takes it. */
  host: string;
  port: number;
  close(): Promise<void>;
}

/** Serves HTTP with Node's own server. */
export async function serveHttp(listener: RequestListener, address = '127.0.0.1'): Promise<LocalServer> {
  const server = createServer(listener).listen(0, address);
  return startedAt(server, address, () => server.closeAllConnections());
}

/** The same over TLS, as `wire.example`; its `url` is by that name. */
export async function serveHttps(listener: RequestListener): Promise<LocalServer> {
  const address = '127.0.0.1';
  const server = createTlsServer({ cert: CERTIFICATE, key: KEY }, listener).listen(0, address);
  const started = await startedAt(server, address, () => server.closeAllConnections());
  return { ...started, url: `https://wire.example:${started.port}` };
}

/** Serves whatever bytes a spec writes, for answers no HTTP server would give. */
export async function serveBytes(onConnection: (socket: Socket) => void, address = '127.0.0.1'): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    onConnection(socket);
  }).listen(0, address);
  return startedAt(server as Server, address, () => sockets.forEach((socket) => socket.destroy()));
}

async function startedAt(
  server: Pick<Server, 'address' | 'close'> & NodeJS.EventEmitter,
  address: string,
  hangUp: () => void,
): Promise<LocalServer> {
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = `${address}:${port}`;
  return {
    url: `http://${host}`,
    host,
    port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      hangUp();
      await closed;
    },
  };
}
