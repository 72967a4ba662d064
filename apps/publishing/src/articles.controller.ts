import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  type ArticlePage,
  type ArticleView,
  GetArticleRequest,
  ListArticlesRequest,
  PUBLISHING_ROUTES,
  type RevisionsAnswer,
} from '@wireroom/contracts';
import { ContractPipe, HttpFailure, contentIdParam } from '@wireroom/pipeline';
import { ArticleReader } from './article-reader.js';
import { ChannelVisits } from './channel-visits.js';

/** The read API. */
@Controller()
export class ArticlesController {
  constructor(
    private readonly articles: ArticleReader,
    private readonly visits: ChannelVisits,
  ) {}

  @Get(PUBLISHING_ROUTES.listArticles.path)
  list(@Query(new ContractPipe(ListArticlesRequest)) request: ListArticlesRequest): Promise<ArticlePage> {
    return this.visits.count('articles', () => this.articles.list(request));
  }

  @Get(PUBLISHING_ROUTES.getArticle.path)
  async get(
    @Param('id') id: string,
    @Query(new ContractPipe(GetArticleRequest)) request: GetArticleRequest,
  ): Promise<ArticleView> {
    const contentId = contentIdParam(id, 'id');
    const article = await this.visits.count('articles', () =>
      this.articles.current(contentId, request.explain === 'true'),
    );
    if (!article) throw notFound(contentId);
    if (article.status === 'retracted') {
      throw new HttpFailure(410, 'retracted', `article ${contentId} was retracted at ${article.releasedAt}`);
    }
    return article;
  }

  @Get(PUBLISHING_ROUTES.listRevisions.path)
  async revisions(@Param('id') id: string): Promise<RevisionsAnswer> {
    const contentId = contentIdParam(id, 'id');
    const revisions = await this.visits.count('articles', () => this.articles.revisions(contentId));
    if (revisions.length === 0) throw notFound(contentId);
    return { id: contentId, revisions };
  }
}

function notFound(contentId: string): HttpFailure {
  return new HttpFailure(404, 'not-found', `no article ${contentId}`);
}
