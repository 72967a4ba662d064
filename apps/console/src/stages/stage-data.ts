import { Inject, Injectable } from '@nestjs/common';
import type { StageName } from '@wireroom/contracts';
import {
  type DeadLetterDocument,
  MONGO,
  type OutboxBatch,
  type StageDocument,
  type Telling,
  withBatches,
} from '@wireroom/pipeline';
import type { Collection, Db, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { ConsoleEnv } from '../console.env.js';

/** What may be done with a neighbour's collection. */
export type ReadOnly<T extends Document> = Pick<
  Collection<T>,
  'find' | 'findOne' | 'aggregate' | 'countDocuments' | 'estimatedDocumentCount' | 'distinct'
>;

/** Collection of a stage's documents. */
export const DOCUMENTS: Record<StageName, string> = {
  ingest: 'raw_items',
  enrichment: 'enriched_items',
  publishing: 'publications',
};
export const DEAD_LETTERS = 'dead_letters';
export const OUTBOX_BATCHES = 'outbox_batches';

/** The stages' databases, to read. Every change goes through a stage's own HTTP. */
@Injectable()
export class StageData {
  constructor(
    @Inject(MONGO) private readonly mongo: Connection,
    private readonly env: ConsoleEnv,
  ) {}

  documents<T extends StageDocument = StageDocument>(stage: StageName): ReadOnly<T> {
    return this.database(stage).collection<T>(DOCUMENTS[stage]);
  }

  deadLetters(stage: StageName): ReadOnly<DeadLetterDocument> {
    return this.database(stage).collection<DeadLetterDocument>(DEAD_LETTERS);
  }

  outboxBatches(stage: StageName): ReadOnly<OutboxBatch> {
    return this.database(stage).collection<OutboxBatch>(OUTBOX_BATCHES);
  }

  /** Documents of a stage with what their batches know of them: whether, when and where each was said. */
  complete<T extends Telling>(stage: StageName, documents: T[]): Promise<T[]> {
    return withBatches(documents, this.outboxBatches(stage));
  }

  /** Changes of a whole stage, as they happen. */
  watch(stage: StageName, ...args: Parameters<Db['watch']>): ReturnType<Db['watch']> {
    return this.database(stage).watch(...args);
  }

  private database(stage: StageName): Db {
    return this.mongo.getClient().db(`${this.env.WIREROOM_NAMESPACE}_${stage}`);
  }
}
