import { CallFailed, ConsoleClient } from '@wireroom/contracts';
import { callFailure } from './clients.js';
import { CliError, EXIT } from './exit-codes.js';
import { readState } from './system/state.js';

/** Flags of the commands that speak to the console. */
export interface ConsoleFlags {
  dir: string;
  token?: string;
  json?: boolean;
}

/** The address and token of a console. */
export interface ConsoleDoor {
  url: string;
  token?: string;
}

/** A view of a million items takes less than a second; the rest is for a busy machine. */
const DEADLINE_MS = 30_000;

/**
 * Asks the console's API, as whoever the token stands for.
 *
 * @throws CliError in one sentence: where there is no console, where the token or its role is not enough
 */
export async function askConsole<T>(flags: ConsoleFlags, ask: (client: ConsoleClient) => Promise<T>): Promise<T> {
  const { url, token } = await findConsole(flags);
  return ask(new ConsoleClient(url, { token, deadlineMs: DEADLINE_MS })).catch((error: unknown) => {
    throw error instanceof CallFailed ? consoleFailure(error) : error;
  });
}

/**
 * The address: WIREROOM_CONSOLE_URL, or else what `wireroom up` left in the data folder. The token: the flag,
 * WIREROOM_CONSOLE_TOKEN, OPS_TOKEN, or else the one that `wireroom up` left there, which is an admin's; that one is
 * sent to no other address.
 *
 * @throws CliError `unreachable` when nothing says where the console is
 */
export async function findConsole({ dir, token }: ConsoleFlags): Promise<ConsoleDoor> {
  const given = token || process.env['WIREROOM_CONSOLE_TOKEN'] || process.env['OPS_TOKEN'] || undefined;
  const elsewhere = process.env['WIREROOM_CONSOLE_URL'];
  if (elsewhere) return { url: elsewhere, token: given };
  const state = await readState(dir);
  if (!state?.run) {
    throw new CliError(
      EXIT.unreachable,
      `no console runs from ${dir}: start it with "wireroom up", or set WIREROOM_CONSOLE_URL`,
    );
  }
  return { url: state.run.services.console.url, token: given ?? state.opsToken };
}

/** A failed call of the console in one sentence, with the exit code it stands for. */
export function consoleFailure(error: CallFailed): CliError {
  const { status, message } = error;
  if (status === 0)
    return new CliError(EXIT.unreachable, `the console at ${message}: is it running?`, { cause: error });
  if (status === 401) {
    const advice = 'give another by --token or WIREROOM_CONSOLE_TOKEN; an admin gives them out in the console';
    return new CliError(EXIT.failed, `the console knows no such token, or it was taken back: ${advice}`, {
      cause: error,
    });
  }
  if (status === 403) {
    return new CliError(EXIT.failed, `the token may not do that: ${message}`, { cause: error });
  }
  return callFailure(error);
}
