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
  const headers: ReceivedMessage['headers'] = [];
  for (const [name, given] of Object.entries(message.headers ?? {})) {
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value !== undefined) headers.push([name, Buffer.isBuffer(value) ? value : Buffer.from(value)]);
    }
  }
  return { place: { topic, partition, offset: message.offset }, key: message.key, value: message.value, headers };
}

/** The only place where bytes become an event. @throws ContractViolation */
export function decode<T extends object>(contract: EventContract<T>, message: ReceivedMessage): ReceivedEvent<T> {
  return { place: message.place, attributes: attributesOf(message), data: decodeJson(contract.data, message.value) };
}

/** The attributes that stages and logs ask for, by the header each travels in. */
const ATTRIBUTES = new Map<string, keyof EventAttributes>([
  ['ce_id', 'id'],
  ['ce_type', 'type'],
  ['ce_source', 'source'],
  ['ce_subject', 'subject'],
  ['ce_time', 'time'],
  ['traceparent', 'traceparent'],
]);
const MAX_ATTRIBUTE_CHARS = 1000;

/** CloudEvents attributes from the headers, the first of each name; a missing one is absent. */
export function attributesOf(message: ReceivedMessage): Partial<EventAttributes> {
  const attributes: Partial<EventAttributes> = {};
  for (const [name, value] of message.headers) {
    const attribute = ATTRIBUTES.get(name) ?? ATTRIBUTES.get(name.toLowerCase());
    if (attribute) attributes[attribute] ??= value.toString('utf8').slice(0, MAX_ATTRIBUTE_CHARS);
  }
  return attributes;
}

/** `topic/partition/offset`: a message's name in logs and stores. */
export function nameOf(place: TopicPlace): string {
  return `${place.topic}/${place.partition}/${place.offset}`;
}
