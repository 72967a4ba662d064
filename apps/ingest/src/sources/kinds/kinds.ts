import type { SourceKindName } from '@wireroom/contracts';
import { agencyKind } from './agency.kind.js';
import { feedKind } from './feed.kind.js';
import { folderKind } from './folder.kind.js';
import type { SourceKind } from './kind.js';
import { pageKind } from './page.kind.js';
import { sitemapKind } from './sitemap.kind.js';
import { warcKind } from './warc.kind.js';

/** All kinds of sources. A new one is a file beside this, a line here and its name in the contracts. */
const KINDS: Record<SourceKindName, SourceKind> = {
  feed: feedKind,
  sitemap: sitemapKind,
  page: pageKind,
  folder: folderKind,
  warc: warcKind,
  agency: agencyKind,
};

/** The kind of that name. */
export function kindOf(name: SourceKindName): SourceKind {
  return KINDS[name];
}
