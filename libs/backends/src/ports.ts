import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { BackendError } from './backend-error.js';

/**
 * Below the range from which systems hand out ports to outgoing connections (32768 on Linux, 49152 elsewhere): while
 * a server is down, a client's own connection must not be given the port the server comes back to.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const HOST = '127.0.0.1';
const MAX_PICKS = 200;

/** What messages about a server's port speak of. */
export interface PortNames {
  name: string;
  /** Pins the port of a server started here. */
  variable: string;
  /** Points to a server that runs already, where one may. */
  existing?: string;
}

export const KAFKA_NAMES: PortNames = { name: 'Kafka', variable: 'KAFKA_PORT', existing: 'KAFKA_BROKERS' };
export const MONGO_NAMES: PortNames = { name: 'MongoDB', variable: 'MONGO_PORT', existing: 'MONGODB_URI' };

/** Whether a server could listen on this port of the loopback address now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Finds a free port of the loopback address. */
export async function pickPort(): Promise<number> {
  for (let pick = 0; pick < MAX_PICKS; pick++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isPortFree(port)) return port;
  }
  throw new BackendError('port-busy', `No free port between ${FIRST_PORT} and ${LAST_PORT} was found on ${HOST}.`);
}

/** Whether something accepts connections at this address. */
export async function accepts(host: string, port: number, timeoutMs: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * The port a server gets: the pinned one, or else the one it had before, or else any free one.
 *
 * @param pinned what the variable holds, if set
 * @throws BackendError `port-busy` when a pinned port is taken or no port number
 */
export async function choosePort(
  server: PortNames,
  pinned: string | undefined,
  remembered: number | undefined,
): Promise<number> {
  if (pinned !== undefined && pinned !== '') return checkPinned(server, pinned);
  if (remembered !== undefined && (await isPortFree(remembered))) return remembered;
  return pickPort();
}

async function checkPinned({ name, variable, existing }: PortNames, pinned: string): Promise<number> {
  const port = Number(pinned);
  const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
  if (isPort && (await isPortFree(port))) return port;
  const otherwise = existing === undefined ? '' : `, or ${existing} to the ${name} that runs already`;
  throw new BackendError(
    'port-busy',
    `${variable}=${pinned} is ${isPort ? 'in use by another program' : 'no port number'}: set ${variable} to a free port${otherwise}.`,
  );
}
