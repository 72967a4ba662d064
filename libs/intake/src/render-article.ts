import { escapeHtml } from '@wireroom/contracts';

/** The parts of an article that came in pieces: an entry of a feed, a document of an agency. */
export interface ArticleParts {
  title?: string;
  /** BCP 47. */
  language?: string;
  url?: string;
  authors?: string[];
  /** ISO 8601. */
  publishedAt?: string;
  /** Safe HTML of the body. */
  bodyHtml: string;
}

/**
 * Puts an article together as a page, the form in which the next stage reads it. The same parts give the same bytes,
 * so that an unchanged item has an unchanged fingerprint.
 */
export function renderArticle({ title, language, url, authors = [], publishedAt, bodyHtml }: ArticleParts): Buffer {
  const head = [
    '<meta charset="utf-8">',
    ...(title === undefined ? [] : [`<title>${escapeHtml(title)}</title>`]),
    '<meta property="og:type" content="article">',
    ...(title === undefined ? [] : [`<meta property="og:title" content="${escapeHtml(title)}">`]),
    ...(url === undefined ? [] : [`<link rel="canonical" href="${escapeHtml(url)}">`]),
    ...authors.map((author) => `<meta name="author" content="${escapeHtml(author)}">`),
    ...(publishedAt === undefined
      ? []
      : [`<meta property="article:published_time" content="${escapeHtml(publishedAt)}">`]),
  ];
  const langAttribute = language === undefined ? '' : ` lang="${escapeHtml(language)}"`;
  const heading = title === undefined ? '' : `<h1>${escapeHtml(title)}</h1>\n`;
  return Buffer.from(
    `<!doctype html>\n<html${langAttribute}>\n<head>\n${head.join('\n')}\n</head>\n<body>\n<article>\n${heading}${bodyHtml}\n</article>\n</body>\n</html>\n`,
  );
}

/** Plain paragraphs as HTML. */
export function paragraphsToHtml(paragraphs: string[]): string {
  return paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');
}

/** Content type of what `renderArticle` makes. */
export const RENDERED_TYPE = 'text/html; charset=utf-8';
