import { type ArticleData, bodyOf } from '@wireroom/contracts';
import type { EnrichmentInput } from './step.js';

/**
 * What the chain is told of an extracted article.
 *
 * @param publishedAt the time its source gave for it, where the article names none itself
 * @param unseen what its page hides, known while the page is at hand
 */
export function inputOf(
  article: ArticleData,
  publishedAt?: string,
  { hidden, dropped }: Pick<EnrichmentInput, 'hidden' | 'dropped'> = {},
): EnrichmentInput {
  return {
    title: article.title,
    body: bodyOf(article),
    publishedAt: article.publishedAt ?? publishedAt,
    declaredLanguage: article.declaredLanguage,
    dateline: article.dateline,
    authors: article.authors.map(({ name }) => name),
    hidden,
    dropped,
  };
}
