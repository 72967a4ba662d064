import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { DATA_MB, DOWNLOAD_MB, freeMegabytes } from './disk.js';
import { hasDockerCompose } from './docker-backends.js';
import { MIN_JAVA, probeJava } from './java.js';
import { isKafkaReachable, parseBrokers } from './kafka-probe.js';
import { findPip } from './mongod-binary.js';
import { isMongoReachable } from './mongo-replica-set.js';
import { isPortFree } from './ports.js';
import { runTool, type RunTool } from './run-tool.js';
import { defaultCacheDir } from './start-backends.js';

/** One thing looked at, and what to do about it when it isn't as it should be. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  advice?: string;
}

export interface MachineOptions {
  /** Where the data of a run would go. */
  dir: string;
  cacheDir?: string;
  env?: NodeJS.ProcessEnv;
  run?: RunTool;
  /** Ports the services will ask for, by name. */
  ports?: Record<string, number>;
}

const MIN_NODE = [20, 19] as const;
const MIN_MEMORY_MB = 2_000;
const REACH_TIMEOUT_MS = 3_000;

/** Looks at all that a run needs from the machine, without changing anything on it but making the data folder. */
export async function checkMachine(options: MachineOptions): Promise<Check[]> {
  const { dir, env = process.env, run = runTool, ports = {} } = options;
  const cacheDir = options.cacheDir ?? defaultCacheDir(env);
  const kafka = await checkKafkaSource(env, run);
  const mongo = await checkMongoSource(env, run);
  const docker = await checkDocker(env, run);
  const disk = await checkDisk(dir, cacheDir);
  const portChecks = await Promise.all(Object.entries(ports).map(([name, port]) => checkPort(name, port)));
  return [checkNode(process.versions.node), ...kafka, ...mongo, docker, disk, checkMemory(), ...portChecks];
}

/** @param version as in `20.19.1` */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  return check('Node.js', ok, version, `install Node.js ${MIN_NODE.join('.')} or later`);
}

async function checkKafkaSource(env: NodeJS.ProcessEnv, run: RunTool): Promise<Check[]> {
  const brokers = parseBrokers(env['KAFKA_BROKERS'] ?? '');
  if (brokers.length > 0) {
    const ok = await isKafkaReachable(brokers, REACH_TIMEOUT_MS);
    const detail = `${brokers.join(', ')} ${ok ? 'accepts connections' : 'does not accept connections'}`;
    return [check('KAFKA_BROKERS', ok, detail, 'start it, correct the variable or unset it')];
  }
  return [await checkJava(env, run), await checkMaven(env, run)];
}

async function checkJava(env: NodeJS.ProcessEnv, run: RunTool): Promise<Check> {
  const { command, version } = await probeJava(env, run);
  const detail = version === undefined ? `no ${command}` : `${version} (${command})`;
  const advice = `install Java ${MIN_JAVA} or later, or set KAFKA_BROKERS`;
  return check('Java', version !== undefined && version >= MIN_JAVA, detail, advice);
}

async function checkMaven(env: NodeJS.ProcessEnv, run: RunTool): Promise<Check> {
  const { code, output } = await run('mvn', ['-B', '--version'], { env });
  const ok = code === 0;
  return check('Maven', ok, ok ? firstLine(output) : 'no mvn', 'install Maven, or set KAFKA_BROKERS');
}

async function checkMongoSource(env: NodeJS.ProcessEnv, run: RunTool): Promise<Check[]> {
  const uri = env['MONGODB_URI'];
  if (uri) {
    const ok = await isMongoReachable(uri, REACH_TIMEOUT_MS).catch(() => false);
    return [check('MONGODB_URI', ok, ok ? 'answers' : 'gives no answer', 'start it, correct the variable or unset it')];
  }
  const mongod = await run('mongod', ['--version'], { env });
  if (mongod.code === 0) return [check('mongod', true, firstLine(mongod.output))];
  const pip = await findPip(env, run);
  return [check('pip', pip !== undefined, pip?.join(' ') ?? 'no pip', 'install pip or mongod, or set MONGODB_URI')];
}

/** Docker is a choice, not a need: its absence is reported and not held against the machine. */
async function checkDocker(env: NodeJS.ProcessEnv, run: RunTool): Promise<Check> {
  const answers = await hasDockerCompose({ env, run });
  return check(
    'Docker',
    true,
    answers ? 'an engine with compose answers' : 'no engine answers; local processes are used',
  );
}

async function checkDisk(dir: string, cacheDir: string): Promise<Check> {
  const free = Math.min(await freeMegabytes(resolve(dir)), await freeMegabytes(cacheDir));
  const needed = DATA_MB + DOWNLOAD_MB;
  return check('Disk', free >= needed, `${free} MB free`, `free at least ${needed} MB, or set WIREROOM_DIR`);
}

function checkMemory(): Check {
  const total = Math.floor(totalmem() / 1024 ** 2);
  return check('Memory', total >= MIN_MEMORY_MB, `${total} MB`, `use a machine with ${MIN_MEMORY_MB} MB`);
}

async function checkPort(name: string, port: number): Promise<Check> {
  const ok = await isPortFree(port);
  return check(`Port ${port} (${name})`, ok, ok ? 'free' : 'in use', 'stop what uses it, or choose another port');
}

function check(name: string, ok: boolean, detail: string, advice?: string): Check {
  return ok || advice === undefined ? { name, ok, detail } : { name, ok, detail, advice };
}

function firstLine(text: string): string {
  // Maven colours its version even in batch mode
  return (text.split('\n')[0] ?? '').replace(/\u001b\[[\d;]*m/g, '');
}
