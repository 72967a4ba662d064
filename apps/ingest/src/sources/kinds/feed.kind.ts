import { type SourceSpec, escapeHtml } from '@wireroom/contracts';
import {
  type Feed,
  type FeedEntry,
  type FeedPerson,
  htmlToText,
  IntakeError,
  metadataOf,
  type ParsedFeed,
  parseFeed,
  RENDERED_TYPE,
  renderArticle,
} from '@wireroom/intake';
import { discoverHubs } from '@wireroom/fetching';
import type { PushOffer } from '../source.schema.js';
import { digestOf, textDigestOf } from '../digests.js';
import { isTooOld } from '../entry-age.js';
import type { FetchFacts } from '../fetch-facts.js';
import { type FetchedDocument, fetchDocument } from './fetch-document.js';
import { type Finding, type FoundItem, type Loaded, type Reading, SourceError, type SourceKind } from './kind.js';
import { loadPage } from './load-page.js';
import { webAddressFaults } from './settings.js';
import { withoutSharedNames } from './shared-names.js';

const ACCEPT =
  'application/rss+xml,application/atom+xml,application/feed+json,application/rdf+xml;q=0.9,application/xml;q=0.8,text/xml;q=0.8,application/json;q=0.7,*/*;q=0.1';
const MINUTE_MS = 60_000;

/**
 * A text shorter than this is a teaser, words; so is any that is no longer than the entry's own summary. Leads of news
 * agencies end near 60 words, while the shortest reports that stand alone have about 100.
 */
const FULL_TEXT_WORDS = 80;

/** RSS, Atom and JSON Feed. Where the feed holds only a teaser the text is that of the item's page. */
export const feedKind: SourceKind = {
  name: 'feed',
  faultsOf: webAddressFaults,
  async *read(reading: Reading): AsyncGenerator<Finding> {
    const document = await fetchDocument(reading, reading.address, ACCEPT);
    yield { type: 'fetch', facts: document.facts };
    if (!('body' in document)) return;
    const { feed, entries } = parsed(document);
    if (feed.ttl !== undefined) document.facts.notBeforeMs ??= feed.ttl * MINUTE_MS;
    document.facts.push = offerOf(document, feed);
    // Feeds list the newest first; revisions of one item take effect in the order in which they came to be.
    for (const item of withoutSharedNames(
      entries.toReversed().map((entry) => itemOf(entry, feed, document, reading)),
    )) {
      yield isTooOld(item.publishedAt, reading)
        ? { type: 'reject', label: item.label, code: 'too-old', reason: `is dated ${item.publishedAt}` }
        : { type: 'item', item };
    }
    yield document.mark;
  },
};

function parsed(document: FetchedDocument): ParsedFeed {
  const { body, url, contentType, headers, facts } = document;
  try {
    return parseFeed(body, { url, contentType, headers });
  } catch (cause) {
    if (!(cause instanceof IntakeError)) throw cause;
    throw new SourceError(cause.code, cause.message, { facts, cause });
  }
}

function itemOf(entry: FeedEntry, feed: Feed, document: FetchedDocument, reading: Reading): FoundItem {
  const { title, id, published, updated, language = feed.language } = entry;
  const addresses = addressesOf(entry);
  const authors = namesOf(entry.authors);
  const body = bodyOf(entry);
  const metadata = metadataOf({
    title,
    authors,
    language,
    categories: entry.tags.map(({ label, term }) => label ?? term),
    updated,
    feed: feed.title,
    ...document.metadata,
  });
  const fromFeed = (facts?: FetchFacts): Loaded => ({
    outcome: 'loaded',
    bytes: renderArticle({
      title,
      language,
      url: addresses[0],
      authors,
      publishedAt: published,
      bodyHtml: body.html,
    }),
    contentType: RENDERED_TYPE,
    addresses: [],
    textDigest: textDigestOf([title ?? '', body.text]),
    facts,
  });
  return {
    label: title ?? addresses[0] ?? id ?? '(no title)',
    ownId: id,
    addresses,
    digest: digestOf([title, body.html, entry.summary, published, updated, addresses[0], authors]),
    publishedAt: published ?? updated,
    metadata,
    load: async (known) => {
      const [address] = addresses;
      if (address === undefined || !needsPage(reading.spec, entry, body.text)) return fromFeed();
      const page = await loadPage(address, { purpose: 'page', ...reading }, known);
      // The feed's own words are better than none, where the page is closed for good.
      const isClosed = page.outcome === 'failed' && !page.again;
      return isClosed && body.text !== '' ? fromFeed(page.facts) : page;
    },
  };
}

function offerOf({ url, headers }: FetchedDocument, { links }: Feed): PushOffer | undefined {
  const { hubs: [hub] = [], topic } = discoverHubs({ url, linkField: headers['link'], links }) ?? {};
  return hub !== undefined && topic !== undefined ? { hub, topic } : undefined;
}

function needsPage({ text = 'auto' }: SourceSpec, entry: FeedEntry, words: string): boolean {
  if (text !== 'auto') return text === 'page';
  const summary = entry.content.length > 0 ? htmlToText(entry.summary ?? '') : words;
  return wordCount(words) < FULL_TEXT_WORDS || (entry.content.length === 0 && wordCount(summary) < 2 * FULL_TEXT_WORDS);
}

/** The longest body of the entry, or else its summary. */
function bodyOf({ content, summary }: FeedEntry): { html: string; text: string } {
  const bodies = content.flatMap(({ value, type }) => {
    if (value === undefined) return [];
    return [type === 'text/plain' ? `<p>${escapeHtml(value)}</p>` : value];
  });
  const candidates = [...bodies, summary ?? ''].map((html) => ({ html, text: htmlToText(html) }));
  return candidates.reduce((best, one) => (one.text.length > best.text.length ? one : best));
}

function addressesOf({ link, links, id, guidIsPermalink }: FeedEntry): string[] {
  const pages = links.filter(({ rel, type }) => rel === 'alternate' && /html|^$/.test(type ?? ''));
  const all = [link, guidIsPermalink ? id : undefined, ...pages.map(({ href }) => href)];
  const web = all.filter((one): one is string => one !== undefined && /^https?:\/\//i.test(one) && URL.canParse(one));
  return [...new Set(web)];
}

function namesOf(authors: FeedPerson[]): string[] {
  return authors.flatMap(({ name }) => name ?? []);
}

function wordCount(text: string): number {
  return text === '' ? 0 : text.split(/\s+/u).length;
}
