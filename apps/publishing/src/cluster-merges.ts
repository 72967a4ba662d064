import { Inject, Injectable } from '@nestjs/common';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model, QueryFilter } from 'mongoose';
import type { ClusterMerge } from './cluster-merge.schema.js';
import type { Publication } from './publication.schema.js';

/**
 * Which clusters turned out to be one. Releases keep the id that they went out with; what it stands for now is looked
 * up here, so that a merge touches no release, however many belong to the cluster.
 */
@Injectable()
export class ClusterMerges {
  private readonly merges: Model<ClusterMerge>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.merges = mongo.model<ClusterMerge>('ClusterMerge');
  }

  /** Records what releases say of merges. Safe to repeat. @throws UnavailableError */
  async record(releases: Publication[]): Promise<void> {
    const at = new Date();
    const operations = releases.flatMap(({ _id: saidBy, enrichment }) =>
      (enrichment?.cluster?.merged ?? []).map((merged) => ({
        updateOne: {
          filter: { _id: merged },
          update: { $set: { into: enrichment!.cluster!.id }, $setOnInsert: { saidBy, at } },
          upsert: true,
        },
      })),
    );
    if (operations.length > 0) await whileMongoIsThere(() => this.merges.bulkWrite(operations, { ordered: false }));
  }

  /** The ids that the given ones stand for now; one that was never merged stands for itself. */
  async currentOf(ids: string[]): Promise<(id: string) => string> {
    const into = new Map<string, string>();
    const add = (found: ClusterMerge[]): string[] => {
      found.forEach((merge) => into.set(merge._id, merge.into));
      return found.map((merge) => merge.into).filter((id) => !into.has(id));
    };
    for (let open = [...new Set(ids)]; open.length > 0;) open = add(await this.find({ _id: { $in: open } }));
    return (id) => {
      let current = id;
      for (let next = into.get(current); next !== undefined; next = into.get(current)) current = next;
      return current;
    };
  }

  /** Every id under which items of a cluster went out, whichever of them is given; the one it has now first. */
  async allIdsOf(id: string): Promise<string[]> {
    const ids = new Set([(await this.currentOf([id]))(id)]);
    for (let open = [...ids]; open.length > 0;) {
      const found = await this.find({ into: { $in: open } });
      open = found.map((merge) => merge._id).filter((one) => !ids.has(one));
      open.forEach((one) => ids.add(one));
    }
    return [...ids];
  }

  private find(filter: QueryFilter<ClusterMerge>): Promise<ClusterMerge[]> {
    return whileMongoIsThere(() => this.merges.find(filter).lean<ClusterMerge[]>());
  }
}
