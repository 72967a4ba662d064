import { CliError, EXIT } from '../exit-codes.js';
import { readBounded } from './read-bounded.js';

const MAX_BYTES = 10 * 1024 * 1024;
const TIME_LIMIT_MS = 20_000;

/** A page as a server sent it. */
export interface FetchedPage {
  bytes: Buffer;
  contentType?: string;
}

/**
 * Fetches one page with limits on time and size. It is a plain fetch at the wish of the person at the keyboard: it
 * asks no robots.txt, and goes wherever that person's machine can go.
 *
 * @throws CliError in one sentence.
 */
export async function fetchPage(address: string): Promise<FetchedPage> {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw new CliError(EXIT.usage, `${address} is no http or https address`);
  }
  const response = await fetch(address, { signal: AbortSignal.timeout(TIME_LIMIT_MS) }).catch((cause: Error) => {
    const reason =
      cause.name === 'TimeoutError' ? `gave no answer within ${TIME_LIMIT_MS / 1000} s` : 'does not answer';
    throw new CliError(EXIT.unreachable, `${address} ${reason}`, { cause });
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new CliError(response.status === 404 ? EXIT.notFound : EXIT.failed, `${address} answers ${response.status}`);
  }
  return { bytes: await readBody(response, address), contentType: response.headers.get('content-type') ?? undefined };
}

async function readBody(response: Response, address: string): Promise<Buffer> {
  if (!response.body) return Buffer.alloc(0);
  return readBounded(response.body, MAX_BYTES, address).catch((error: unknown) => {
    throw error instanceof CliError ? error : new CliError(EXIT.unreachable, `${address} broke off`, { cause: error });
  });
}
