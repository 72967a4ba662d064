import { Controller, type INestMicroservice, Inject, Module, type Type, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientKafka,
  ClientsModule,
  EventPattern,
  type KafkaOptions,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices';
import {
  ContentEnriched,
  ContentEnrichedData,
  ContentIngested,
  ContentIngestedData,
  ContentPublished,
  type ContentPublishedData,
  ContentSubmitted,
  ContentSubmittedData,
  contentIdOf,
} from '@wireroom/contracts';
import mongoose, { type Connection, type Model, Schema } from 'mongoose';
import { createHash } from 'node:crypto';
import { lastValueFrom } from 'rxjs';
import { readTrivially } from '../items.js';
import type { RunningSubject, SubjectSettings } from '../subject.js';

/*
 * The pipeline as the documentation of Nest and Mongoose teaches it: an @EventPattern handler for each topic, the
 * global ValidationPipe, Model.create, an awaited emit. All settings are the libraries' own but for the addresses.
 */

const MONGO = Symbol('mongo');
const BROKER = Symbol('broker');

const revision = {
  contentId: { type: String, required: true, unique: true },
  revision: { type: Number, required: true },
  kind: { type: String, required: true },
  source: { type: String, required: true },
  externalId: String,
  url: String,
  publishedAt: String,
  receivedAt: { type: String, required: true },
};
const rawItemSchema: Schema<ContentIngestedData> = new Schema<ContentIngestedData>({
  ...revision,
  contentType: String,
  originalSha256: String,
  originalBytes: Number,
  body: { type: String, required: true },
});
const enrichedItemSchema: Schema<ContentEnrichedData> = new Schema<ContentEnrichedData>({
  ...revision,
  processingVersion: Number,
  article: Schema.Types.Mixed,
  enrichment: Schema.Types.Mixed,
  provenance: [Schema.Types.Mixed],
});
const publicationSchema: Schema<ContentPublishedData> = new Schema<ContentPublishedData>({
  ...revision,
  processingVersion: Number,
  status: String,
  channels: [String],
  firstReleasedAt: String,
  releasedAt: String,
  article: Schema.Types.Mixed,
  enrichment: Schema.Types.Mixed,
});

@Controller()
class IngestController {
  private readonly items: Model<ContentIngestedData>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(BROKER) private readonly broker: ClientKafka,
  ) {
    this.items = mongo.model<ContentIngestedData>('RawItem', rawItemSchema);
  }

  @EventPattern<string>(ContentSubmitted.topic)
  async ingest(@Payload() submission: ContentSubmittedData): Promise<void> {
    const { source, externalId, url, publishedAt, contentType, body = '' } = submission;
    const item: ContentIngestedData = {
      contentId: contentIdOf(submission),
      revision: 1,
      kind: submission.kind ?? 'original',
      source,
      externalId,
      url,
      publishedAt,
      receivedAt: new Date().toISOString(),
      contentType,
      originalSha256: createHash('sha256').update(body).digest('hex'),
      originalBytes: Buffer.byteLength(body),
      body,
    };
    await this.items.create(item);
    await lastValueFrom(this.broker.emit(ContentIngested.topic, { key: item.contentId, value: item }));
  }
}

@Controller()
class EnrichmentController {
  private readonly items: Model<ContentEnrichedData>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(BROKER) private readonly broker: ClientKafka,
  ) {
    this.items = mongo.model<ContentEnrichedData>('EnrichedItem', enrichedItemSchema);
  }

  @EventPattern<string>(ContentIngested.topic)
  async enrich(@Payload() ingested: ContentIngestedData): Promise<void> {
    const { contentId, revision, kind, source, externalId, url, publishedAt, receivedAt, body = '' } = ingested;
    const item: ContentEnrichedData = {
      ...{ contentId, revision, kind, source, externalId, url, publishedAt, receivedAt },
      processingVersion: 1,
      ...readTrivially(body),
      provenance: [],
    };
    await this.items.create(item);
    await lastValueFrom(this.broker.emit(ContentEnriched.topic, { key: contentId, value: item }));
  }
}

@Controller()
class PublishingController {
  private readonly publications: Model<ContentPublishedData>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(BROKER) private readonly broker: ClientKafka,
  ) {
    this.publications = mongo.model<ContentPublishedData>('Publication', publicationSchema);
  }

  @EventPattern<string>(ContentEnriched.topic)
  async publish(@Payload() enriched: ContentEnrichedData): Promise<void> {
    const { provenance: _, original: __, ...content } = enriched;
    const releasedAt = new Date().toISOString();
    const publication: ContentPublishedData = {
      ...content,
      status: 'published',
      channels: ['all'],
      firstReleasedAt: releasedAt,
      releasedAt,
    };
    await this.publications.create(publication);
    await lastValueFrom(this.broker.emit(ContentPublished.topic, { key: content.contentId, value: publication }));
  }
}

/** Starts the three services in this process. */
export async function startStock(settings: SubjectSettings): Promise<RunningSubject> {
  const services = await Promise.all([
    startService(settings, 'ingest', IngestController),
    startService(settings, 'enrichment', EnrichmentController),
    startService(settings, 'publishing', PublishingController),
  ]);
  return { stop: async () => void (await Promise.all(services.map((stop) => stop()))) };
}

async function startService(
  { brokers, mongoUri, namespace }: SubjectSettings,
  stage: string,
  controller: Type,
): Promise<() => Promise<void>> {
  const mongo = await mongoose.createConnection(mongoUri, { dbName: `${namespace}_${stage}` }).asPromise();
  const kafka: KafkaOptions = {
    transport: Transport.KAFKA,
    options: {
      client: { clientId: stage, brokers },
      consumer: { groupId: `${namespace}-${stage}` },
      subscribe: { fromBeginning: true },
    },
  };

  @Module({
    imports: [ClientsModule.register([{ ...kafka, name: BROKER }])],
    providers: [{ provide: MONGO, useValue: mongo }],
    controllers: [controller],
    exports: [MONGO],
  })
  class ServiceModule {}

  const app: INestMicroservice = await NestFactory.createMicroservice<MicroserviceOptions>(ServiceModule, {
    ...kafka,
    logger: ['error'],
  });
  app.useGlobalPipes(new ValidationPipe());
  await app.listen();
  return async () => {
    await app.close();
    await mongo.close();
  };
}
