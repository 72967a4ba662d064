import {
  ContractViolation,
  StepCallAnswer,
  type StepCallRequest,
  type StepFailureCode,
  validate,
} from '@wireroom/contracts';
import type { HttpStepConfig } from '@wireroom/enrichment/custom-steps';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  type CircuitBreakerPolicy,
  bulkhead,
  circuitBreaker,
  handleType,
  retry,
  timeout,
  wrap,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';

/** Why a server gave no answer to use. */
export class StepFailed extends Error {
  constructor(
    readonly code: StepFailureCode,
    /** What an operator needs to know to mend it; no word of the article or the answer. */
    readonly detail?: string,
    options?: ErrorOptions,
  ) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.name = 'StepFailed';
  }
}

/** The server did not answer or said that it can't just now: the same question may go through later. */
class NotNow extends StepFailed {}

/**
 * One HTTP step: so many calls at once; each with a deadline, and tries with growing pauses within it; and a circuit
 * that opens after failures in a row, so that a server that is down costs an item nothing.
 */
export class RemoteStep {
  readonly name: string;
  readonly version: string;
  private readonly circuit: CircuitBreakerPolicy;
  private readonly policy: ReturnType<typeof policyOf>;
  private readonly answers: LRUCache<string, StepCallAnswer> | undefined;

  constructor(private readonly config: HttpStepConfig) {
    this.name = config.name;
    this.version = config.version;
    this.answers = config.cached > 0 ? new LRUCache({ max: config.cached }) : undefined;
    this.circuit = circuitOf(config);
    this.policy = policyOf(config, this.circuit);
  }

  /** Whether the server is left alone, after failures in a row. */
  get isResting(): boolean {
    return this.circuit.state === CircuitState.Open;
  }

  /** Asks the server, or the answers it has given. @throws StepFailed */
  async call(request: StepCallRequest): Promise<StepCallAnswer> {
    const body = JSON.stringify(request);
    const key = createHash('sha256').update(body).digest('base64');
    const known = this.answers?.get(key);
    if (known) return known;
    const answer = await this.policy
      .execute(({ signal }) => this.ask(body, signal))
      .catch((error: unknown) => {
        throw failureOf(error, this.config);
      });
    this.answers?.set(key, answer);
    return answer;
  }

  private async ask(body: string, signal: AbortSignal): Promise<StepCallAnswer> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const request = { method: 'POST', headers, body, signal, redirect: 'error' } as const;
    const response = await fetch(this.config.url, request).catch(throwUnreachable);
    if (response.ok) return readAnswer(response);
    await response.body?.cancel();
    const detail = `the server answers with status ${response.status}`;
    if (response.status >= 500 || response.status === 429) throw new NotNow('unavailable', detail);
    throw new StepFailed('refused', detail);
  }
}

function circuitOf({ restMs, failuresToOpen }: HttpStepConfig): CircuitBreakerPolicy {
  return circuitBreaker(handleType(NotNow).orType(TaskCancelledError), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failuresToOpen),
  });
}

/** Outermost first: a place among the calls, the circuit, the deadline, the tries. */
function policyOf({ concurrency, deadlineMs, retries }: HttpStepConfig, circuit: CircuitBreakerPolicy) {
  return wrap(
    bulkhead(concurrency, Number.MAX_SAFE_INTEGER),
    circuit,
    timeout(deadlineMs, TimeoutStrategy.Aggressive),
    retry(handleType(NotNow), {
      maxAttempts: retries,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 2000 }),
    }),
  );
}

async function readAnswer(response: Response): Promise<StepCallAnswer> {
  const text = await response.text().catch(throwUnreachable);
  try {
    return validate(StepCallAnswer, JSON.parse(text));
  } catch (cause) {
    const detail = cause instanceof ContractViolation ? cause.message : 'the answer is not JSON';
    throw new StepFailed('bad-answer', detail, { cause });
  }
}

/** Names the connection's error, by its code (`ECONNREFUSED`) where it has one. */
function throwUnreachable(error: Error & { cause?: NodeJS.ErrnoException }): never {
  throw new NotNow('unreachable', error.cause?.code ?? error.cause?.message ?? error.message, { cause: error });
}

function failureOf(error: unknown, { deadlineMs }: HttpStepConfig): StepFailed {
  if (error instanceof StepFailed) return error;
  if (error instanceof TaskCancelledError)
    return new StepFailed('timeout', `no answer within ${deadlineMs} ms`, { cause: error });
  if (error instanceof BrokenCircuitError) return new StepFailed('circuit-open', undefined, { cause: error });
  throw error;
}
