type Constructor<T extends object = object> = new () => T;

/** What a person or program may do at the console; each may do all that the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** One HTTP call of a service: what it takes, what it answers, how it can fail. */
export interface Route<TRequest extends object = object, TResponse extends object = object> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it; every route of the console says one. */
  readonly role?: Role | 'anyone';
  /** JSON body of a POST, query parameters of a GET. */
  readonly request?: Constructor<TRequest>;
  /** JSON answer; absent where the answer is not one JSON document, see `produces`. */
  readonly response?: Constructor<TResponse>;
  /** Media type of the answer where it is not JSON. */
  readonly produces?: string;
  readonly consumes?: string;
  readonly status: number;
  /** Statuses it fails with, each with an `ErrorAnswer`. */
  readonly errors: readonly number[];
}

/** Declares a route with its types. */
export function defineRoute<TRequest extends object, TResponse extends object>(
  route: Route<TRequest, TResponse>,
): Route<TRequest, TResponse> {
  return Object.freeze(route);
}
