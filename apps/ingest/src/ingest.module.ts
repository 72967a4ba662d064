import { type DynamicModule, Module } from '@nestjs/common';
import { StageModule, type StageOptions } from '@wireroom/pipeline';
import type { Connection, Model } from 'mongoose';
import { IngestEnv } from './ingest.env.js';
import { IngestSubmittedHandler } from './ingest-submitted.handler.js';
import { IntakeQueue } from './intake-queue.js';
import { duplicateSchema, rawItemSchema } from './raw-item.schema.js';
import { RawItemStore } from './raw-item.store.js';
import { SubmissionMemory } from './submission-memory.js';
import { SubmitContentController } from './submit-content.controller.js';

@Module({})
export class IngestModule {
  static create(basics: Pick<StageOptions, 'stage' | 'logger'> & { env: IngestEnv }): DynamicModule {
    const models = (mongo: Connection): Model<never>[] =>
      [
        mongo.model('RawItem', rawItemSchema),
        mongo.model('DuplicateSubmission', duplicateSchema(basics.env.INGEST_REMEMBER_SECONDS)),
      ] as unknown as Model<never>[];
    return {
      module: IngestModule,
      imports: [StageModule.forStage({ ...basics, store: RawItemStore, models, storeParts: [SubmissionMemory] })],
      providers: [{ provide: IngestEnv, useValue: basics.env }, IntakeQueue],
      controllers: [SubmitContentController, IngestSubmittedHandler],
    };
  }
}
