import type { ArticleData } from '@wireroom/contracts';

/** An article as lines that can be compared: what stands above the body by name, then a line for each block. */
export function articleText(article: ArticleData | undefined): string {
  if (article === undefined) return '';
  const named: [string, string | undefined][] = [
    ['headline', article.title],
    ['alternative headline', article.alternativeTitle],
    ['byline', article.byline],
    ['authors', article.authors.map(({ name }) => name).join(', ')],
    ['published', article.publishedAt],
    ['modified', article.modifiedAt],
    ['dateline', article.dateline],
    ['section', article.section],
    ['categories', article.categories.join(', ')],
    ['tags', article.tags.join(', ')],
    ['canonical address', article.canonicalUrl],
    ['lead image', article.leadImage?.url],
    ['caption', article.leadImage?.caption],
    ['completeness', article.completeness],
  ];
  const head = named.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  const body = article.paragraphs.map(({ role, text }) => (role === 'paragraph' ? text : `[${role}] ${text}`));
  return `${[...head, '', ...body].join('\n')}\n`;
}
