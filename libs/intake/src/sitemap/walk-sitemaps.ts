import type { Sitemap } from './sitemap.js';

/** How far a walk goes. */
export interface SitemapWalkLimits {
  /** Files that are loaded in all. */
  files: number;
  /** Indexes inside of each other; the protocol allows one. */
  depth: number;
}

/** One file of a walk: what it holds, or why it could not be had. */
export type SitemapVisit = { url: string; sitemap: Sitemap } | { url: string; error: unknown };

const USUAL_LIMITS: SitemapWalkLimits = { files: 1000, depth: 3 };

/**
 * Visits a sitemap and, breadth first, those an index among them lists. No file is loaded twice, so an index may list
 * itself; one that can't be loaded is reported and the walk goes on.
 *
 * @param load gets and parses one file; its errors become visits with an `error`
 */
export async function* walkSitemaps(
  start: string,
  load: (url: string) => Promise<Sitemap>,
  limits: SitemapWalkLimits = USUAL_LIMITS,
): AsyncGenerator<SitemapVisit> {
  const queue = [{ url: start, depth: 0 }];
  const seen = new Set([normalised(start)]);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const visit = await visitOne(next.url, load);
    yield visit;
    if ('error' in visit || visit.sitemap.type !== 'index' || next.depth >= limits.depth) continue;
    for (const { loc } of visit.sitemap.entries) {
      if (seen.size >= limits.files || seen.has(normalised(loc))) continue;
      seen.add(normalised(loc));
      queue.push({ url: loc, depth: next.depth + 1 });
    }
  }
}

async function visitOne(url: string, load: (url: string) => Promise<Sitemap>): Promise<SitemapVisit> {
  try {
    return { url, sitemap: await load(url) };
  } catch (error) {
    return { url, error };
  }
}

function normalised(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}
