import { Inject, Injectable } from '@nestjs/common';
import { type ArticlePage, type ArticleView, ContractViolation, type ListArticlesRequest } from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model, QueryFilter } from 'mongoose';
import type { Publication } from './publication.schema.js';

const PAGE = 50;

/** What readers may ask of the published stage. Only what has been said is shown. */
@Injectable()
export class ArticleReader {
  private readonly publications: Model<Publication>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.publications = mongo.model<Publication>('Publication');
  }

  /** Newest release first; a page is stable against new releases. @throws ContractViolation for a foreign cursor. */
  async list(request: ListArticlesRequest): Promise<ArticlePage> {
    const limit = request.limit ?? PAGE;
    const after = request.cursor === undefined ? {} : afterCursor(request.cursor);
    const found = await whileMongoIsThere(() =>
      this.publications
        .find({ $and: [queryOf(request), after] }, { provenance: 0 })
        .sort({ releasedAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<Publication[]>(),
    );
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: page.map((publication) => viewOf(publication)), nextCursor: last && cursorOf(last) };
  }

  /** The item as it stands; undefined where nothing of it was released. */
  async current(contentId: string, explain: boolean): Promise<ArticleView | undefined> {
    const [newest] = await this.released(contentId, 1);
    return newest && viewOf(newest, explain);
  }

  /** Every revision that went out, oldest first. */
  async revisions(contentId: string): Promise<ArticleView[]> {
    const released = await this.released(contentId, 1000);
    return released.reverse().map((publication) => viewOf(publication));
  }

  private released(contentId: string, limit: number): Promise<Publication[]> {
    return whileMongoIsThere(() =>
      this.publications
        .find({ contentId, outcome: 'done' })
        .sort({ revision: -1, processingVersion: -1 })
        .limit(limit)
        .lean<Publication[]>(),
    );
  }
}

/** A publication in the words of the API. */
export function viewOf(publication: Publication, explain = false): ArticleView {
  return {
    id: publication.contentId,
    revision: publication.revision,
    processingVersion: publication.processingVersion,
    kind: publication.kind,
    status: publication.status,
    source: publication.source,
    externalId: publication.externalId,
    url: publication.url,
    publishedAt: publication.publishedAt,
    firstReleasedAt: publication.firstReleasedAt.toISOString(),
    releasedAt: publication.releasedAt.toISOString(),
    channels: publication.channels,
    corrects: publication.corrects,
    article: publication.article,
    enrichment: publication.enrichment,
    ...(explain ? { provenance: publication.provenance } : {}),
  };
}

function queryOf(request: ListArticlesRequest): QueryFilter<Publication> {
  const status = request.status ?? 'published';
  const equal = {
    status: status === 'all' ? undefined : status,
    source: request.source,
    kind: request.kind,
    externalId: request.externalId,
    'enrichment.language.code': request.language,
    'article.categories': request.category,
  };
  const released = {
    ...(request.since === undefined ? {} : { $gte: new Date(request.since) }),
    ...(request.until === undefined ? {} : { $lt: new Date(request.until) }),
  };
  return {
    current: true,
    ...Object.fromEntries(
      Object.entries(equal).flatMap(([field, value]) => (value === undefined ? [] : [[field, { $eq: value }]])),
    ),
    ...(Object.keys(released).length === 0 ? {} : { releasedAt: released }),
  };
}

function cursorOf(publication: Publication): string {
  return Buffer.from(`${publication.releasedAt.toISOString()} ${publication._id}`).toString('base64url');
}

function afterCursor(cursor: string): QueryFilter<Publication> {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ', 2);
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || id === '')
    throw new ContractViolation([{ field: 'cursor', reason: 'is not a cursor of this list' }]);
  return { $or: [{ releasedAt: { $lt: at } }, { releasedAt: at, _id: { $lt: id } }] };
}
