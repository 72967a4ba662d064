import { type DynamicModule, Module } from '@nestjs/common';
import { StageModule, type StageOptions } from '@wireroom/pipeline';
import type { Connection, Model } from 'mongoose';
import { ArticleReader } from './article-reader.js';
import { ArticlesController } from './articles.controller.js';
import { ChannelVisits } from './channel-visits.js';
import { ChannelsController } from './channels.controller.js';
import { Channels } from './channels.js';
import { clusterMergeSchema } from './cluster-merge.schema.js';
import { ClusterMerges } from './cluster-merges.js';
import { FeedsController } from './feeds.controller.js';
import { PastReleases } from './past-releases.js';
import { publicationSchema } from './publication.schema.js';
import { PublicationStore } from './publication.store.js';
import { PublishContentHandler } from './publish-content.handler.js';
import { PublishingEnv } from './publishing.env.js';
import { ReleaseHub } from './release-hub.js';
import { StreamController } from './stream.controller.js';
import { StreamReaders } from './stream-readers.js';

@Module({})
export class PublishingModule {
  static create(basics: Pick<StageOptions, 'stage' | 'logger'> & { env: PublishingEnv }): DynamicModule {
    const models = (mongo: Connection): Model<never>[] => [
      mongo.model('Publication', publicationSchema) as unknown as Model<never>,
      mongo.model('ClusterMerge', clusterMergeSchema) as unknown as Model<never>,
    ];
    return {
      module: PublishingModule,
      imports: [StageModule.forStage({ ...basics, store: PublicationStore, storeParts: [ClusterMerges], models })],
      providers: [
        { provide: PublishingEnv, useValue: basics.env },
        ArticleReader,
        PastReleases,
        ReleaseHub,
        StreamReaders,
        ChannelVisits,
        Channels,
      ],
      controllers: [PublishContentHandler, ArticlesController, FeedsController, StreamController, ChannelsController],
    };
  }
}
