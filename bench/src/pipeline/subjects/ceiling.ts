import {
  ContentEnriched,
  type ContentEnrichedData,
  ContentIngested,
  type ContentIngestedData,
  ContentPublished,
  type ContentPublishedData,
  ContentSubmitted,
  type ContentSubmittedData,
  contentIdOf,
} from '@wireroom/contracts';
import kafkajs, { type Consumer, type Kafka, type Producer } from 'kafkajs';
import { type Collection, MongoClient } from 'mongodb';
import { createHash } from 'node:crypto';
import { readTrivially } from '../items.js';
import type { RunningSubject, SubjectSettings } from '../subject.js';

/*
 * The same job by the clients alone, in batches: parse, insert, send, commit. Nothing is validated, a redelivery would
 * be stored and said twice, and an item that can't be read stops its partition: the least that could pass for it.
 */

interface Revision {
  contentId: string;
}

interface PlainStage<TIn, TOut extends Revision> {
  name: string;
  hears: string;
  says: string;
  collection: string;
  turn(input: TIn): TOut;
}

const ingest: PlainStage<ContentSubmittedData, ContentIngestedData> = {
  name: 'ingest',
  hears: ContentSubmitted.topic,
  says: ContentIngested.topic,
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
  says: ContentEnriched.topic,
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
  says: ContentPublished.topic,
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
  await consumer.subscribe({ topics: [stage.hears], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 12,
    eachBatch: async ({ batch, ...offsets }) => {
      const documents = batch.messages.map(({ value }) => stage.turn(JSON.parse(value!.toString()) as TIn));
      await collection.insertMany(documents.map((document) => ({ ...document })));
      await producer.sendBatch({
        acks: -1,
        topicMessages: [
          {
            topic: stage.says,
            messages: documents.map((document) => ({ key: document.contentId, value: JSON.stringify(document) })),
          },
        ],
      });
      offsets.resolveOffset(batch.lastOffset());
      await offsets.commitOffsetsIfNecessary(offsets.uncommittedOffsets());
    },
  });
  return async () => {
    await consumer.disconnect();
    await producer.disconnect();
  };
}
