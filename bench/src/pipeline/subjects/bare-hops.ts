import { ContentPublished, ContentSubmitted } from '@wireroom/contracts';
import kafkajs from 'kafkajs';
import type { RunningSubject, SubjectSettings } from '../subject.js';

/** Two bare Kafka hops: what is heard on the first topic is sent on to the last, as it is. */
export async function startBareHops({ brokers, namespace }: SubjectSettings): Promise<RunningSubject> {
  const kafka = new kafkajs.Kafka({ clientId: namespace, brokers, logLevel: kafkajs.logLevel.ERROR });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: `${namespace}-hop`, maxWaitTimeInMs: 250 });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [ContentSubmitted.topic], fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 12,
    eachBatch: async ({ batch }) => {
      const messages = batch.messages.map(({ key, value }) => ({ key, value }));
      await producer.send({ topic: ContentPublished.topic, acks: -1, messages });
    },
  });
  return {
    stop: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}
