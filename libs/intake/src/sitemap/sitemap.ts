/** Google News data of a sitemap entry. */
export interface SitemapNews {
  title?: string;
  /** W3C date, as precise as the publisher gave it. */
  publicationDate?: string;
  /** Name of the publication. */
  name?: string;
  language?: string;
}

/** One address a sitemap lists. */
export interface SitemapEntry {
  /** Absolute address. */
  loc: string;
  /** W3C date, as precise as the publisher gave it; `null` when there is none or it can't be read. */
  lastmod: string | null;
  news?: SitemapNews;
}

/** What is wrong with a sitemap that could be read all the same. */
export type SitemapWarning = 'too-many-entries' | 'truncated';

/** A sitemap as it was read. */
export interface Sitemap {
  /** `index` lists other sitemaps, the others list pages; `rss` is a feed used as a sitemap. */
  type: 'urlset' | 'index' | 'text' | 'rss';
  entries: SitemapEntry[];
  warnings: SitemapWarning[];
}
