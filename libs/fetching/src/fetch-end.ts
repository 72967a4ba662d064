import type { FailureCode, RefusalCode } from './fetch-answer.js';

interface Details {
  status?: number;
  retryAfterMs?: number;
  cause?: unknown;
}

/** Ends a fetch without content, from wherever that is found out. Never leaves this library. */
export class FetchEnd extends Error {
  private constructor(
    readonly end: { outcome: 'refused'; code: RefusalCode } | { outcome: 'failed'; code: FailureCode },
    message: string,
    readonly details: Details = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'FetchEnd';
  }

  static refused(code: RefusalCode, reason: string, details?: Details): FetchEnd {
    return new FetchEnd({ outcome: 'refused', code }, reason, details);
  }

  static failed(code: FailureCode, reason: string, details?: Details): FetchEnd {
    return new FetchEnd({ outcome: 'failed', code }, reason, details);
  }
}
