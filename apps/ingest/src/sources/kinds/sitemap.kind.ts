import { IntakeError, type Sitemap, type SitemapEntry, metadataOf, parseSitemap, walkSitemaps } from '@wireroom/intake';
import { digestOf } from '../digests.js';
import { isTooOld } from '../entry-age.js';
import { type FetchedDocument, fetchDocument } from './fetch-document.js';
import { type Finding, type FoundItem, type Reading, SourceError, type SourceKind } from './kind.js';
import { loadPage } from './load-page.js';
import { webAddressFaults } from './settings.js';

const ACCEPT = 'application/xml,text/xml,text/plain;q=0.9,*/*;q=0.1';
const NOTHING: Sitemap = { type: 'urlset', entries: [], warnings: [] };

/**
 * Sitemaps, news sitemaps and indexes of them. An index is read at every poll: whether the files it lists have changed
 * is theirs to say.
 */
export const sitemapKind: SourceKind = {
  name: 'sitemap',
  faultsOf: webAddressFaults,
  async *read(reading: Reading): AsyncGenerator<Finding> {
    const documents = new Map<string, Awaited<ReturnType<typeof fetchDocument>>>();
    const load = async (url: string): Promise<Sitemap> => {
      const document = await fetchDocument(reading, url, ACCEPT);
      documents.set(url, document);
      return 'body' in document ? recentOf(parsed(document), reading) : NOTHING;
    };
    for await (const visit of walkSitemaps(reading.address, load)) {
      if ('error' in visit) {
        yield* failed(visit.url, visit.error, reading);
        continue;
      }
      const document = documents.get(visit.url)!;
      documents.delete(visit.url);
      yield { type: 'fetch', facts: document.facts };
      if (visit.sitemap.type === 'index' || !('body' in document)) continue;
      for (const entry of visit.sitemap.entries) yield findingOf(entry, reading);
      yield document.mark;
    }
  },
};

/** A part that can't be read leaves its trace and hurts no other; the source itself fails with its root. */
function* failed(url: string, error: unknown, reading: Reading): Generator<Finding> {
  if (!(error instanceof SourceError) || url === reading.address || !error.details.facts) throw error;
  const { code, message: reason, details } = error;
  const isRead = details.facts!.outcome === 'fetched';
  yield { type: 'fetch', facts: { ...details.facts!, ...(isRead ? { outcome: 'failed', code, reason } : {}) } };
}

function parsed(document: FetchedDocument): Sitemap {
  const { body, url, contentType, facts } = document;
  try {
    return parseSitemap(body, { url, contentType });
  } catch (cause) {
    if (!(cause instanceof IntakeError)) throw cause;
    throw new SourceError(cause.code, cause.message, { facts, cause });
  }
}

/** Of an index only the files that changed within the time the source looks back. */
function recentOf(sitemap: Sitemap, reading: Reading): Sitemap {
  if (sitemap.type !== 'index') return sitemap;
  return { ...sitemap, entries: sitemap.entries.filter(({ lastmod }) => !isTooOld(lastmod, reading)) };
}

function findingOf(entry: SitemapEntry, reading: Reading): Finding {
  const date = entry.news?.publicationDate ?? entry.lastmod;
  const item = itemOf(entry, reading);
  if (!isTooOld(date, reading)) return { type: 'item', item };
  return { type: 'reject', label: item.label, code: 'too-old', reason: `is dated ${date}` };
}

function itemOf({ loc, lastmod, news }: SitemapEntry, reading: Reading): FoundItem {
  const { title, publicationDate, name, language } = news ?? {};
  return {
    label: title ?? loc,
    addresses: [loc],
    digest: digestOf([loc, lastmod, title, publicationDate]),
    publishedAt: isInstant(publicationDate) ? publicationDate : undefined,
    metadata: metadataOf({ title, language, publication: name }),
    load: (known) => loadPage(loc, { purpose: 'page', ...reading }, known),
  };
}

/** A sitemap may name a day only; when on it is for the page to say. */
function isInstant(date: string | undefined): boolean {
  return date !== undefined && /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(date);
}
