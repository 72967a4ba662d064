import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  type PipeTransform,
} from '@nestjs/common';
import { ContractViolation, type ErrorAnswer, type FaultAnswer, validate } from '@wireroom/contracts';
import { type Logger, UnavailableError } from '@wireroom/platform';
import type { Request, Response } from 'express';
import { LOGGER } from './tokens.js';

const RETRY_AFTER_SECONDS = 5;

/** An answer other than success, with a stable code. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly faults?: FaultAnswer[],
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'HttpFailure';
  }
}

/** Validates a body or query against a contract class. @throws ContractViolation */
export class ContractPipe<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly contract: new () => T) {}

  transform(value: unknown): T {
    return validate(this.contract, value ?? {});
  }
}

/** Turns whatever a route throws into an `ErrorAnswer`; an unplanned error says nothing about its inside. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const failure = failureOf(error);
    if (failure.status >= 500) {
      this.logger.error(
        { err: error, method: request.method, route: request.path, status: failure.status },
        'request failed',
      );
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const answer: ErrorAnswer = { code: failure.code, message: failure.message, faults: failure.faults };
    response.status(failure.status).set(failure.headers).json(answer);
  }
}

/** What a client is told of an error. */
export function failureOf(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (error instanceof ContractViolation) return new HttpFailure(400, error.code, error.message, error.faults);
  if (error instanceof UnavailableError) {
    return new HttpFailure(503, 'unavailable', `${error.message}; nothing was accepted`, undefined, {
      'retry-after': String(RETRY_AFTER_SECONDS),
    });
  }
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (type === 'entity.too.large') return new HttpFailure(413, 'too-large', 'the body is larger than this door takes');
  if (type === 'entity.parse.failed')
    return new HttpFailure(400, 'contract-violation', 'the body is not JSON', [
      { field: '(root)', reason: 'is not JSON' },
    ]);
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new HttpFailure(415, 'unsupported-media-type', 'the body must be UTF-8 JSON');
  if (error instanceof HttpException) return new HttpFailure(error.getStatus(), 'http-error', error.message);
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new HttpFailure(status, 'bad-request', 'the request could not be read');
  return new HttpFailure(500, 'unexpected', 'an unexpected error; it has been logged');
}
