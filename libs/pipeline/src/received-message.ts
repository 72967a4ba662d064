import { type EventAttributes, type EventContract, type TopicPlace, decodeJson } from '@wireroom/contracts';
import type { KafkaMessage } from 'kafkajs';

/** A message as it came from the broker, with its place. Bytes are untouched. */
export interface ReceivedMessage {
  place: TopicPlace;
  key: Buffer | null;
  value: Buffer | null;
  headers: [name: string, value: Buffer][];
}

/** An event whose data has been validated. */
export interface ReceivedEvent<T extends object = object> {
  place: TopicPlace;
  attributes: Partial<EventAttributes>;
  data: T;
}

/** Takes over a kafkajs message. A header given several times stays several headers. */
export function receive(topic: string, partition: number, message: KafkaMessage): ReceivedMessage {
  return {
    place: { topic, partition, offset: message.offset },
    key: message.key,
    value: message.value,
    headers: Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value])
        .filter((one) => one !== undefined)
        .map((one): [string, Buffer] => [name, Buffer.isBuffer(one) ? one : Buffer.from(one)]),
    ),
  };
}

/** The only place where bytes become an event. @throws ContractViolation */
export function decode<T extends object>(contract: EventContract<T>, message: ReceivedMessage): ReceivedEvent<T> {
  return { place: message.place, attributes: attributesOf(message), data: decodeJson(contract.data, message.value) };
}

/** CloudEvents attributes from the headers; a missing or unreadable one is absent. */
export function attributesOf(message: ReceivedMessage): Partial<EventAttributes> {
  const header = (name: string): string | undefined =>
    message.headers
      .find(([key]) => key.toLowerCase() === name)?.[1]
      .toString('utf8')
      .slice(0, 1000);
  return {
    id: header('ce_id'),
    type: header('ce_type'),
    source: header('ce_source'),
    subject: header('ce_subject'),
    time: header('ce_time'),
    traceparent: header('traceparent'),
  };
}

/** `topic/partition/offset`: a message's name in logs and stores. */
export function nameOf(place: TopicPlace): string {
  return `${place.topic}/${place.partition}/${place.offset}`;
}
