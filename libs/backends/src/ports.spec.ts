import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accepts, choosePort, isPortFree, KAFKA_NAMES, pickPort } from './ports.js';

let taken: Server;
let takenPort: number;
beforeEach(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = (taken.address() as AddressInfo).port;
});
afterEach(() => {
  taken.close();
});

describe('ports', () => {
  it('tells a free port from a taken one', async () => {
    expect(await isPortFree(takenPort)).toBe(false);
    expect(await isPortFree(await pickPort())).toBe(true);
  });

  it('tells who accepts connections', async () => {
    expect(await accepts('127.0.0.1', takenPort, 1000)).toBe(true);
    expect(await accepts('127.0.0.1', await pickPort(), 1000)).toBe(false);
  });

  it('keeps the remembered port while it is free, and takes another when not', async () => {
    const free = await pickPort();
    expect(await choosePort(KAFKA_NAMES, undefined, free)).toBe(free);
    expect(await choosePort(KAFKA_NAMES, undefined, takenPort)).not.toBe(takenPort);
  });

  it.each(['70000', 'ninety', '0'])('refuses KAFKA_PORT=%s', async (pinned) => {
    await expect(choosePort(KAFKA_NAMES, pinned, undefined)).rejects.toMatchObject({
      code: 'port-busy',
      message: expect.stringContaining('no port number'),
    });
  });

  it('refuses a pinned port in use, naming both ways out', async () => {
    await expect(choosePort(KAFKA_NAMES, String(takenPort), undefined)).rejects.toMatchObject({
      code: 'port-busy',
      message: expect.stringMatching(/KAFKA_PORT to a free port, or KAFKA_BROKERS/),
    });
  });
});
