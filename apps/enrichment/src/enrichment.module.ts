import { type DynamicModule, Module } from '@nestjs/common';
import { StageModule, type StageOptions } from '@wireroom/pipeline';
import type { Connection, Model } from 'mongoose';
import { ClusterIndex } from './clusters/cluster-index.js';
import { clusterTextSchema } from './clusters/cluster-text.schema.js';
import { ContentReader } from './content-reader.js';
import { EnrichContentHandler } from './enrich-content.handler.js';
import { enrichedItemSchema } from './enriched-item.schema.js';
import { EnrichedItemStore } from './enriched-item.store.js';
import { EnrichmentEnv } from './enrichment.env.js';
import { OriginalSource } from './original-source.js';
import { Lane } from './reprocess/lane.js';
import { reprocessJobSchema } from './reprocess/reprocess-job.schema.js';
import { ReprocessJobs } from './reprocess/reprocess-jobs.js';
import { ReprocessPreview } from './reprocess/reprocess-preview.js';
import { ReprocessRunner } from './reprocess/reprocess-runner.js';
import { ReprocessController } from './reprocess/reprocess.controller.js';
import { StoredItems } from './reprocess/stored-items.js';
import { EnrichmentSteps } from './steps/enrichment-steps.js';
import { StepMetrics } from './steps/step-metrics.js';

@Module({})
export class EnrichmentModule {
  static create(basics: Pick<StageOptions, 'stage' | 'logger'> & { env: EnrichmentEnv }): DynamicModule {
    const models = (mongo: Connection): Model<never>[] => [
      mongo.model('EnrichedItem', enrichedItemSchema) as unknown as Model<never>,
      mongo.model('ClusterText', clusterTextSchema) as unknown as Model<never>,
      mongo.model('ReprocessJob', reprocessJobSchema) as unknown as Model<never>,
    ];
    return {
      module: EnrichmentModule,
      imports: [StageModule.forStage({ ...basics, store: EnrichedItemStore, storeParts: [ClusterIndex], models })],
      providers: [
        { provide: EnrichmentEnv, useValue: basics.env },
        {
          provide: EnrichmentSteps,
          useFactory: () => EnrichmentSteps.read(basics.env.ENRICHMENT_CONFIG, process.cwd()),
        },
        StepMetrics,
        OriginalSource,
        ContentReader,
        Lane,
        StoredItems,
        ReprocessJobs,
        ReprocessPreview,
        ReprocessRunner,
      ],
      controllers: [EnrichContentHandler, ReprocessController],
    };
  }
}
