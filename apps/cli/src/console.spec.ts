import { CallFailed } from '@wireroom/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleFailure, findConsole } from './console.js';
import { EXIT } from './exit-codes.js';
import { firstState, writeState } from './system/state.js';

const NAMES = ['WIREROOM_CONSOLE_URL', 'WIREROOM_CONSOLE_TOKEN', 'OPS_TOKEN'];
const LOCAL = 'http://127.0.0.1:4004';
const ELSEWHERE = 'https://console.example';

let dir: string;
let localToken: string;
let before: NodeJS.ProcessEnv;

beforeEach(async () => {
  before = { ...process.env };
  for (const name of NAMES) delete process.env[name];
  dir = await mkdtemp(join(tmpdir(), 'wireroom-cli-'));
  const state = firstState();
  localToken = state.opsToken;
  const service = { url: LOCAL };
  const services = { ingest: service, enrichment: service, publishing: service, console: service };
  await writeState(dir, { ...state, run: { pid: 1, startedAt: '', brokers: [], mongoUri: '', services } });
});

afterEach(async () => {
  process.env = before;
  await rm(dir, { recursive: true });
});

describe('findConsole', () => {
  it('finds the console that `wireroom up` left, with its token', async () => {
    await expect(findConsole({ dir })).resolves.toEqual({ url: LOCAL, token: localToken });
  });

  it('takes the flag before WIREROOM_CONSOLE_TOKEN before OPS_TOKEN', async () => {
    process.env['OPS_TOKEN'] = 'ops';
    await expect(findConsole({ dir })).resolves.toMatchObject({ token: 'ops' });
    process.env['WIREROOM_CONSOLE_TOKEN'] = 'an-id.of-the-environment';
    await expect(findConsole({ dir })).resolves.toMatchObject({ token: 'an-id.of-the-environment' });
    await expect(findConsole({ dir, token: 'an-id.of-the-flag' })).resolves.toMatchObject({
      token: 'an-id.of-the-flag',
    });
  });

  it('sends the token of this machine to no other address', async () => {
    process.env['WIREROOM_CONSOLE_URL'] = ELSEWHERE;
    await expect(findConsole({ dir })).resolves.toEqual({ url: ELSEWHERE, token: undefined });
  });

  it('says how to start one where there is none', async () => {
    await expect(findConsole({ dir: join(dir, 'empty') })).rejects.toMatchObject({
      exitCode: EXIT.unreachable,
      message: expect.stringMatching(
        /^no console runs from .*: start it with "wireroom up", or set WIREROOM_CONSOLE_URL$/,
      ),
    });
  });
});

describe('consoleFailure', () => {
  it.each([
    [0, `${LOCAL} did not answer`, EXIT.unreachable, /^the console at http:\S+ did not answer: is it running\?$/],
    [401, 'sign in', EXIT.failed, /knows no such token.*--token or WIREROOM_CONSOLE_TOKEN/],
    [
      403,
      'this needs the role operator; yours is viewer',
      EXIT.failed,
      /may not do that: this needs the role operator/,
    ],
    [404, 'no such dead letter', EXIT.notFound, /^no such dead letter \(404 a-code\)$/],
    [503, 'mongodb is away', EXIT.unreachable, /^mongodb is away/],
  ])('tells a %i in one sentence', (status, message, exitCode, expected) => {
    const failure = consoleFailure(new CallFailed(status, 'a-code', message));
    expect(failure.exitCode).toBe(exitCode);
    expect(failure.message).toMatch(expected);
  });
});
