import { type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Fetcher } from '@wireroom/fetching';
import { StageModule, type StageOptions } from '@wireroom/pipeline';
import type { Connection, Model } from 'mongoose';
import { IngestEnv } from './ingest.env.js';
import { IngestSubmittedHandler } from './ingest-submitted.handler.js';
import { IntakeQueue } from './intake-queue.js';
import { duplicateSchema, rawItemSchema } from './raw-item.schema.js';
import { RawItemStore } from './raw-item.store.js';
import { SOURCE_PROVIDERS, sourceModels } from './sources/source-parts.js';
import { SourcesController } from './sources/sources.controller.js';
import { SubmissionMemory } from './submission-memory.js';
import { SubmitContentController } from './submit-content.controller.js';
import { WebSubController } from './websub/websub.controller.js';

@Module({})
export class IngestModule implements OnApplicationShutdown {
  constructor(private readonly fetcher: Fetcher) {}

  static create(basics: Pick<StageOptions, 'stage' | 'logger'> & { env: IngestEnv }): DynamicModule {
    const models = (mongo: Connection): Model<never>[] => [
      ...([
        mongo.model('RawItem', rawItemSchema),
        mongo.model('DuplicateSubmission', duplicateSchema(basics.env.INGEST_REMEMBER_SECONDS)),
      ] as unknown as Model<never>[]),
      ...sourceModels(mongo, basics.env),
    ];
    return {
      module: IngestModule,
      imports: [StageModule.forStage({ ...basics, store: RawItemStore, models, storeParts: [SubmissionMemory] })],
      providers: [{ provide: IngestEnv, useValue: basics.env }, IntakeQueue, ...SOURCE_PROVIDERS],
      controllers: [SubmitContentController, SourcesController, WebSubController, IngestSubmittedHandler],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.fetcher.close();
  }
}
