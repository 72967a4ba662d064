import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common';
import { PIPELINE, type StageName } from '@wireroom/contracts';
import { type Logger, ServiceEnv, connectMongo, createKafka, ensureIndexes } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { DeadLetterActions } from './dead-letter-actions.js';
import { DeadLetters } from './dead-letters.js';
import { EventProducer } from './event-producer.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { LagWatch } from './lag-watch.js';
import { Metrics } from './metrics.js';
import { OpsGuard } from './ops.guard.js';
import { outboxBatchSchema } from './outbox-batch.js';
import { OutboxBatches } from './outbox-batches.js';
import { Relay } from './relay.js';
import { StageControl } from './stage-control.js';
import { StageOpsController } from './stage-ops.controller.js';
import type { StageDocument } from './stage-document.js';
import { StageStore } from './stage-store.js';
import { StageTransport } from './stage-transport.js';
import { Sweeper } from './sweeper.js';
import { KAFKA, LOGGER, MONGO, STAGE } from './tokens.js';
import { TopicWriters } from './topic-writer.js';
import { SpanExporter } from './tracing/span-exporter.js';
import { Tracing } from './tracing/tracing.js';

export interface StageOptions {
  stage: StageName;
  env: ServiceEnv;
  logger: Logger;
  /** The stage's documents: a subclass of StageStore. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a class token; its document type is the stage's own
  store: Type<StageStore<any, any, any>>;
  /** What the store is injected with, beside what every stage has. */
  storeParts?: Type[];
  /** Its mongoose models, made on the stage's connection; their indexes are in place before anything is served. */
  models: (mongo: Connection) => Model<never>[];
}

/** Everything a stage needs beside its own rules: connections, runner, sweeper, dead letters, ops routes. */
@Module({})
export class StageModule implements OnApplicationShutdown {
  constructor(
    private readonly relay: Relay,
    private readonly producer: EventProducer,
    private readonly tracing: Tracing,
    @Inject(MONGO) private readonly mongo: Connection,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  static forStage({ stage, env, logger, store, storeParts = [], models }: StageOptions): DynamicModule {
    const clientId = `${env.WIREROOM_NAMESPACE}-${stage}`;
    const providers: Provider[] = [
      { provide: STAGE, useValue: stage },
      { provide: ServiceEnv, useValue: env },
      { provide: LOGGER, useValue: logger },
      {
        provide: KAFKA,
        useFactory: () => createKafka(clientId, env.KAFKA_BROKERS, logger),
      },
      {
        provide: MONGO,
        useFactory: async () => {
          const mongo = await connectMongo(env.MONGODB_URI, `${env.WIREROOM_NAMESPACE}_${stage}`);
          await ensureIndexes([
            ...models(mongo),
            mongo.model('OutboxBatch', outboxBatchSchema) as unknown as Model<never>,
          ]);
          return mongo;
        },
      },
      {
        provide: TopicWriters,
        useFactory: () => new TopicWriters(clientId, env.KAFKA_BROKERS),
      },
      {
        provide: EventProducer,
        useFactory: (writers: TopicWriters, metrics: Metrics) =>
          new EventProducer(writers, PIPELINE[stage].says.topic, logger, metrics.messaging),
        inject: [TopicWriters, Metrics],
      },
      {
        provide: DeadLetters,
        useFactory: async (mongo: Connection) => {
          const deadLetters = new DeadLetters(mongo, stage);
          await ensureIndexes(deadLetters.models);
          return deadLetters;
        },
        inject: [MONGO],
      },
      DeadLetterActions,
      OutboxBatches,
      ...storeParts,
      store,
      { provide: StageStore, useExisting: store },
      {
        provide: Relay,
        useFactory: (
          documents: StageStore<object, unknown, StageDocument>,
          producer: EventProducer,
          tracing: Tracing,
        ) => new Relay(documents, producer, env, logger, tracing),
        inject: [StageStore, EventProducer, Tracing],
      },
      { provide: Tracing, useFactory: () => new Tracing(spanExporterFor(stage, env, logger)) },
      StageControl,
      StageTransport,
      Sweeper,
      LagWatch,
      Health,
      Metrics,
      OpsGuard,
    ];
    return {
      module: StageModule,
      global: true,
      providers,
      exports: providers.map((provider) =>
        typeof provider === 'object' && 'provide' in provider ? provider.provide : provider,
      ),
      controllers: [HealthController, StageOpsController],
    };
  }

  /** After the consumer has stopped: last words out, then the broker, then the database. */
  async onApplicationShutdown(): Promise<void> {
    await this.relay.flush();
    await this.producer.close();
    await this.tracing.close();
    this.logger.info('producer closed');
    await this.mongo.close();
    this.logger.info('database closed');
  }
}

/** None where no collector is configured. */
function spanExporterFor(stage: StageName, env: ServiceEnv, logger: Logger): SpanExporter | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: given = '' } = env;
  if (endpoint === undefined) return undefined;
  const pairs = given === '' ? [] : given.split(',').map((pair) => pair.split('=', 2) as [string, string]);
  const headers = Object.fromEntries(pairs.map(([name, value]) => [name.trim(), decodeURIComponent(value.trim())]));
  return new SpanExporter(stage, endpoint, headers, logger);
}
