import { Inject, Injectable } from '@nestjs/common';
import type { ContentEnrichedData, ContentIngestedData } from '@wireroom/contracts';
import {
  type Decision,
  MONGO,
  OutboxBatches,
  type OwnFields,
  type Persisted,
  type ReceivedEvent,
  RevisionStore,
  done,
} from '@wireroom/pipeline';
import type { Connection } from 'mongoose';
import { ClusterIndex } from './clusters/cluster-index.js';
import { withCluster } from './clusters/with-cluster.js';
import type { EnrichedItem } from './enriched-item.schema.js';
import type { ReadContent } from './read-content.js';

type ReadDecision = Decision<ContentIngestedData, ReadContent, EnrichedItem>;

/** The enriched stage. */
@Injectable()
export class EnrichedItemStore extends RevisionStore<ContentIngestedData, ReadContent, EnrichedItem> {
  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly clusters: ClusterIndex,
    batches: OutboxBatches,
  ) {
    super(mongo.model<EnrichedItem>('EnrichedItem'), 'enrichment', batches);
  }

  /** Tells the story clusters of a batch together, since the index they are told by is shared by all instances. */
  override async persist(decisions: ReadDecision[]): Promise<Persisted<EnrichedItem>[]> {
    return super.persist(await this.cluster(decisions));
  }

  protected dataOf(document: EnrichedItem): ContentEnrichedData {
    const { original, article, enrichment, provenance } = document;
    return Object.assign(this.revisionOf(document), { original, article, enrichment, provenance });
  }

  private async cluster(decisions: ReadDecision[]): Promise<ReadDecision[]> {
    const texts = decisions.flatMap(({ event: { data }, outcome }) => {
      if (outcome.kind !== 'done' || outcome.result.signature === undefined) return [];
      const { contentId, revision, source, receivedAt } = data;
      return [{ contentId, revision, source, receivedAt, signature: outcome.result.signature }];
    });
    const answers = (await this.clusters.assign(texts)).values();
    return decisions.map((decision): ReadDecision => {
      const { outcome } = decision;
      if (outcome.kind !== 'done' || outcome.result.signature === undefined) return decision;
      return { ...decision, outcome: done(withCluster(outcome.result, answers.next().value!)) };
    });
  }

  protected override titleOf(document: EnrichedItem): string | undefined {
    return document.article?.title;
  }

  protected ownFields(_event: ReceivedEvent<ContentIngestedData>, read?: ReadContent): OwnFields<EnrichedItem> {
    return {
      original: read?.original,
      article: read?.article,
      enrichment: read?.enrichment,
      provenance: read?.provenance ?? [],
    };
  }
}
