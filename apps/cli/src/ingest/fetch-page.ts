import { CliError, EXIT } from '../exit-codes.js';

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
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > MAX_BYTES) throw new CliError(EXIT.failed, `${address} is larger than ${MAX_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(EXIT.unreachable, `${address} broke off`, { cause: error });
  }
  return Buffer.concat(chunks);
}
