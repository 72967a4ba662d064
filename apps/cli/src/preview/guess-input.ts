import { basename, extname } from 'node:path';

/** How a file is to be read. */
export interface InputGuess {
  as: string;
  contentType?: string;
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.xhtml': 'application/xhtml+xml',
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.xml': 'application/xml',
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
  '.json': 'application/json',
  '.warc': 'application/warc',
  '.eml': 'message/rfc822',
};

/** Roots of the XML formats we read, by local name. */
const XML_ROOTS: [kind: string, root: RegExp][] = [
  ['feed', /^(rss|feed|rdf|channel)$/i],
  ['sitemap', /^(urlset|sitemapindex)$/i],
  ['agency', /^(nitf|newsItem|packageItem|conceptItem|newsMessage|NewsML)$/i],
];

const SNIFFED_BYTES = 4096;

/** Media type by a file's name; undefined where its ending says nothing. */
export function contentTypeOf(name: string): string | undefined {
  return CONTENT_TYPES[extname(name.replace(/\.gz$/i, '')).toLowerCase()];
}

/** Guesses how to read a file by its name and first bytes: an article, unless it is plainly something else. */
export function guessInput(name: string, bytes: Uint8Array, contentType = contentTypeOf(name)): InputGuess {
  if (basename(name).toLowerCase() === 'robots.txt') return { as: 'robots', contentType };
  if (contentType === 'application/warc') return { as: 'warc', contentType };
  if (contentType === 'message/rfc822') return { as: 'mail', contentType };
  const head = Buffer.from(bytes.subarray(0, SNIFFED_BYTES)).toString('latin1');
  if (contentType !== undefined && /\bjson$/.test(contentType))
    return { as: /jsonfeed\.org/i.test(head) ? 'feed' : 'agency', contentType };
  if (contentType?.includes('xml')) return { as: kindOfXml(head), contentType };
  return { as: 'article', contentType };
}

function kindOfXml(head: string): string {
  const root = /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]/.exec(head.replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';
  return XML_ROOTS.find(([, pattern]) => pattern.test(root))?.[0] ?? 'article';
}
