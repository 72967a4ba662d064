import { randomUUID } from 'node:crypto';
import { toMessage } from './envelope.js';
import { ContentSubmitted, ContentSubmittedData } from './events/content-submitted.v1.js';
import { contentIdOf } from './identity.js';
import { continueTrace } from './trace.js';
import { validate } from './validate.js';

/** The part of a kafkajs producer that `publishContent` needs. */
export interface ContentProducer {
  send(record: {
    topic: string;
    acks: number;
    messages: { key: string; value: Buffer; headers: Record<string, string> }[];
  }): Promise<unknown>;
}

/**
 * Hands content to Wireroom over Kafka, keyed by its contentId so that revisions stay in order.
 *
 * Resolves when all in-sync replicas have it (acks=all), with the id the item will have.
 *
 * @throws ContractViolation before anything is sent, naming every bad field.
 */
export async function publishContent(
  producer: ContentProducer,
  submission: ContentSubmittedData,
  options: { traceparent?: string } = {},
): Promise<{ contentId: string }> {
  const data = validate(ContentSubmittedData, submission);
  const contentId = contentIdOf(data);
  const message = toMessage(
    ContentSubmitted,
    {
      id: randomUUID(),
      source: `urn:wireroom:producer:${data.source}`,
      subject: contentId,
      time: new Date().toISOString(),
      traceparent: continueTrace(options.traceparent),
    },
    data,
  );
  await producer.send({ topic: ContentSubmitted.topic, acks: -1, messages: [message] });
  return { contentId };
}
