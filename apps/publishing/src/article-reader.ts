import { Inject, Injectable } from '@nestjs/common';
import {
  type ArticlePage,
  type ArticleView,
  type ClusterMember,
  type ClusterView,
  ContractViolation,
  type ListArticlesRequest,
} from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { ClusterMerges } from './cluster-merges.js';
import { type FacetKind, facetOf } from './facets.js';
import type { Publication } from './publication.schema.js';

const PAGE = 50;
const MOST_MEMBERS = 100;
const MEMBER_FIELDS = {
  contentId: 1,
  source: 1,
  url: 1,
  firstReleasedAt: 1,
  'enrichment.cluster': 1,
  'article.title': 1,
  'article.canonicalUrl': 1,
} as const;
const FACET_KINDS = ['entity', 'place', 'topic'] as const satisfies FacetKind[];

/** What readers may ask of the published stage. Only what has been said is shown. */
@Injectable()
export class ArticleReader {
  private readonly publications: Model<Publication>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly merges: ClusterMerges,
  ) {
    this.publications = mongo.model<Publication>('Publication');
  }

  /** Newest release first; a page is stable against new releases. @throws ContractViolation for a foreign cursor. */
  async list(request: ListArticlesRequest): Promise<ArticlePage> {
    const limit = request.limit ?? PAGE;
    const after = request.cursor === undefined ? {} : afterCursor(request.cursor);
    const ofCluster = request.cluster === undefined ? {} : await this.membersOf(request.cluster);
    const found = await whileMongoIsThere(() =>
      this.publications
        .find({ $and: [queryOf(request), ofCluster, after] }, { provenance: 0, facets: 0 })
        .sort({ releasedAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<Publication[]>(),
    );
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: await this.viewsOf(page), nextCursor: last && cursorOf(last) };
  }

  /** The item as it stands; undefined where nothing of it was released. */
  async current(contentId: string, explain: boolean): Promise<ArticleView | undefined> {
    const [newest] = await this.released(contentId, 1);
    if (!newest) return undefined;
    const cluster = newest.enrichment?.cluster && (await this.clusterView(newest.enrichment.cluster.id));
    return inCluster(viewOf(newest, explain), cluster);
  }

  /** Every revision that went out, oldest first. */
  async revisions(contentId: string): Promise<ArticleView[]> {
    const released = await this.released(contentId, 1000);
    return this.viewsOf(released.reverse());
  }

  /** Views with the ids that their clusters have now. */
  private async viewsOf(publications: Publication[]): Promise<ArticleView[]> {
    const ids = publications.flatMap(({ enrichment }) => enrichment?.cluster?.id ?? []);
    const current = await this.merges.currentOf(ids);
    return publications.map((publication) => {
      const view = viewOf(publication);
      const id = view.enrichment?.cluster?.id;
      return id === undefined ? view : withClusterId(view, current(id));
    });
  }

  private async clusterView(clusterId: string): Promise<ClusterView> {
    const ids = await this.merges.allIdsOf(clusterId);
    const query = { 'enrichment.cluster.id': { $in: ids }, current: true, status: 'published' as const };
    const [total, members] = await whileMongoIsThere(() =>
      Promise.all([
        this.publications.countDocuments(query),
        this.publications
          .find(query, MEMBER_FIELDS)
          .sort({ releasedAt: 1, _id: 1 })
          .limit(MOST_MEMBERS)
          .lean<Publication[]>(),
      ]),
    );
    return { id: ids[0]!, members: members.map(memberOf), total };
  }

  private async membersOf(clusterId: string): Promise<QueryFilter<Publication>> {
    return { 'enrichment.cluster.id': { $in: await this.merges.allIdsOf(clusterId) } };
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

function memberOf({ contentId, source, enrichment, article, url, firstReleasedAt }: Publication): ClusterMember {
  return {
    id: contentId,
    source,
    kind: enrichment!.cluster!.kind,
    title: article?.title,
    url: url ?? article?.canonicalUrl,
    firstReleasedAt: firstReleasedAt.toISOString(),
  };
}

function inCluster(view: ArticleView, cluster: ClusterView | undefined): ArticleView {
  return cluster ? { ...withClusterId(view, cluster.id), cluster } : view;
}

function withClusterId(view: ArticleView, id: string): ArticleView {
  const { enrichment } = view;
  return enrichment?.cluster
    ? { ...view, enrichment: { ...enrichment, cluster: { ...enrichment.cluster, id } } }
    : view;
}

function queryOf(request: ListArticlesRequest): QueryFilter<Publication> {
  const status = request.status ?? 'published';
  const equal = {
    status: status === 'all' ? undefined : status,
    source: request.source,
    kind: request.kind,
    externalId: request.externalId,
    'enrichment.language.code': request.language?.toLowerCase(),
    'article.categories': request.category,
  };
  const released = {
    ...(request.since === undefined ? {} : { $gte: new Date(request.since) }),
    ...(request.until === undefined ? {} : { $lt: new Date(request.until) }),
  };
  const facets = FACET_KINDS.flatMap((kind) => (request[kind] === undefined ? [] : [facetOf(kind, request[kind])]));
  return {
    current: true,
    ...(facets.length === 0 ? {} : { facets: { $all: facets } }),
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
