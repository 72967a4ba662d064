import type { ServiceName, TopicPlace } from '@wireroom/contracts';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where a service of a running Wireroom answers. */
export interface ServiceState {
  url: string;
  /** Absent while it is down. */
  pid?: number;
}

/** A Wireroom that was started from a data folder. */
export interface RunState {
  /** Process of the `wireroom up` that owns it. */
  pid: number;
  startedAt: string;
  brokers: string[];
  mongoUri: string;
  services: Record<ServiceName, ServiceState>;
}

/** What a data folder remembers from one start to the next. */
export interface State {
  /** Bearer token of the operators' routes. */
  opsToken: string;
  ports: Partial<Record<ServiceName, number>>;
  /** Where samples that go straight to a topic were put, so that another start doesn't send them again. */
  sentSamples: Record<string, TopicPlace>;
  /** Absent after an orderly stop. */
  run?: RunState;
}

/** Data folder of this checkout, where nothing else is said. */
export function defaultDir(): string {
  return process.env['WIREROOM_DIR'] || '.wireroom';
}

/** The folder's state; undefined where nothing was ever started from it. */
export async function readState(dir: string): Promise<State | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(dir), 'utf8')) as State;
  } catch {
    return undefined;
  }
}

/** Writes the state as a whole, for the owner's eyes only, since it holds the token. */
export async function writeState(dir: string, state: State): Promise<void> {
  await mkdir(dir, { recursive: true });
  const next = `${fileOf(dir)}.next`;
  await writeFile(next, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(next, fileOf(dir));
}

export function firstState(): State {
  return { opsToken: randomBytes(24).toString('base64url'), ports: {}, sentSamples: {} };
}

/** The run that the folder's state tells of, if the process that owns it is still there. */
export function livingRun(state: State | undefined): RunState | undefined {
  return state?.run && isProcess(state.run.pid) ? state.run : undefined;
}

function fileOf(dir: string): string {
  return join(resolve(dir), 'state.json');
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
