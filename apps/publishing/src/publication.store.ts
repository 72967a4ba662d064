import { Inject, Injectable } from '@nestjs/common';
import type { ContentEnrichedData, ContentPublishedData } from '@wireroom/contracts';
import {
  type Decision,
  type Head,
  MONGO,
  OutboxBatches,
  type OwnFields,
  type Persisted,
  type ReceivedEvent,
  RevisionStore,
} from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Collection } from 'mongodb';
import type { Connection } from 'mongoose';
import { ClusterMerges } from './cluster-merges.js';
import { facetsOf } from './facets.js';
import type { Publication } from './publication.schema.js';

/** What the rules decided about a release. */
export interface Release {
  status: Publication['status'];
  channels: string[];
  corrects?: number;
}

/** What a retraction takes out of every revision. */
const TEXT = { article: '', enrichment: '', facets: '', provenance: '', metadata: '' } as const;

/** The published stage. */
@Injectable()
export class PublicationStore extends RevisionStore<ContentEnrichedData, Release, Publication> {
  protected override readonly headFields = ['status', 'firstReleasedAt', 'releasedAt', 'corrects'];

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly merges: ClusterMerges,
    batches: OutboxBatches,
  ) {
    super(mongo.model<Publication>('Publication'), 'publishing', batches);
  }

  /** A retraction takes the text away before it is recorded, so that no crash can leave it readable. */
  override async persist(
    decisions: Decision<ContentEnrichedData, Release, Publication>[],
  ): Promise<Persisted<Publication>[]> {
    const retracted = decisions.flatMap(({ event, outcome }) =>
      outcome.kind === 'done' && outcome.result.status === 'retracted' ? [event.data.contentId] : [],
    );
    await this.takeTextAway(retracted);
    return super.persist(decisions);
  }

  /** Leaves one current revision to each item, its newest, and records which clusters became one. */
  override async settle(documents: Publication[]): Promise<void> {
    await this.merges.record(documents);
    const revised = documents.filter(({ revision, processingVersion }) => revision > 1 || processingVersion > 1);
    if (revised.length === 0) return;
    const heads = await this.heads([...new Set(revised.map(({ contentId }) => contentId))]);
    const operations = [...heads.values()].map(({ contentId, revision, processingVersion }) => ({
      updateMany: {
        filter: { contentId, current: true, $nor: [{ revision, processingVersion }] },
        update: { $set: { current: false } },
      },
    }));
    await whileMongoIsThere(() => this.publications.bulkWrite(operations, { ordered: false }));
    await this.takeTextAway(revised.filter(({ status }) => status === 'retracted').map(({ contentId }) => contentId));
  }

  protected dataOf(document: Publication): ContentPublishedData {
    return Object.assign(this.revisionOf(document), {
      status: document.status,
      channels: document.channels,
      firstReleasedAt: document.firstReleasedAt.toISOString(),
      releasedAt: document.releasedAt.toISOString(),
      corrects: document.corrects,
      article: document.article,
      enrichment: document.enrichment,
    });
  }

  protected override titleOf(document: Publication): string | undefined {
    return document.article?.title;
  }

  protected ownFields(
    { data }: ReceivedEvent<ContentEnrichedData>,
    release?: Release,
    head?: Head<Publication>,
  ): OwnFields<Publication> {
    // A revision that was only processed again is no newer to readers than it was.
    const releasedAt = (head?.revision === data.revision && head.releasedAt) || new Date();
    const withText = release?.status === 'published';
    return {
      // A skipped revision leaves the item as it was.
      status: release?.status ?? head?.status ?? 'published',
      channels: release?.channels ?? [],
      firstReleasedAt: head?.firstReleasedAt ?? releasedAt,
      releasedAt,
      corrects: release?.corrects,
      article: withText ? data.article : undefined,
      enrichment: withText ? data.enrichment : undefined,
      facets: withText && data.enrichment ? facetsOf(data.enrichment) : undefined,
      provenance: withText ? data.provenance : [],
      current: release !== undefined,
    };
  }

  private async takeTextAway(contentIds: string[]): Promise<void> {
    if (contentIds.length === 0) return;
    await whileMongoIsThere(() => this.publications.updateMany({ contentId: { $in: contentIds } }, { $unset: TEXT }));
  }

  private get publications(): Collection<Publication> {
    return this.collection as unknown as Collection<Publication>;
  }
}
