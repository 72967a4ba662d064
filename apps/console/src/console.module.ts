import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { KAFKA, LOGGER, MONGO } from '@wireroom/pipeline';
import { type Logger, connectMongo, createKafka, ensureIndexes } from '@wireroom/platform';
import type { Connection } from 'mongoose';
import { AccessGuard } from './access/access.guard.js';
import { ApiTokens } from './access/api-tokens.js';
import { OidcController } from './access/oidc.controller.js';
import { Oidc } from './access/oidc.js';
import { SessionCookies } from './access/session-cookies.js';
import { SessionController } from './access/session.controller.js';
import { Sessions } from './access/sessions.js';
import { SignInLimit } from './access/sign-in-limit.js';
import { SignIn } from './access/sign-in.js';
import { TokensController } from './access/tokens.controller.js';
import { AlarmSources } from './alarms/alarm-sources.js';
import { Alarms } from './alarms/alarms.js';
import { AuditController } from './audit/audit.controller.js';
import { Audit } from './audit/audit.js';
import { Bookkeeper } from './books/bookkeeper.js';
import { Books } from './books/books.js';
import { FactsReader } from './books/facts.js';
import { StageFeeds } from './books/stage-feed.js';
import { Sums } from './books/sums.js';
import { ChannelAlarms } from './channels/channel-alarms.js';
import { ChannelsController } from './channels/channels.controller.js';
import { Channels } from './channels/channels.js';
import { consoleModels } from './console-models.js';
import { ConsoleFigures } from './console-figures.js';
import { ConsoleMetrics } from './console-metrics.js';
import { ConsoleEnv } from './console.env.js';
import { DeadLetterChoices } from './failures/dead-letter-choices.js';
import { DeadLetterPages } from './failures/dead-letter-pages.js';
import { FailureGroups } from './failures/failure-groups.js';
import { FailuresController } from './failures/failures.controller.js';
import { HealthController } from './health.controller.js';
import { ItemsController } from './items/items.controller.js';
import { Items } from './items/items.js';
import { Journey } from './items/journey.js';
import { Originals } from './items/originals.js';
import { RevisionDocuments } from './items/revision-documents.js';
import { LedgerController } from './ledger/ledger.controller.js';
import { Ledger } from './ledger/ledger.js';
import { Quality } from './ledger/quality.js';
import { GroupSurvey } from './kafka/group-survey.js';
import { KafkaAccess } from './kafka/kafka-access.js';
import { KafkaAlarms } from './kafka/kafka-alarms.js';
import { KafkaController } from './kafka/kafka.controller.js';
import { KafkaSurvey } from './kafka/kafka-survey.js';
import { LagHistory } from './kafka/lag-history.js';
import { OffsetResets } from './kafka/offset-resets.js';
import { TopicPages } from './kafka/topic-pages.js';
import { TopicSurvey } from './kafka/topic-survey.js';
import { TopicTails } from './kafka/topic-tails.js';
import { LiveController } from './live/live.controller.js';
import { LiveHub } from './live/live-hub.js';
import { NowTicker } from './overview/now-ticker.js';
import { Now } from './overview/now.js';
import { OverviewController } from './overview/overview.controller.js';
import { Overview } from './overview/overview.js';
import { RedriveFates } from './redrives/redrive-fates.js';
import { RedriveRunner } from './redrives/redrive-runner.js';
import { RedriveStore } from './redrives/redrive-store.js';
import { Redrives } from './redrives/redrives.js';
import { RedrivesController } from './redrives/redrives.controller.js';
import { ReprocessController } from './stages/reprocess.controller.js';
import { SourcesController } from './stages/sources.controller.js';
import { StageClients } from './stages/stage-clients.js';
import { StageWatch } from './stages/stage-watch.js';
import { StageData } from './stages/stage-data.js';
import { StagesController } from './stages/stages.controller.js';

/** The console: its own database, the stages' data to read and their HTTP to act. */
@Module({})
export class ConsoleModule implements OnApplicationShutdown {
  constructor(@Inject(MONGO) private readonly mongo: Connection) {}

  static create({ env, logger }: { env: ConsoleEnv; logger: Logger }): DynamicModule {
    return {
      module: ConsoleModule,
      global: true,
      providers: [
        { provide: ConsoleEnv, useValue: env },
        { provide: LOGGER, useValue: logger },
        {
          provide: MONGO,
          useFactory: async () => {
            const mongo = await connectMongo(env.MONGODB_URI, `${env.WIREROOM_NAMESPACE}_console`);
            await ensureIndexes(consoleModels(mongo));
            return mongo;
          },
        },
        {
          provide: KAFKA,
          useFactory: () => createKafka(`${env.WIREROOM_NAMESPACE}-console`, env.KAFKA_BROKERS, logger),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        StageClients,
        StageData,
        ConsoleMetrics,
        ConsoleFigures,
        Sessions,
        SessionCookies,
        Oidc,
        ApiTokens,
        SignIn,
        SignInLimit,
        Audit,
        LiveHub,
        FactsReader,
        Books,
        StageFeeds,
        Bookkeeper,
        Sums,
        StageWatch,
        Alarms,
        AlarmSources,
        Now,
        NowTicker,
        Overview,
        Ledger,
        Quality,
        Items,
        Journey,
        RevisionDocuments,
        Originals,
        FailureGroups,
        DeadLetterPages,
        DeadLetterChoices,
        RedriveStore,
        RedriveFates,
        Redrives,
        RedriveRunner,
        KafkaAccess,
        TopicSurvey,
        GroupSurvey,
        LagHistory,
        KafkaSurvey,
        KafkaAlarms,
        TopicPages,
        TopicTails,
        OffsetResets,
        Channels,
        ChannelAlarms,
      ],
      controllers: [
        HealthController,
        SessionController,
        OidcController,
        TokensController,
        AuditController,
        LiveController,
        OverviewController,
        LedgerController,
        ItemsController,
        FailuresController,
        RedrivesController,
        KafkaController,
        StagesController,
        SourcesController,
        ChannelsController,
        ReprocessController,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.mongo.close();
  }
}
