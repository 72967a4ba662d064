import {
  BackendError,
  type Backends,
  type ServiceSpec,
  Supervisor,
  type SupervisorEvents,
  startBackends,
  waitUntil,
} from '@wireroom/backends';
import { STAGES, type StageName, TOPICS } from '@wireroom/contracts';
import { createKafka, createLogger, provisionTopics } from '@wireroom/platform';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, EXIT, type ExitCode } from '../exit-codes.js';
import { choosePort } from './ports.js';
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
 * Kafka, MongoDB, topics and the three services, each service a process of its own that is restarted when it
 * dies. Owns its data folder while it runs.
 */
export class System {
  private backends?: Backends;
  private readonly supervisors = new Map<StageName, Supervisor>();
  private state: State = firstState();
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

    const ports = await this.choosePorts();
    try {
      this.backends = await startBackends({
        dir: this.dir,
        onProgress: (line) => this.events.say(line),
        onServerExit: (name, reason) => this.events.lost(`${name} ended: ${reason}`),
      });
      await this.provision(this.backends.brokers);
      return await this.startServices(this.backends, ports);
    } catch (error) {
      throw error instanceof BackendError ? new CliError(exitCodeOf(error), error.message, { cause: error }) : error;
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

  private async choosePorts(): Promise<Record<StageName, number>> {
    const ports = {} as Record<StageName, number>;
    for (const stage of STAGES) ports[stage] = await choosePort(`${stage.toUpperCase()}_PORT`, this.state.ports[stage]);
    return ports;
  }

  private async startServices({ brokers, mongoUri }: Backends, ports: Record<StageName, number>): Promise<RunState> {
    for (const stage of STAGES) {
      const spec = this.specOf(stage, ports, { brokers, mongoUri });
      this.supervisors.set(stage, new Supervisor(spec, this.supervisionOf(stage)));
    }
    const run: RunState = {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      brokers,
      mongoUri,
      services: Object.fromEntries(
        STAGES.map((stage) => [stage, { url: urlOf(ports[stage]) }]),
      ) as RunState['services'],
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
    stage: StageName,
    ports: Record<StageName, number>,
    { brokers, mongoUri }: Pick<RunState, 'brokers' | 'mongoUri'>,
  ): ServiceSpec {
    const dir = resolve(this.dir);
    const url = urlOf(ports[stage]);
    return {
      name: stage,
      script: join(APPS, stage, 'dist', 'main.js'),
      env: {
        ...process.env,
        KAFKA_BROKERS: brokers.join(','),
        MONGODB_URI: mongoUri,
        HOST: '127.0.0.1',
        PORT: String(ports[stage]),
        OPS_TOKEN: this.state.opsToken,
        INGEST_URL: urlOf(ports.ingest),
        PUBLIC_URL: process.env['PUBLIC_URL'] || urlOf(ports.publishing),
      },
      logFile: join(dir, 'logs', `${stage}.log`),
      pidFile: join(dir, `${stage}.pid`),
      readyUrl: `${url}/health/ready`,
    };
  }

  private supervisionOf(stage: StageName): SupervisorEvents {
    const log = join(this.dir, 'logs', `${stage}.log`);
    return {
      onExit: ({ code, signal }) => this.events.say(`${stage} ended (${signal ?? `code ${code}`}); its log is ${log}`),
      onRestart: (attempt) => {
        this.events.say(`restarting ${stage} (attempt ${attempt})`);
        void this.welcomeBack(stage);
      },
      onGiveUp: () => this.events.lost(`${stage} keeps dying; its log is ${log}`),
    };
  }

  private async welcomeBack(stage: StageName): Promise<void> {
    const service = this.supervisors.get(stage)?.service;
    const isBack = await waitUntil(async () => (await service?.isReady().catch(() => false)) ?? false, RESTART_MS, 250);
    if (!isBack || !this.state.run) return;
    this.events.say(`${stage} is back`);
    await this.savePids();
  }

  private async savePids(): Promise<void> {
    const { run } = this.state;
    if (!run) return;
    for (const [stage, supervisor] of this.supervisors) run.services[stage].pid = supervisor.service.pid;
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

/** What is missing on the machine is told apart from servers that are elsewhere and don't answer. */
function exitCodeOf({ code }: BackendError): ExitCode {
  switch (code) {
    case 'kafka-unreachable':
    case 'mongo-unreachable':
      return EXIT.unreachable;
    case 'already-running':
    case 'server-died':
    case 'server-not-ready':
    case 'docker-failed':
      return EXIT.failed;
    default:
      return EXIT.machine;
  }
}
