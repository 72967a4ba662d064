/** Why the servers could not be had. Stable: scripts and the launcher decide on it. */
export type BackendErrorCode =
  | 'already-running'
  | 'disk-full'
  | 'docker-failed'
  | 'download-failed'
  | 'java-missing'
  | 'java-too-old'
  | 'kafka-unreachable'
  | 'maven-missing'
  | 'mongo-unreachable'
  | 'no-source'
  | 'pip-missing'
  | 'port-busy'
  | 'server-died'
  | 'server-not-ready';

/**
 * A reason the servers are not there, in one sentence a person can act on: what happened, then what to install or
 * which variable points to servers that exist already.
 */
export class BackendError extends Error {
  override readonly name = 'BackendError';

  constructor(
    readonly code: BackendErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The code that Node gives a failed system call, such as `ENOSPC`, or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}
