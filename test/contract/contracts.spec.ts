import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SERVICES, TOPICS, contentIdOf } from '@wireroom/contracts';
import kafkajs from 'kafkajs';
import { breaks, outdated } from '../../libs/contracts/src/tools/check.js';
import { EVENTS } from '../../libs/contracts/src/tools/event-schemas.js';

type Json = Record<string, unknown>;

const PARTITIONS = 6;
/** The first generation loads the TypeScript compiler, for the doc comments. */
const GENERATION_MS = 60_000;
const brokers = Array.from({ length: PARTITIONS }, (_value, partitionId) => ({
  partitionId,
  leader: 1,
  replicas: [1],
  isr: [1],
  partitionErrorCode: 0,
}));

function partitionOf(key: string): number {
  const partitioner = kafkajs.Partitioners.DefaultPartitioner();
  return partitioner({ topic: 'any', partitionMetadata: brokers, message: { key, value: null } });
}

function generated(file: string): Json {
  const path = createRequire(import.meta.url).resolve(`@wireroom/contracts/generated/${file}`);
  return JSON.parse(readFileSync(path, 'utf8')) as Json;
}

function at(document: Json, pointer: string): unknown {
  const keys = pointer.slice('#/'.length).split('/');
  return keys.reduce<unknown>((value, key) => (value as Json | undefined)?.[decodePointer(key)], document);
}

function decodePointer(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : refsIn(part),
  );
}

describe('what is generated from the contracts', () => {
  it(
    'is what is committed',
    async () => {
      expect(await outdated()).toEqual([]);
    },
    GENERATION_MS,
  );

  it(
    'can read all that the released contracts wrote',
    async () => {
      expect(await breaks()).toEqual([]);
    },
    GENERATION_MS,
  );

  it.each([...SERVICES.map((service) => `openapi.${service}.json`), 'asyncapi.json'])(
    '%s has no dangling reference',
    (file) => {
      const document = generated(file);
      expect(refsIn(document).filter((ref) => at(document, ref) === undefined)).toEqual([]);
    },
  );

  it.each(EVENTS)('has a schema of $type that stands alone', ({ type }) => {
    const schema = generated(`schemas/${type}.schema.json`);
    expect(refsIn(schema).filter((ref) => at(schema, ref) === undefined)).toEqual([]);
  });

  it('names every operation once', () => {
    for (const service of SERVICES) {
      const { paths } = generated(`openapi.${service}.json`) as { paths: Record<string, Record<string, Json>> };
      const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('the partition of a key', () => {
  it('is what it always was, or the order of an item’s events would break', () => {
    const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'partitions.golden.json'), 'utf8')) as Record<
      string,
      number
    >;
    const keys = Array.from({ length: 1000 }, (_value, i) => contentIdOf({ source: 'golden', externalId: String(i) }));
    expect(Object.fromEntries(keys.map((key) => [key, partitionOf(key)]))).toEqual(golden);
  });

  /** Murmur2 hashes that Kafka's own Java client gives; a producer in another language must agree. */
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('of %j is the one of the Java client', (key, murmur2) => {
    expect(partitionOf(key)).toBe((murmur2 & 0x7fffffff) % PARTITIONS);
  });

  it('is asked of topics that all have the same number of partitions', () => {
    expect(new Set(TOPICS.map(({ partitions }) => partitions))).toEqual(new Set([PARTITIONS]));
  });
});
