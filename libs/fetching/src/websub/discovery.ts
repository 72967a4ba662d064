import { readTarget } from '../address/target.js';
import { parseLinks } from '../http/link-header.js';

/** Where a topic's news is pushed from. */
export interface HubOffer {
  /** In the publisher's order. */
  hubs: string[];
  /** What to subscribe to: the topic's own name for itself, which may differ from where it was fetched. */
  topic: string;
}

/** What was fetched of a topic. */
export interface TopicPage {
  /** `finalUrl` of the answer. */
  url: string;
  /** Its Link field. */
  linkField?: string;
  /** Links of the document, as `parseFeed` brings them. */
  links?: readonly { href?: string; rel?: string }[];
}

/**
 * Finds the hubs of a topic (WebSub, W3C Recommendation 2018, section 4): the Link field is preferred to the document,
 * for hub and self alike. Undefined where no hub is named.
 */
export function discoverHubs({ url, linkField, links = [] }: TopicPage): HubOffer | undefined {
  const inHeader = parseLinks(linkField);
  const inDocument = links.map(({ href = '', rel = '' }) => ({ href, rels: rel.toLowerCase().split(/\s+/) }));
  const named = (rel: string): string[] => {
    const fromHeader = addressesOf(inHeader, rel, url);
    return fromHeader.length > 0 ? fromHeader : addressesOf(inDocument, rel, url);
  };
  const hubs = named('hub');
  return hubs.length > 0 ? { hubs, topic: named('self')[0] ?? url } : undefined;
}

function addressesOf(links: readonly { href: string; rels: string[] }[], rel: string, base: string): string[] {
  const addresses = links
    .filter(({ rels }) => rels.includes(rel))
    .flatMap(({ href }) => readTarget(href, new URL(base))?.href ?? [])
    .filter((address) => /^https?:/.test(address));
  return [...new Set(addresses)];
}
