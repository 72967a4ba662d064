import { readFile } from 'node:fs/promises';

/** What the kernel counts CPU time in for user space, whatever its own clock: USER_HZ, proc(5). */
const MS_PER_TICK = 10;
/** Of utime and stime, counted from the field after the name, which may hold spaces. */
const UTIME = 11;
const STIME = 12;

/** CPU time that the living child processes have used, user and system, in milliseconds; 0 elsewhere than on Linux. */
export async function cpuOfChildren(): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const ids = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  const each = await Promise.all(ids.trim().split(' ').filter(Boolean).map(cpuOf));
  return each.reduce((sum, one) => sum + one, 0);
}

async function cpuOf(id: string): Promise<number> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME]) + Number(fields[STIME])) * MS_PER_TICK;
}
