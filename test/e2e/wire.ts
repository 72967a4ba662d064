import { type Backends, type ProcessExit, ServiceProcess, startBackends, waitUntil } from '@wireroom/backends';
import {
  ConsoleClient,
  ContentPublished,
  type ContentPublishedData,
  ContentSubmitted,
  type ContentSubmittedData,
  EnrichmentClient,
  IngestClient,
  PublishingClient,
  SERVICES,
  type ServiceName,
  type StageName,
  type SubmitAnswer,
  TOPICS,
  contentIdOf,
  publishContent,
} from '@wireroom/contracts';
import { createKafka, createLogger, provisionTopics } from '@wireroom/platform';
import type { Kafka, Producer } from 'kafkajs';
import mongoose, { type Connection } from 'mongoose';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const SETTLE_MS = 60_000;
/** Only the console asks for it; the stages of a test are open on this machine. */
export const OPS_TOKEN = 'the-token-of-the-end-to-end-tests';

/** A record of a topic, as the broker holds it. */
export interface RawRecord {
  partition: number;
  offset: string;
  key: string | undefined;
  value: string;
  headers: Record<string, string>;
}

/**
 * A whole line on real servers: own Kafka, own MongoDB, services as processes. Each test file has its own.
 */
export class Wire {
  readonly services = new Map<string, ServiceProcess>();
  readonly unexpectedExits: { service: string; exit: ProcessExit }[] = [];
  private readonly ports = new Map<string, number>();
  private producer: Producer | undefined;
  private connections: Connection[] = [];

  private constructor(
    readonly backends: Backends,
    readonly kafka: Kafka,
    private readonly dir: string,
  ) {}

  static async start(): Promise<Wire> {
    const dir = await mkdtemp(join(tmpdir(), 'wireroom-e2e-'));
    const backends = await startBackends({ dir, origins: ['local'] });
    const kafka = createKafka('e2e', backends.brokers, createLogger('e2e', 'silent'));
    const admin = kafka.admin();
    await admin.connect();
    await provisionTopics(admin, TOPICS);
    await admin.disconnect();
    return new Wire(backends, kafka, dir);
  }

  /** Starts all three stages and waits until they are ready. */
  async startAll(env: NodeJS.ProcessEnv = {}): Promise<void> {
    await Promise.all((['ingest', 'enrichment', 'publishing'] as const).map((stage) => this.startService(stage, env)));
  }

  /** Starts a service, or another instance of it under a name of its own, at the port it had before. */
  async startService(app: ServiceName, env: NodeJS.ProcessEnv = {}, name: string = app): Promise<ServiceProcess> {
    await this.reservePorts([...SERVICES, name]);
    const port = this.ports.get(name);
    const service = new ServiceProcess(
      {
        name,
        script: join(ROOT, `apps/${app}/dist/main.js`),
        logFile: join(this.dir, `${name}-${Date.now()}.log`),
        readyUrl: `http://127.0.0.1:${port}/health/ready`,
        readyTimeoutMs: 45_000,
        graceMs: 30_000,
        env: {
          PATH: process.env['PATH'],
          KAFKA_BROKERS: this.backends.brokers.join(','),
          MONGODB_URI: this.backends.mongoUri,
          PORT: String(port),
          INGEST_URL: this.urlOf('ingest'),
          ENRICHMENT_URL: this.urlOf('enrichment'),
          PUBLISHING_URL: this.urlOf('publishing'),
          CONSOLE_URL: this.urlOf('console'),
          KAFKA_SESSION_TIMEOUT_MS: '6000',
          SWEEP_AFTER_MS: '1000',
          LOG_LEVEL: 'info',
          ...env,
        },
      },
      (exit) => this.unexpectedExits.push({ service: name, exit }),
    );
    this.services.set(name, service);
    await service.start();
    return service;
  }

