import type { SourceSpec } from '@wireroom/contracts';
import type { SourceFetcher } from './source-fetcher.js';

type Waiver = Pick<SourceSpec, 'ignoreRobots'>;

/** The way out for a source: where its publisher has agreed, robots.txt is not asked. All other rules hold. */
export function fetcherFor({ ignoreRobots }: Waiver, fetcher: SourceFetcher): SourceFetcher {
  if (ignoreRobots === undefined) return fetcher;
  return {
    fetch: (url, request) => fetcher.fetch(url, { ...request, ignoreRobots: true }),
    stream: (url, request) => fetcher.stream(url, { ...request, ignoreRobots: true }),
  };
}

/** Why robots.txt was not asked, to travel with the items. */
export function waiverOf({ ignoreRobots }: Waiver): Record<string, string> {
  return ignoreRobots === undefined ? {} : { 'robots-ignored': ignoreRobots };
}
