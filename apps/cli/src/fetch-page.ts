import { CliError, EXIT, type ExitCode } from './exit-codes.js';

/** A page as a server sent it. */
export interface FetchedPage {
  bytes: Buffer;
  contentType?: string;
  /** Where it was found after redirects. */
  url: string;
}

/**
 * Fetches one page as sources are fetched: robots.txt holds, and size and time are bounded. The host a person names may
 * be in a private network or on another port; where that host sends us on to may not.
 *
 * @throws CliError in one sentence.
 */
export async function fetchPage(address: string): Promise<FetchedPage> {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw new CliError(EXIT.usage, `${address} is no http or https address`);
  }
  const { Fetcher } = await import('@wireroom/fetching');
  const fetcher = new Fetcher({ allow: [`${new URL(address).hostname}:*`] });
  try {
    const answer = await fetcher.fetch(address, { purpose: 'page' });
    if (answer.outcome === 'fetched') {
      return { bytes: Buffer.from(answer.body), contentType: answer.contentType, url: answer.finalUrl };
    }
    if (answer.outcome === 'not-modified') throw new Error('a fetch without validators was answered by 304');
    throw new CliError(exitCodeOf(answer), `${address}: ${answer.reason} (${answer.code})`);
  } finally {
    await fetcher.close();
  }
}

function exitCodeOf(answer: { outcome: 'refused' | 'failed'; status?: number }): ExitCode {
  if (answer.outcome === 'refused') return EXIT.failed;
  if (answer.status === undefined) return EXIT.unreachable;
  return answer.status === 404 ? EXIT.notFound : EXIT.failed;
}