  /** Starts a stage that is to kill itself; it may do so before it is ready. @returns the signal it died of. */
  async crashes(stage: StageName, env: NodeJS.ProcessEnv): Promise<string | null> {
    const before = this.unexpectedExits.length;
    await this.startService(stage, env).catch(() => undefined);
    const exit = this.unexpectedExits[before]?.exit ?? (await this.services.get(stage)!.exit);
    return exit?.signal ?? null;
  }

  /** Each service is told where the others will be, also those that start later. */
  private async reservePorts(names: string[]): Promise<void> {
    for (const name of names) await this.reserve(name);
  }

  /** Where a service will be, for what has to know that before it is started. */
  async reserve(name: string): Promise<string> {
    if (!this.ports.has(name)) this.ports.set(name, await freePort());
    return this.urlOf(name);
  }

  urlOf(name: string): string {
    return `http://127.0.0.1:${this.ports.get(name)}`;
  }

  get ingest(): IngestClient {
    return new IngestClient(this.urlOf('ingest'), { deadlineMs: 30_000 });
  }

  get enrichment(): EnrichmentClient {
    return new EnrichmentClient(this.urlOf('enrichment'), { deadlineMs: 30_000 });
  }

  get publishing(): PublishingClient {
    return new PublishingClient(this.urlOf('publishing'), { deadlineMs: 30_000 });
  }

  /** The console, as an admin; it has to be started with this token. */
  get console(): ConsoleClient {
    return new ConsoleClient(this.urlOf('console'), { deadlineMs: 30_000, token: OPS_TOKEN });
  }

  clientOf(stage: StageName): IngestClient | EnrichmentClient | PublishingClient {
    return { ingest: this.ingest, enrichment: this.enrichment, publishing: this.publishing }[stage];
  }

  /** Hands content in over the topic. */
  async publish(submission: ContentSubmittedData): Promise<string> {
    const producer = await this.connectedProducer();
    return (await publishContent(producer, submission)).contentId;
  }

  /** Sends raw bytes to the topic for producers. */
  async publishRaw(
    value: Buffer | null,
    key: string | null = null,
    headers: Record<string, Buffer | string> = {},
    partition?: number,
  ): Promise<void> {
    const producer = await this.connectedProducer();
    await producer.send({ topic: ContentSubmitted.topic, acks: -1, messages: [{ key, value, headers, partition }] });
  }

  /** A service's database. */
  async database(service: ServiceName): Promise<Connection> {
    const connection = await mongoose
      .createConnection(this.backends.mongoUri, { dbName: `wireroom_${service}` })
      .asPromise();
    this.connections.push(connection);
    return connection;
  }

