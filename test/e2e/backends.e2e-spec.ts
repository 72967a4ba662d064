import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startBackends, waitUntil, type Backends, type ServerHandle } from '@wireroom/backends';
import kafkajs from 'kafkajs';
import { MongoClient } from 'mongodb';

const { Kafka, logLevel } = kafkajs;
/** For a first download, or several starts of both servers, on a busy machine. */
jest.setTimeout(240_000);
const TOPIC = 'backends.tried.v1';

let dir: string;
let backends: Backends;
const exits: string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wireroom-e2e-'));
  backends = await startBackends({ dir, origins: ['local'], onServerExit: (name) => exits.push(name) });
});

afterAll(async () => {
  await backends.stop();
  await rm(dir, { recursive: true });
});

describe('local Kafka', () => {
  it('serves a new topic to a new consumer group', async () => {
    await createTopic(TOPIC);
    await produce(TOPIC, 'before the crash');
    expect(await consume(TOPIC, 1)).toEqual(['before the crash']);
  });

  it('makes no topic that nobody declared', async () => {
    await expect(produce('backends.undeclared.v1', 'lost')).rejects.toThrow();
  });

  it('keeps its messages and its port over kill -9', async () => {
    await killAndRestart(server('kafka'));
    await produce(TOPIC, 'after the crash');
    expect(await consume(TOPIC, 2)).toEqual(['before the crash', 'after the crash']);
  });
});

describe('local MongoDB', () => {
  it('takes majority writes, and keeps them and its port over kill -9', async () => {
    await withCollection((items) => items.insertOne({ slug: 'ferry' }, { writeConcern: { w: 'majority', j: true } }));
    await killAndRestart(server('mongo'));
    expect(await withCollection((items) => items.countDocuments({ slug: 'ferry' }))).toBe(1);
  });

  it('runs transactions and change streams', async () => {
    await withCollection(async (items, client) => {
      const changes = items.watch();
      await changes.tryNext(); // opens it on the server, lest the insert come first
      await client.withSession((session) =>
        session.withTransaction(async () => void (await items.insertOne({ slug: 'harbour' }, { session }))),
      );
      expect(await changes.next()).toMatchObject({ operationType: 'insert', fullDocument: { slug: 'harbour' } });
      await changes.close();
    });
  });
});

describe('a run', () => {
  it('is not shared with a second one', async () => {
    await expect(startBackends({ dir, origins: ['local'] })).rejects.toMatchObject({ code: 'already-running' });
    expect(await withCollection((items) => items.countDocuments())).toBe(2);
  });

  it('tells of a server that ended by itself, and not of one that was told to', async () => {
    const mongo = server('mongo');
    expect(exits).toEqual([]);
    process.kill(mongo.pid ?? 0, 'SIGKILL');
    expect(await waitUntil(() => exits.length > 0, 5_000)).toBe(true);
    expect(exits).toEqual(['MongoDB']);
    await mongo.start();
  });

  it('leaves no process, and comes back at the same addresses with its data', async () => {
    const { brokers, mongoUri } = backends;
    const pids = [server('kafka').pid, server('mongo').pid];
    await backends.stop();
    await backends.stop();
    expect(pids.map(isThere)).toEqual([false, false]);

    backends = await startBackends({ dir, origins: ['local'] });
    expect(backends).toMatchObject({ brokers, mongoUri, origin: { kafka: 'local', mongo: 'local' } });
    expect(await withCollection((items) => items.countDocuments())).toBe(2);
    expect(await consume(TOPIC, 2)).toHaveLength(2);
  });

  it('takes a new port and begins anew when asked to', async () => {
    await backends.stop();
    const pinned = { ...process.env, MONGO_PORT: String(server('mongo').port + 1) };
    backends = await startBackends({ dir, origins: ['local'], env: pinned });
    expect(await withCollection((items) => items.countDocuments())).toBe(2);

    await backends.stop();
    backends = await startBackends({ dir, origins: ['local'], fresh: true });
    expect(await withCollection((items) => items.countDocuments())).toBe(0);
  });
});

async function killAndRestart(handle: ServerHandle): Promise<void> {
  const { pid, port } = handle;
  await handle.kill();
  expect(isThere(pid)).toBe(false);
  await handle.start();
  expect(handle.port).toBe(port);
  expect(handle.pid).not.toBe(pid);
}

function server(kind: 'kafka' | 'mongo'): ServerHandle {
  const handle = backends[kind];
  if (!handle) throw new Error(`${kind} is not of local origin`);
  return handle;
}

function isThere(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0);
  } catch {
    return false;
  }
}

function client() {
  return new Kafka({ brokers: backends.brokers, logLevel: logLevel.NOTHING, retry: { retries: 3 } });
}

async function createTopic(topic: string): Promise<void> {
  const admin = client().admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  await admin.disconnect();
}

async function produce(topic: string, value: string): Promise<void> {
  const producer = client().producer({
    allowAutoTopicCreation: true,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ key: 'one', value }] });
  } finally {
    await producer.disconnect();
  }
}

async function consume(topic: string, count: number): Promise<string[]> {
  const consumer = client().consumer({ groupId: `reader-${crypto.randomUUID()}`, allowAutoTopicCreation: false });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) });
  await waitUntil(() => values.length >= count, 15_000);
  await consumer.disconnect();
  return values;
}

async function withCollection<T>(
  use: (items: ReturnType<ReturnType<MongoClient['db']>['collection']>, client: MongoClient) => Promise<T>,
): Promise<T> {
  const mongo = new MongoClient(backends.mongoUri, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await use(mongo.db('backends_e2e').collection('items'), mongo);
  } finally {
    await mongo.close();
  }
}
