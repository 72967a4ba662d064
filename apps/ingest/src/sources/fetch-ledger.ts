import { Inject, Injectable } from '@nestjs/common';
import type { FetchPurpose } from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import type { FetchRow } from './source.schema.js';

/** Where a list of fetches goes on. */
export interface LedgerPlace {
  at: Date;
  id: string;
}

/** Every fetch of every source, with what came of it. Kept for as long as configured. */
@Injectable()
export class FetchLedger {
  private readonly rows: Model<FetchRow>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.rows = mongo.model<FetchRow>('FetchRow');
  }

  /** Writes a fetch down, or what has come of it since. @throws UnavailableError */
  async put(row: FetchRow): Promise<void> {
    await whileMongoIsThere(() => this.rows.replaceOne({ _id: row._id }, row, { upsert: true }));
  }

  /** Newest first. @throws UnavailableError */
  async list(
    source: string,
    { purpose, limit, after }: { purpose?: FetchPurpose; limit: number; after?: LedgerPlace },
  ): Promise<FetchRow[]> {
    const filter = {
      source,
      ...(purpose === undefined ? {} : { purpose }),
      ...(after ? { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] } : {}),
    };
    return whileMongoIsThere(() => this.rows.find(filter).sort({ at: -1, _id: -1 }).limit(limit).lean<FetchRow[]>());
  }
}