  /** Everything on a topic, oldest first, read from the broker. */
  async recordsOf(topic: string): Promise<RawRecord[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const open = new Map(
      ends.filter(({ low, high }) => high !== low).map(({ partition, high }) => [partition, BigInt(high)]),
    );
    const records: RawRecord[] = [];
    if (open.size === 0) return records;
    const consumer = this.kafka.consumer({ groupId: `e2e-reader-${Date.now()}-${Math.random()}` });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
        records.push({
          partition,
          offset: message.offset,
          key: message.key?.toString(),
          value: message.value?.toString() ?? '',
          headers: Object.fromEntries(headers) as Record<string, string>,
        });
        if (BigInt(message.offset) + 1n >= (open.get(partition) ?? 0n)) open.delete(partition);
        return Promise.resolve();
      },
    });
    await waitUntil(() => open.size === 0, 30_000);
    await consumer.disconnect();
    return records;
  }

  /** The published events, repeats of one event left out as a reader does by its id. */
  async releases(): Promise<ContentPublishedData[]> {
    const seen = new Set<string>();
    return (await this.recordsOf(ContentPublished.topic))
      .filter(({ headers }) => !seen.has(headers['ce_id']!) && seen.add(headers['ce_id']!))
      .map(({ value }) => JSON.parse(value) as ContentPublishedData);
  }

  /** Waits until the items are readable at publishing. @returns those that are not. */
  async waitForPublished(contentIds: string[], timeoutMs = SETTLE_MS): Promise<string[]> {
    const missing = new Set(contentIds);
    await waitUntil(
      async () => {
        for (const id of missing) {
          const steps = await this.publishing.journey(id).catch(() => undefined);
          if (steps?.steps.some(({ outcome, said }) => outcome === 'done' && said)) missing.delete(id);
        }
        return missing.size === 0;
      },
      timeoutMs,
      100,
    );
    return [...missing];
  }

  /** Waits until every group has committed everything and nothing is unsaid. */
  async waitForQuiet(timeoutMs = SETTLE_MS): Promise<boolean> {
    return waitUntil(
      async () => {
        for (const stage of ['ingest', 'enrichment', 'publishing'] as const) {
          const status = await this.clientOf(stage)
            .status()
            .catch(() => undefined);
          if (!status || status.lag !== 0 || status.unsaid !== 0) return false;
        }
        return true;
      },
      timeoutMs,
      200,
    );
  }

  /** All log lines of all services so far. */
  async logs(): Promise<string> {
    const files = [...this.services.values()].map(({ spec }) => readFile(spec.logFile, 'utf8'));
    return (await Promise.all(files)).join('\n');
  }

  async stop(): Promise<void> {
    await this.producer?.disconnect();
    await Promise.all(this.connections.map((connection) => connection.close()));
    await Promise.all([...this.services.values()].map((service) => service.stop()));
    await this.backends.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async connectedProducer(): Promise<Producer> {
    if (this.producer) return this.producer;
    this.producer = this.kafka.producer({ allowAutoTopicCreation: false });
    await this.producer.connect();
    return this.producer;
  }
}

/** A flattened page of its own, so that each item has its own fingerprint and headline. */
export function story(id: string, changes: Partial<ContentSubmittedData> = {}): ContentSubmittedData {
  return {
    source: 'e2e',
    externalId: id,
    contentType: 'text/plain',
    body: [
      `Harbour NewsLatestRegion`,
      `Ferry number ${id} returns to Saltmouth`,
      `The ferry numbered ${id} returned to the harbour of Saltmouth on Monday morning after four weeks in dock, its owners said in a statement.`,
      `“We are glad to have number ${id} back before the summer,” harbour master Ada Quill said on the quay, where families had waited since dawn.`,
      `Sailings to the outer islands will start again on Wednesday, and tickets bought before the repair stay valid until the end of the year.`,
      `Leave a Reply`,
      `Your email address will not be published. Required fields are marked *`,
    ].join('\n\n'),
    ...changes,
  };
}

/** The id a story has. */
export function idOf(submission: ContentSubmittedData): string {
  return contentIdOf(submission);
}

/**
 * What must hold of everything published, whatever happened meanwhile.
 *
 * @returns one sentence for each breach.
 */
export function breachesOf(
  accepted: Pick<SubmitAnswer, 'contentId' | 'revision'>[],
  releases: ContentPublishedData[],
): string[] {
  const wanted = new Set(accepted.map(({ contentId, revision }) => `${contentId}/${revision}`));
  const seen = releases.map(({ contentId, revision }) => `${contentId}/${revision}`);
  const breaches: string[] = [];
  for (const one of wanted) if (!seen.includes(one)) breaches.push(`lost: ${one}`);
  for (const one of new Set(seen)) {
    if (seen.filter((other) => other === one).length > 1) breaches.push(`published twice: ${one}`);
    if (!wanted.has(one)) breaches.push(`invented: ${one}`);
  }
  const newest = new Map<string, number>();
  for (const { contentId, revision } of releases) {
    if (revision < (newest.get(contentId) ?? 0)) breaches.push(`out of order: ${contentId}/${revision}`);
    newest.set(contentId, revision);
  }
  return breaches;
}

export async function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
