import { HttpFailure } from '@wireroom/pipeline';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Refuses a change that a page of another site could have caused: browsers say where a request comes from
 * (`Sec-Fetch-Site`, `Origin`), and a form of another site can't send JSON. The session's token is checked beside this.
 *
 * @throws HttpFailure 403 `cross-site`, 415 `unsupported-media-type`
 */
export function refuseOtherSites(headers: IncomingHttpHeaders, hasBody: boolean): void {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite();
  if (origin !== undefined && hostOf(origin) !== host) throw crossSite();
  if (hasBody && !/^application\/json\s*(;|$)/i.test(type ?? '')) {
    throw new HttpFailure(415, 'unsupported-media-type', 'the body must be application/json');
  }
}

function crossSite(): HttpFailure {
  return new HttpFailure(403, 'cross-site', 'changes are taken from the console’s own page only');
}

/** `null` is what browsers send for a sandboxed frame. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
