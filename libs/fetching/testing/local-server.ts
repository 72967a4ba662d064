import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, createServer as createTcpServer } from 'node:net';

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
  return started(server, address, () => server.closeAllConnections());
}

/** Serves whatever bytes a spec writes, for answers no HTTP server would give. */
export async function serveBytes(onConnection: (socket: Socket) => void, address = '127.0.0.1'): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    onConnection(socket);
  }).listen(0, address);
  return started(server as Server, address, () => sockets.forEach((socket) => socket.destroy()));
}

async function started(server: Server, address: string, hangUp: () => void): Promise<LocalServer> {
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
