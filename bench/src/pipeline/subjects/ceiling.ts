import {
  ContentEnriched,
  type ContentEnrichedData,
  ContentIngested,
  type ContentIngestedData,
  ContentPublished,
  type ContentPublishedData,
  ContentSubmitted,
  type ContentSubmittedData,
  type EventContract,
  type EventMessage,
  contentIdOf,
  continueTrace,
  eventIdOf,
  toMessage,
} from '@wireroom/contracts';
import { enrichedItemSchema } from '@wireroom/enrichment-service/dist/enriched-item.schema.js';
import { rawItemSchema } from '@wireroom/ingest-service/dist/raw-item.schema.js';
import { publicationSchema } from '@wireroom/publishing-service/dist/publication.schema.js';
import kafkajs, { type Consumer, type Kafka, type Producer } from 'kafkajs';
import { type Collection, type CreateIndexesOptions, type IndexSpecification, MongoClient } from 'mongodb';
import { createHash } from 'node:crypto';
import { readTrivially } from '../items.js';
import type { RunningSubject, SubjectSettings } from '../subject.js';

/*
 * The same job by the clients alone, in batches: parse, insert, send, commit. It leaves the same events with the same
 * attributes, and documents with the indexes that readers and operators ask by. Nothing is validated, a redelivery would
 * be stored and said twice, and an item that can't be read stops its partition: the least that could pass for it.
 */

interface Revision {
  contentId: string;
  revision: number;
}

interface PlainStage<TIn, TOut extends Revision> {
  name: string;
  hears: string;
  says: EventContract;
  /** Indexes of Wireroom's own collection that only its guarantees need are left out. */
  schema: { indexes(): [object, object][] };
  collection: string;
  turn(input: TIn): TOut;
}

const ingest: PlainStage<ContentSubmittedData, ContentIngestedData> = {
  name: 'ingest',
  hears: ContentSubmitted.topic,
  says: ContentIngested,
  schema: rawItemSchema,
  collection: 'raw_items',
  turn: (submission) => {
    const { source, externalId, url, publishedAt, contentType, body = '' } = submission;
    return {
      contentId: contentIdOf(submission),
      revision: 1,
      kind: submission.kind ?? 'original',
      ...{ source, externalId, url, publishedAt, contentType, body },
      receivedAt: new Date().toISOString(),
      originalSha256: createHash('sha256').update(body).digest('hex'),
      originalBytes: Buffer.byteLength(body),
    };
  },
};

const enrichment: PlainStage<ContentIngestedData, ContentEnrichedData> = {
  name: 'enrichment',
  hears: ContentIngested.topic,
  says: ContentEnriched,
  schema: enrichedItemSchema,
  collection: 'enriched_items',
  turn: ({ contentId, revision, kind, source, externalId, url, publishedAt, receivedAt, body = '' }) => ({
    ...{ contentId, revision, kind, source, externalId, url, publishedAt, receivedAt },
    processingVersion: 1,
    ...readTrivially(body),
    provenance: [],
  }),
};

const publishing: PlainStage<ContentEnrichedData, ContentPublishedData> = {
  name: 'publishing',
  hears: ContentEnriched.topic,
  says: ContentPublished,
  schema: publicationSchema,
  collection: 'publications',
  turn: ({ provenance: _, original: __, ...content }) => {
    const releasedAt = new Date().toISOString();
    return { ...content, status: 'published', channels: ['all'], firstReleasedAt: releasedAt, releasedAt };
  },
};

/** Starts the three stages in this process. */
export async function startCeiling({ brokers, mongoUri, namespace }: SubjectSettings): Promise<RunningSubject> {
  const mongo = await MongoClient.connect(mongoUri);
  const kafka = new kafkajs.Kafka({ clientId: namespace, brokers, logLevel: kafkajs.logLevel.ERROR });
  const start = <TIn, TOut extends Revision>(stage: PlainStage<TIn, TOut>): Promise<() => Promise<void>> =>
    startStage(kafka, mongo.db(`${namespace}_${stage.name}`).collection(stage.collection), namespace, stage);
  const stages = await Promise.all([start(ingest), start(enrichment), start(publishing)]);
  return {
    stop: async () => {
      await Promise.all(stages.map((stop) => stop()));
      await mongo.close();
    },
  };
}

async function startStage<TIn, TOut extends Revision>(
  kafka: Kafka,
  collection: Collection,
  namespace: string,
  stage: PlainStage<TIn, TOut>,
): Promise<() => Promise<void>> {
  const producer: Producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const consumer: Consumer = kafka.consumer({ groupId: `${namespace}-${stage.name}`, maxWaitTimeInMs: 250 });
  await Promise.all([producer.connect(), consumer.connect()]);
  for (const [keys, options] of stage.schema.indexes() as [IndexSpecification, CreateIndexesOptions][]) {
    if (isForReaders(options)) await collection.createIndex(keys, options);
  }
  await consumer.subscribe({ topics: [stage.hears], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 12,
    eachBatch: async ({ batch, ...offsets }) => {
      const results = batch.messages.map(({ value }) => stage.turn(JSON.parse(value!.toString()) as TIn));
      const at = new Date();
      const stored = { processingVersion: 1, outcome: 'done', storedAt: at, current: true };
      await collection.insertMany(results.map((result) => ({ ...result, ...stored })));
      const messages = results.map((result) => messageOf(stage, result, at));
      await producer.sendBatch({ acks: -1, topicMessages: [{ topic: stage.says.topic, messages }] });
      offsets.resolveOffset(batch.lastOffset());
      await offsets.commitOffsetsIfNecessary(offsets.uncommittedOffsets());
    },
  });
  return async () => {
    await consumer.disconnect();
    await producer.disconnect();
  };
}

function messageOf<TOut extends Revision>({ name, says }: PlainStage<never, TOut>, data: TOut, at: Date): EventMessage {
  const { contentId, revision } = data;
  return toMessage(
    says,
    {
      id: eventIdOf(contentId, revision, says.type),
      source: `urn:wireroom:${name}`,
      subject: contentId,
      time: at.toISOString(),
      traceparent: continueTrace(),
    },
    data,
  );
}

/** Uniqueness, the outbox and the memory of submissions are guarantees. */
function isForReaders({ unique, partialFilterExpression: only }: CreateIndexesOptions): boolean {
  return !unique && !(only !== undefined && 'said' in only);
}
