import type { CrashPoint, ServiceEnv } from '@wireroom/platform';

/** Kills this process, without warning, where a fault test asked for it. */
export function crashAt(point: CrashPoint, env: ServiceEnv): void {
  if (env.WIREROOM_CRASH_AT === point) process.kill(process.pid, 'SIGKILL');
}
