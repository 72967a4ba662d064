/** This input can never succeed: it becomes a dead letter at once. `code` is stable and kebab case. */
export class PermanentError extends Error {
  constructor(
    readonly code: string,
    message?: string,
    options?: ErrorOptions,
  ) {
    super(message ?? code, options);
    this.name = 'PermanentError';
  }
}

/** Someone else's hiccup: tried again with backoff, and a dead letter when the attempts are used up. */
export class TransientError extends Error {
  constructor(
    readonly code: string,
    options?: ErrorOptions & { message?: string },
  ) {
    super(options?.message ?? code, options);
    this.name = 'TransientError';
  }
}

/** The code a failure is counted and stored under; a plain error is a bug and says `unexpected`. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && isOurs(error)) return error.code;
  return 'unexpected';
}

/** Whether the same bytes would fail the same way again. */
export function isPermanent(error: unknown): boolean {
  return error instanceof PermanentError || (error instanceof Error && error.name === 'ContractViolation');
}

const OURS = new Set(['PermanentError', 'TransientError', 'ContractViolation', 'UnavailableError']);

function isOurs(error: Error): boolean {
  return OURS.has(error.name);
}
