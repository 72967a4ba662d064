import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const HOST = '127.0.0.1';

/** What the proxy does to the bytes it carries, in both directions. */
export type Fault =
  | { kind: 'none' }
  /** Every piece arrives later, in order. */
  | { kind: 'delay'; ms: number }
  /** Connections stay open and nothing moves, as when the network drops every packet; healing sends what piled up. */
  | { kind: 'stall' }
  /** Open connections are reset, and new ones as soon as they are made. */
  | { kind: 'reset' }
  /** Each connection is reset once it has carried this many bytes to the server, however they were split up. */
  | { kind: 'cut'; afterBytes: number };

/**
 * A link that can be made bad: it listens on a port of its own and carries bytes to a server. It knows no protocol. A
 * Kafka client comes back through it only if the broker advertises the proxy's address.
 */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private fault: Fault = { kind: 'none' };

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (client) => this.link(client));
  }

  /** Listens on the given port of the loopback address, or on any free one, for a server on the same address. */
  static async start(targetPort: number, port = 0): Promise<TcpProxy> {
    const server = createServer({ pauseOnConnect: true });
    server.listen(port, HOST);
    await once(server, 'listening');
    return new TcpProxy(server, targetPort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many connections are open now. */
  get connections(): number {
    return this.links.size;
  }

  /** Does this to open and to later connections, until told otherwise. A cut counts its bytes from here. */
  set(fault: Fault): void {
    this.fault = fault;
    for (const link of this.links) link.set(fault);
  }

  /** Carries everything again, at once. */
  heal(): void {
    this.set({ kind: 'none' });
  }

  /** Resets every connection and listens no more. */
  async close(): Promise<void> {
    for (const link of this.links) link.reset();
    this.server.close();
    await once(this.server, 'close');
  }

  private link(client: Socket): void {
    const link = new Link(client, connect(this.targetPort, HOST), () => this.links.delete(link));
    this.links.add(link);
    link.set(this.fault);
  }
}

/** One connection from a client, and the one to the server that goes with it. */
class Link {
  private readonly up: Direction;
  private readonly down: Direction;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly onEnd: () => void,
  ) {
    this.up = new Direction(client, server, () => this.reset());
    this.down = new Direction(server, client, () => this.reset());
    for (const socket of [client, server]) {
      socket.on('error', () => this.reset()).on('close', () => this.endWhenBothClosed());
    }
  }

  set(fault: Fault): void {
    if (fault.kind === 'reset') return this.reset();
    this.up.set(fault);
    this.down.set(fault.kind === 'cut' ? { kind: 'none' } : fault);
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  private endWhenBothClosed(): void {
    if (this.client.closed && this.server.closed) this.onEnd();
  }
}

/** The bytes from one socket to the other. */
class Direction {
  private fault: Fault = { kind: 'none' };
  private bytesLeft = Infinity;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly cut: () => void,
  ) {
    from.on('data', (chunk) => this.carry(chunk));
    from.on('end', () => this.later(() => this.to.end()));
    to.on('drain', () => this.flow());
  }

  set(fault: Fault): void {
    this.fault = fault;
    this.bytesLeft = fault.kind === 'cut' ? fault.afterBytes : Infinity;
    this.flow();
  }

  private flow(): void {
    if (this.fault.kind === 'stall' || this.to.writableNeedDrain) this.from.pause();
    else this.from.resume();
  }

  private carry(chunk: Buffer): void {
    const piece = chunk.subarray(0, this.bytesLeft);
    this.bytesLeft -= piece.length;
    this.later(() => {
      if (this.bytesLeft === 0) this.to.write(piece, () => this.cut());
      else this.to.write(piece);
      this.flow();
    });
  }

  /** Timers of equal length fire in the order they were set, so a delay keeps the order of the bytes. */
  private later(step: () => void): void {
    if (this.fault.kind === 'delay') setTimeout(step, this.fault.ms);
    else step();
  }
}
