import type { ErrorAnswer, FaultAnswer } from '@wireroom/contracts';
import { ADDRESSES, type RequestOf, type ResponseOf, type RouteName, type Values, addressOf } from './routes.js';

/** A call that was answered with an error, or not at all (status 0). */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly faults: readonly FaultAnswer[] = [],
  ) {
    super(message);
    this.name = 'CallFailed';
  }
}

export interface CallParts<Name extends RouteName> {
  params?: Record<string, string | number>;
  request?: RequestOf<Name>;
  signal?: AbortSignal;
}

let csrfToken: string | undefined;

/** Keeps the token that every change carries; a page of another site can't know it. */
export function keepCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Calls a route of the console and returns its JSON answer. @throws CallFailed */
export async function call<Name extends RouteName>(
  name: Name,
  { params, request, signal }: CallParts<Name> = {},
): Promise<ResponseOf<Name>> {
  const { method } = ADDRESSES[name];
  const isRead = method === 'GET';
  const address = addressOf(name, params, isRead ? (request as Values | undefined) : undefined);
  const response = await fetch(address, {
    method,
    signal,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(isRead ? {} : { 'content-type': 'application/json' }),
      ...(isRead || csrfToken === undefined ? {} : { 'x-csrf-token': csrfToken }),
    },
    body: isRead ? undefined : JSON.stringify(request ?? {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new CallFailed(0, 'unreachable', 'The console did not answer. It may be restarting, or the network is down.');
  });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as ResponseOf<Name>;
}

async function failureOf(response: Response): Promise<CallFailed> {
  const text = await response.text().catch(() => '');
  try {
    const { code, message, faults } = JSON.parse(text) as ErrorAnswer;
    if (typeof code === 'string' && typeof message === 'string') {
      return new CallFailed(response.status, code, message, faults);
    }
  } catch {
    // a proxy's page, told below by its status
  }
  return new CallFailed(response.status, 'unreadable-answer', `The console answered with status ${response.status}.`);
}
