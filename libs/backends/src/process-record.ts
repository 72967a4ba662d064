import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What tells one process from every other one that gets the same pid later: when it began, and its command line. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
  command: string;
}

/** A started process and the process that started it, as kept in a pid file. */
export interface ProcessRecord {
  process: ProcessIdentity;
  owner: ProcessIdentity;
}

/** Reads who a pid is at this moment, or undefined when there is no such process. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  return process.platform === 'linux' ? identifyFromProc(pid) : identifyWithPs(pid);
}

/** Whether the process of the record is still that process, and not a later one under the same pid. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now?.startedAt === identity.startedAt && now.command === identity.command;
}

/** Writes the pid file of a process started by this one. */
export async function writeRecord(file: string, pid: number): Promise<void> {
  const [started, owner] = await Promise.all([identify(pid), identify(process.pid)]);
  if (started && owner) await writeFile(file, JSON.stringify({ process: started, owner } satisfies ProcessRecord));
}

/** Reads a pid file; undefined when there is none, or when a crash left it half written. */
export async function readRecord(file: string): Promise<ProcessRecord | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a pid file; does nothing when there is none. */
export async function removeRecord(file: string): Promise<void> {
  await rm(file, { force: true });
}

function isRecord(value: unknown): value is ProcessRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'process' in value &&
    isIdentity(value.process) &&
    'owner' in value &&
    isIdentity(value.owner)
  );
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isInteger(value.pid) &&
    'startedAt' in value &&
    typeof value.startedAt === 'string' &&
    'command' in value &&
    typeof value.command === 'string'
  );
}

async function identifyFromProc(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    const { state, startedAt } = parseProcStat(stat);
    return state === 'Z' ? undefined : { pid, startedAt, command: command.replaceAll('\0', ' ').trim() };
  } catch {
    return undefined;
  }
}

/**
 * Reads state and start time (clock ticks since boot) from `/proc/PID/stat`, see proc(5): fields 3 and 22. The name in
 * field 2 may itself hold spaces and brackets, so counting begins after its last closing bracket.
 */
export function parseProcStat(stat: string): { state: string; startedAt: string } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
}

async function identifyWithPs(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const [started, command] = await Promise.all([
      run('ps', ['-p', String(pid), '-o', 'lstart=']),
      run('ps', ['-ww', '-p', String(pid), '-o', 'command=']),
    ]);
    return { pid, startedAt: started.stdout.trim(), command: command.stdout.trim() };
  } catch {
    return undefined;
  }
}
