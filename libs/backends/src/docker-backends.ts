import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { BackendError } from './backend-error.js';
import { isKafkaReady } from './kafka-probe.js';
import { rememberedPorts, rememberPorts, type LocalContext } from './local-context.js';
import { reasonFromLog } from './log-reason.js';
import { ensurePrimary } from './mongo-replica-set.js';
import { choosePort, KAFKA_NAMES, MONGO_NAMES } from './ports.js';
import type { ToolResult } from './run-tool.js';
import { waitUntil } from './wait.js';

/** The two services of docker-compose.yml that hold data. */
export type BackendService = 'kafka' | 'mongo';

/** The servers a compose project of ours runs. */
export interface DockerBackends {
  brokers: string[];
  mongoUri: string;
  stop(): Promise<void>;
}

const ENGINE_TIMEOUT_MS = 5_000;
const READY_TIMEOUT_MS = 120_000;
/** How each service is reached from this machine: what docker-compose.yml publishes, and what people may pin. */
const SERVICES = {
  kafka: { containerPort: 29092, composeVariable: 'KAFKA_HOST_PORT', ...KAFKA_NAMES },
  mongo: { containerPort: 27017, composeVariable: 'MONGO_HOST_PORT', ...MONGO_NAMES },
} as const;
const ADVICE =
  'set WIREROOM_BACKENDS=local to do without Docker, or KAFKA_BROKERS and MONGODB_URI to servers that run already';

/** Whether a Docker engine answers and `docker compose` is installed. */
export async function hasDockerCompose({ env, run }: Pick<LocalContext, 'env' | 'run'>): Promise<boolean> {
  const options = { env, timeoutMs: ENGINE_TIMEOUT_MS };
  const compose = await run('docker', ['compose', 'version'], options);
  return compose.code === 0 && (await run('docker', ['info', '--format', '{{.ServerVersion}}'], options)).code === 0;
}

/**
 * Brings up Kafka, MongoDB or both from docker-compose.yml, under a project name made from the data folder, so that
 * containers of anyone else are never touched.
 *
 * @param fresh drops the project's volumes first
 * @throws BackendError `docker-failed` when compose fails or the servers don't become ready
 */
export async function startDocker(
  context: LocalContext,
  composeFile: string,
  services: BackendService[],
  fresh: boolean,
): Promise<DockerBackends> {
  const compose = composeRunner(context, composeFile);
  if (fresh) await compose(['down', '--volumes']);
  const ports = await choosePorts(context, compose, services);
  context.onProgress(`Starting ${services.join(' and ')} in Docker`);
  await compose(['up', '--detach', ...services], portVariables(ports, services));
  const stop = async () => void (await compose(['stop', ...services]));
  try {
    await waitForAll(ports, services);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    brokers: [`127.0.0.1:${ports.kafka}`],
    mongoUri: mongoUri(ports.mongo),
    stop,
  };
}

type Compose = (args: string[], variables?: Record<string, string>) => Promise<ToolResult>;
type DockerPorts = Record<BackendService, number>;

function composeRunner({ dir, env, run }: LocalContext, composeFile: string): Compose {
  const project = `wireroom-${createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 8)}`;
  return async (args, variables = {}) => {
    const command = ['compose', '--project-name', project, '--file', composeFile, ...args];
    const result = await run('docker', command, { env: { ...env, ...variables }, cwd: dirname(composeFile) });
    if (result.code === 0) return result;
    const reason = reasonFromLog(result.errors || result.output);
    throw new BackendError('docker-failed', `docker compose ${args[0]} failed (${reason}): ${ADVICE}.`);
  };
}

async function choosePorts(context: LocalContext, compose: Compose, services: BackendService[]): Promise<DockerPorts> {
  const remembered = await rememberedPorts(context.dir);
  const ports: DockerPorts = { kafka: 0, mongo: 0 };
  for (const service of services) {
    const names = SERVICES[service];
    ports[service] =
      (await publishedPort(compose, service)) ??
      (await choosePort(names, context.env[names.variable], remembered[service]));
  }
  await rememberPorts(context.dir, ports);
  return ports;
}

/** The port under which an earlier run left the service up, if it did. */
async function publishedPort(compose: Compose, service: BackendService): Promise<number | undefined> {
  const answer = await compose(['port', service, String(SERVICES[service].containerPort)]).catch(() => undefined);
  const port = Number(answer?.output.split(':').at(-1));
  return port > 0 ? port : undefined;
}

function portVariables(ports: DockerPorts, services: BackendService[]): Record<string, string> {
  return Object.fromEntries(services.map((service) => [SERVICES[service].composeVariable, String(ports[service])]));
}

async function waitForAll(ports: DockerPorts, services: BackendService[]): Promise<void> {
  const probes: Record<BackendService, () => Promise<boolean>> = {
    kafka: () => isKafkaReady([`127.0.0.1:${ports.kafka}`]),
    // Inside the compose network the member goes by its service name, which this machine can't resolve: hence direct.
    mongo: () => ensurePrimary(mongoUri(ports.mongo), `mongo:${SERVICES.mongo.containerPort}`).catch(() => false),
  };
  const ready = await Promise.all(services.map((service) => waitUntil(probes[service], READY_TIMEOUT_MS, 500)));
  const missing = services.filter((_, index) => !ready[index]);
  if (missing.length > 0) {
    throw new BackendError('docker-failed', `${missing.join(' and ')} did not become ready in Docker: ${ADVICE}.`);
  }
}

function mongoUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?directConnection=true`;
}
