import {
  SERVICE_NODE_ARGS,
  choosePort,
  type Backends,
  type ServiceSpec,
  Supervisor,
  type SupervisorEvents,
  startBackends,
  waitUntil,
} from '@wireroom/backends';
import { SERVICES, type ServiceName, TOPICS } from '@wireroom/contracts';
import { createKafka, createLogger, provisionTopics } from '@wireroom/platform';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, EXIT } from '../exit-codes.js';
import { defaultRulesDir } from '../rules-dir.js';
import { backendFailure } from './backend-failure.js';
import { type RunState, type State, firstState, livingRun, readState, writeState } from './state.js';

/** Told what a person should know of, one sentence each. */
export interface SystemEvents {
  say: (line: string) => void;
  /** Something that can't be helped from here; the caller stops the system. */
  lost: (reason: string) => void;
}

const RESTART_MS = 60_000;
const APPS = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Kafka, MongoDB, topics and the services, each service a process of its own that is restarted when it
 * dies. Owns its data folder while it runs.
 */
export class System {
  private backends?: Backends;
  private readonly supervisors = new Map<ServiceName, Supervisor>();
  private state: State = firstState();
  /** Signs the first person in at the console, once; another start has another. */
  private readonly consoleToken = randomBytes(32).toString('base64url');
  private saved: Promise<void> = Promise.resolve();

  constructor(
    readonly dir: string,
    private readonly events: SystemEvents,
  ) {}

  /** Where samples went that were put on a topic in an earlier run. */
  get sentSamples(): State['sentSamples'] {
    return this.state.sentSamples;
  }

  /** Whether there is anything to stop. */
  get hasStarted(): boolean {
    return this.backends !== undefined;
  }

  get opsToken(): string {
    return this.state.opsToken;
  }

  /** The console's address with its one-time token, behind a `#` so that it is sent to no server and gets in no log. */
  consoleLink({ services }: RunState): string {
    return `${services.console.url}/#token=${this.consoleToken}`;
  }

  /**
   * Starts everything and returns when all services are ready.
   *
   * @throws CliError in one sentence; what had started by then is stopped by `stop`.
   */
  async start(): Promise<RunState> {
    const earlier = await readState(this.dir);
    const other = livingRun(earlier);
    if (other) {
      throw new CliError(
        EXIT.failed,
        `a Wireroom runs from ${this.dir} already (process ${other.pid}): stop it, or use another --dir`,
      );
    }
    this.state = { ...firstState(), ...earlier, run: undefined };
    if (process.env['OPS_TOKEN']) this.state.opsToken = process.env['OPS_TOKEN'];

    try {
      const ports = await this.choosePorts();
      this.backends = await startBackends({
        dir: this.dir,
        onProgress: (line) => this.events.say(line),
        onServerExit: (name, reason) => this.events.lost(`${name} ended: ${reason}`),
      });
      await this.provision(this.backends.brokers);
      return await this.startServices(this.backends, ports);
    } catch (error) {
      throw backendFailure(error);
    }
  }

  /** Stops what was started here and nothing else: services first, servers after them. Safe to call twice. */
  async stop(): Promise<void> {
    await Promise.all([...this.supervisors.values()].map((supervisor) => supervisor.stop()));
    await this.backends?.stop();
    if (this.state.run) await this.save({ run: undefined });
  }

  /** Remembers where a sample was put, for the next start. */
  async rememberSample(name: string, place: State['sentSamples'][string]): Promise<void> {
    await this.save({ sentSamples: { ...this.state.sentSamples, [name]: place } });
  }

  private async provision(brokers: string[]): Promise<void> {
    const admin = createKafka('wireroom', brokers, createLogger('wireroom', 'silent')).admin();
    await admin.connect();
    try {
      for (const difference of await provisionTopics(admin, TOPICS)) this.events.say(`topic drift: ${difference}`);
    } finally {
      await admin.disconnect();
    }
  }

  private async choosePorts(): Promise<Record<ServiceName, number>> {
    const ports = {} as Record<ServiceName, number>;
    for (const name of SERVICES) {
      const variable = `${name.toUpperCase()}_PORT`;
      ports[name] = await choosePort({ name, variable }, process.env[variable], this.state.ports[name]);
    }
    return ports;
  }

  private async startServices({ brokers, mongoUri }: Backends, ports: Record<ServiceName, number>): Promise<RunState> {
    for (const name of SERVICES) {
      const spec = this.specOf(name, ports, { brokers, mongoUri });
      this.supervisors.set(name, new Supervisor(spec, this.supervisionOf(name)));
    }
    const run: RunState = {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      brokers,
      mongoUri,
      services: Object.fromEntries(SERVICES.map((name) => [name, { url: urlOf(ports[name]) }])) as RunState['services'],
    };
    await this.save({ ports, run });
    this.events.say('Starting the services');
    const started = await Promise.allSettled([...this.supervisors.values()].map((supervisor) => supervisor.start()));
    const failure = started.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    await this.savePids();
    return this.state.run!;
  }

  private specOf(
    name: ServiceName,
    ports: Record<ServiceName, number>,
    { brokers, mongoUri }: Pick<RunState, 'brokers' | 'mongoUri'>,
  ): ServiceSpec {
    const dir = resolve(this.dir);
    const url = urlOf(ports[name]);
    return {
      name,
      script: join(APPS, name, 'dist', 'main.js'),
      nodeArgs: SERVICE_NODE_ARGS,
      env: {
        ...process.env,
        KAFKA_BROKERS: brokers.join(','),
        MONGODB_URI: mongoUri,
        HOST: '127.0.0.1',
        PORT: String(ports[name]),
        OPS_TOKEN: this.state.opsToken,
        INGEST_URL: urlOf(ports.ingest),
        ENRICHMENT_URL: urlOf(ports.enrichment),
        PUBLISHING_URL: urlOf(ports.publishing),
        CONSOLE_URL: urlOf(ports.console),
        RULES_DIR: defaultRulesDir(),
        ...(name === 'console' ? { CONSOLE_ONE_TIME_TOKEN: this.consoleToken } : {}),
        PUBLIC_URL: process.env['PUBLIC_URL'] || urlOf(ports.publishing),
      },
      logFile: join(dir, 'logs', `${name}.log`),
      pidFile: join(dir, `${name}.pid`),
      readyUrl: `${url}/health/ready`,
    };
  }

  private supervisionOf(name: ServiceName): SupervisorEvents {
    const log = join(this.dir, 'logs', `${name}.log`);
    return {
      onExit: ({ code, signal }) => this.events.say(`${name} ended (${signal ?? `code ${code}`}); its log is ${log}`),
      onRestart: (attempt) => {
        this.events.say(`restarting ${name} (attempt ${attempt})`);
        void this.welcomeBack(name);
      },
      onGiveUp: () => this.events.lost(`${name} keeps dying; its log is ${log}`),
    };
  }

  private async welcomeBack(name: ServiceName): Promise<void> {
    const service = this.supervisors.get(name)?.service;
    const isBack = await waitUntil(async () => (await service?.isReady().catch(() => false)) ?? false, RESTART_MS, 250);
    if (!isBack || !this.state.run) return;
    this.events.say(`${name} is back`);
    await this.savePids();
  }

  private async savePids(): Promise<void> {
    const { run } = this.state;
    if (!run) return;
    for (const [name, supervisor] of this.supervisors) run.services[name].pid = supervisor.service.pid;
    await this.save({ run });
  }

  private async save(change: Partial<State>): Promise<void> {
    this.state = { ...this.state, ...change };
    this.saved = this.saved.then(() => writeState(this.dir, this.state));
    await this.saved;
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
