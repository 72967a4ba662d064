import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { CliError, EXIT } from '../exit-codes.js';

/**
 * Below the range that systems take for outgoing connections, so that none of those can sit on a service's port
 * while the service restarts.
 */
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 100;

/**
 * The port of a service: the one its variable names, or the one it had before, or any free one.
 *
 * @throws CliError when the named port is taken or no port.
 */
export async function choosePort(variable: string, remembered: number | undefined): Promise<number> {
  const named = process.env[variable];
  if (named) return checkNamed(variable, named);
  if (remembered !== undefined && (await isFree(remembered))) return remembered;
  for (let tried = 0; tried < TRIES; tried++) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new CliError(EXIT.machine, `no free port was found between ${FIRST} and ${LAST}`);
}

async function checkNamed(variable: string, named: string): Promise<number> {
  const port = Number(named);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CliError(EXIT.machine, `${variable}=${named} is no port number`);
  }
  if (!(await isFree(port))) {
    throw new CliError(
      EXIT.machine,
      `port ${port} (${variable}) is in use by another program: stop that or choose another port`,
    );
  }
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
