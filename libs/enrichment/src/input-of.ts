import { type ArticleData, bodyOf } from '@wireroom/contracts';
import type { EnrichmentInput } from './step.js';

/**
 * What the chain is told of an extracted article.
 *
 * @param publishedAt the time its source gave for it, where the article names none itself
 */
export function inputOf(article: ArticleData, publishedAt?: string): EnrichmentInput {
  return {
    title: article.title,
    body: bodyOf(article),
    publishedAt: article.publishedAt ?? publishedAt,
    declaredLanguage: article.declaredLanguage,
    dateline: article.dateline,
    authors: article.authors.map(({ name }) => name),
  };
}
