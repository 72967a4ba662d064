import type { EventContract } from '../define-event.js';
import { PIPELINE, STAGES, type StageName, TOPICS, type TopicDeclaration } from '../pipeline.js';
import { EVENTS } from './event-schemas.js';
import { type JsonSchema, reachableFrom, refTo, withRefsTo } from './json-schema.js';
import { samplesOf } from './samples.js';

type Json = Record<string, unknown>;

const KAFKA_BINDING_VERSION = '0.5.0';

/** The AsyncAPI 3.0 document of the line: every topic as a channel, what each stage hears and says as operations. */
export function asyncApi(definitions: Record<string, JsonSchema>, version: string): Json {
  const messages = Object.fromEntries(EVENTS.map((event) => [keyOf(event.topic), message(event)]));
  return withRefsTo('#/components/schemas/', {
    asyncapi: '3.0.0',
    info: {
      title: 'Wireroom',
      version,
      description:
        'Raw news in, a trusted stream out. Events are CloudEvents 1.0 in the binary mode of its Kafka binding. ' +
        'Delivery is at least once; the same event always has the same `ce_id`, and a reader that drops revisions ' +
        'at or below the one it has sees each once and in order.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: {
        host: '{brokers}',
        protocol: 'kafka',
        variables: { brokers: { description: 'KAFKA_BROKERS of the services.', default: 'localhost:9092' } },
      },
    },
    channels: Object.fromEntries(TOPICS.map((topic) => [keyOf(topic.topic), channel(topic)])),
    operations: Object.fromEntries(STAGES.flatMap(operationsOf)),
    components: {
      messages,
      schemas: Object.fromEntries(reachableFrom(messages, definitions).map((name) => [name, definitions[name]])),
    },
  });
}

function channel({ topic, partitions, config }: TopicDeclaration): Json {
  const events = EVENTS.filter((event) => event.topic === topic);
  return {
    address: topic,
    title: events.map(({ title }) => title).join(', '),
    description: events.map(({ description }) => description).join(' '),
    servers: [{ $ref: '#/servers/kafka' }],
    messages: Object.fromEntries(events.map(() => [keyOf(topic), { $ref: `#/components/messages/${keyOf(topic)}` }])),
    bindings: {
      kafka: {
        topic,
        partitions,
        topicConfiguration: topicConfiguration(config),
        bindingVersion: KAFKA_BINDING_VERSION,
      },
    },
  };
}

/** Kafka's configuration is text; the binding wants lists and numbers. */
function topicConfiguration(config: Record<string, string>): Json {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      name === 'cleanup.policy' ? value.split(',') : /^-?\d+$/.test(value) ? Number(value) : value,
    ]),
  );
}

function message(event: EventContract): Json {
  return {
    name: event.type,
    title: event.title,
    summary: event.description,
    contentType: 'application/json',
    headers: headersOf(event),
    payload: refTo(event.data),
    bindings: {
      kafka: {
        key: { type: 'string', format: 'uuid', description: 'The contentId: an item’s events stay in order.' },
        bindingVersion: KAFKA_BINDING_VERSION,
      },
    },
    examples: samplesOf(event.type).map(({ name, value }) => ({ name, payload: value })),
  };
}

function headersOf(event: EventContract): JsonSchema {
  return {
    type: 'object',
    properties: {
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: { type: 'string', description: 'The same on every redelivery and replay.' },
      ce_type: { type: 'string', const: event.type },
      ce_source: { type: 'string', description: 'Who says it: a stage or a producer, as a URN.' },
      ce_subject: { type: 'string', format: 'uuid', description: 'The contentId; also the key.' },
      ce_time: { type: 'string', format: 'date-time' },
      'content-type': { type: 'string', const: 'application/json' },
      traceparent: {
        type: 'string',
        pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$',
        description: 'W3C Trace Context of the item’s way, from the door on.',
      },
    },
    required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time', 'content-type'],
  };
}

function operationsOf(stage: StageName): [string, Json][] {
  const { hears, says } = PIPELINE[stage];
  return [
    [
      `${stage}Hears`,
      { ...operation('receive', hears), title: `${stage} hears ${hears.topic}`, bindings: group(stage) },
    ],
    [`${stage}Says`, { ...operation('send', says), title: `${stage} says ${says.topic}` }],
  ];
}

function operation(action: 'send' | 'receive', { topic }: EventContract): Json {
  const key = keyOf(topic);
  return {
    action,
    channel: { $ref: `#/channels/${key}` },
    messages: [{ $ref: `#/channels/${key}/messages/${key}` }],
  };
}

function group(stage: StageName): Json {
  return { kafka: { groupId: { type: 'string', const: stage }, bindingVersion: KAFKA_BINDING_VERSION } };
}

/** `content.submitted.v1` as `contentSubmittedV1`: what AsyncAPI allows as a key everywhere. */
function keyOf(topic: string): string {
  return topic.replace(/\.(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
